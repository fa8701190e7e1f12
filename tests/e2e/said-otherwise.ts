import { plans } from '../../tools/seed/patreon/plans.ts';
import { wordsOf } from '../../tools/seed/patreon/document.ts';
import type { Post } from '../../tools/seed/patreon/patronage.ts';

export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();

const wordsIn = (text: string): string[] => text.split(/[^\p{L}]+/u).filter((word) => word !== '');

/** The first letters of a word: two that share them may be forms of one. */
const stemOf = (word: string): string => folded(word).slice(0, 4);

/** What the files of a post say, whatever kind they are of. */
export const saidIn = ({ media }: Post, kind: 'film' | 'speech'): string[] =>
  media.flatMap(({ file, isProtected }) => (file.kind === kind && !isProtected ? [...file.sentences] : []));

/** Words that others use of what this post is about, and that neither stand in it nor are said in it. */
export function otherWordsFor(post: Post): string[] {
  const topics = plans.flatMap(({ materials }) => materials.flatMap((material) => material.topics));
  const topic = topics.find(({ key }) => key === post.topic);
  const own = new Set(
    [
      post.title ?? '',
      wordsOf(post.body),
      post.tags.join(' '),
      JSON.stringify(post.comments),
      saidIn(post, 'speech').join(' '),
    ]
      .flatMap(wordsIn)
      .map(stemOf),
  );
  const words = wordsIn((topic?.sentences ?? []).join(' ').replaceAll(/\{\w+\}/g, ' ')).filter(
    (word) => word.length > 5 && !own.has(stemOf(word)),
  );
  return [...new Set(words)].slice(0, 3);
}
