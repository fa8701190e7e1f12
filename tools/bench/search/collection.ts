import type { Block } from '#features/archive/core/content.ts';
import type { Segment } from '#features/archive/core/media.ts';
import type { Part, SearchDocument } from '#features/search/core/document.ts';
import { keptCredits } from '#features/library/core/credits.ts';
import { documentOfItem } from '#features/search/core/item-document.ts';
import { documentOfPost, type PlacedText } from '#features/search/core/post-document.ts';
import { toCredits } from '#server/adapters/media-server/mapping.ts';
import { read } from '#server/sources/patreon/read.ts';
import { seedHousehold } from '../../seed.ts';
import type { Title } from '../../seed/household.ts';
import { toHtml } from '../../seed/patreon/document.ts';
import { linesOfPages } from '../../seed/patreon/media/pdf.ts';
import { measuresOf } from '../../seed/patreon/media/measures.ts';
import type { Comment, Creator, Media, Post } from '../../seed/patreon/patronage.ts';
import { seedPatronage } from '../../seed/patreon/seed.ts';

/** What is judged: a document as the search has it, what it is about as the seed knows it, and what it says by parts. */
export type Judgeable = {
  document: SearchDocument;
  topic: string | null;
  said: ReadonlyMap<Part | 'anywhere', string>;
};

export const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').toLowerCase();

/** Any moment would do: only dates depend on it. */
const now = new Date('2026-11-01T00:00:00Z');

/** Every post and title of the seed, each with all its words, as if everything could be read and had been fetched. */
export function seedCollection(): Judgeable[] {
  const posts = seedPatronage({ now }).creators.flatMap((creator) =>
    creator.posts.map((post) => judgeable(postDocument(creator, post), post.topic)),
  );
  const titles = Object.values(seedHousehold({ now }).titles);
  return [...posts, ...titles.map((title) => judgeable(titleDocument(title), null))];
}

function judgeable(document: SearchDocument, topic: string | null): Judgeable {
  const parts = Map.groupBy(document.stretches, ({ part }) => part);
  const said = [...parts].map(([part, own]) => [part, plain(own.map(({ text }) => text).join(' '))] as const);
  const anywhere = [plain(document.title), ...said.map(([, text]) => text)].join(' ');
  return { document, topic, said: new Map([['anywhere', anywhere], ...said]) };
}

function postDocument(creator: Creator, post: Post): SearchDocument {
  const { id, title, teaser, tags, comments } = post;
  return documentOfPost(
    {
      id,
      creator: { id: creator.campaignId, name: creator.name },
      source: { id: 'patreon', name: 'Patreon' },
      kind: post.postType,
      title,
      teaser,
      blocks: blocksOf(post),
      tags,
      publishedAt: new Date(post.publishedAt),
      locked: false,
      vanishedAt: null,
      collections: creator.collections.filter(({ postIds }) => postIds.includes(id)).map((one) => one.title),
      captions: [],
      comments: comments.flatMap(withReplies).filter(({ body }) => body !== ''),
    },
    post.media.flatMap(textsOf),
  );
}

/** As the parser of the source reads them out of its answer. */
function blocksOf({ id, title, postType, publishedAt, body, bodyAs, embed, poll }: Post): readonly Block[] {
  const content =
    bodyAs === 'json' ? { content_json_string: JSON.stringify(body) } : { content: toHtml(body) };
  const attributes = { title, post_type: postType, published_at: publishedAt, embed, ...content };
  const answer = read({
    externalId: id,
    raw: { data: { type: 'post', id, attributes, relationships: {} }, included: [] },
  });
  if (!answer.ok) throw new Error(answer.error.reason);
  const asked: Block[] = poll
    ? [{ type: 'poll', poll: { ...poll, choices: poll.choices.map(({ text }) => ({ text, votes: null })) } }]
    : [];
  return [...answer.value.post.blocks, ...asked];
}

const withReplies = ({
  id,
  by,
  body,
  replies,
}: Comment): { externalId: string; author: string; body: string }[] => [
  { externalId: id, author: by.name, body },
  ...replies.flatMap(withReplies),
];

/** What a reader of PDFs and of captions gives; when a sentence is said is an estimate here. */
function textsOf({ id, file, hasTranscript, hasStreamWords }: Media): PlacedText[] {
  if (file.kind === 'pdf') {
    const pages = linesOfPages(file).map((lines, index) => ({ page: index + 1, text: lines.join('\n') }));
    return [{ place: id, text: { kind: 'pdf', pages } }];
  }
  const isSaid = file.kind === 'speech' || file.kind === 'film';
  if (!isSaid || !(hasTranscript || hasStreamWords)) return [];
  let at = 0;
  const segments = file.sentences.map((text): Segment => {
    const fromMs = at;
    at += (measuresOf({ ...file, sentences: [text] }).durationS ?? 0) * 1000;
    return { fromMs, toMs: at, text };
  });
  return [{ place: id, text: { kind: 'captions', language: file.language, segments } }];
}

const titleDocument = ({ key, originalName, name, credits, ...title }: Title): SearchDocument =>
  documentOfItem({
    ...title,
    id: key,
    title: name,
    originalTitle: originalName,
    tags: [],
    credits: keptCredits(
      toCredits({ toId: (id) => id }, { Id: key, People: credits.map(asTold) })?.credits ?? [],
    ),
  });

const asTold = ({ name, type, role }: Title['credits'][number]) => ({ Name: name, Type: type, Role: role });
