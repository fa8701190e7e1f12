import { diffArrays, diffWordsWithSpace } from 'diff';
import type { SourcePost } from '../../core/post.ts';
import { compareLists, type Comparison, type Passage, type Piece } from '../../core/reading/comparison.ts';
import { plainLines } from '../../core/reading/plain-text.ts';

/** Further apart than this, two texts are two texts: a longer search helps nobody who reads it, and takes seconds. */
const MOST_LINES_APART = 2_000;
const MOST_WORDS_APART = 1_000;

const isOf = ({ added, removed }: { added: boolean; removed: boolean }): Piece['is'] =>
  added ? 'added' : removed ? 'removed' : 'kept';

const whole = (text: string, is: Piece['is']): Piece[] => (text === '' ? [] : [{ text, is }]);

export function compareWords(before: string, after: string): Piece[] {
  const found = diffWordsWithSpace(before, after, { maxEditLength: MOST_WORDS_APART });
  if (!found) return [...whole(before, 'removed'), ...whole(after, 'added')];
  return found.map((part) => ({ text: part.value, is: isOf(part) }));
}

/** Two sentences of one language share its small words. With less in common than this they are two, and stay whole. */
const LEAST_KEPT = 1 / 3;

function changeOf(before: string, after: string): Passage[] {
  const pieces = compareWords(before, after);
  const kept = pieces.reduce((sum, { is, text }) => sum + (is === 'kept' ? text.trim().length : 0), 0);
  if (kept >= LEAST_KEPT * Math.min(before.length, after.length)) return [{ is: 'changed', pieces }];
  return [whole(before, 'removed'), whole(after, 'added')]
    .filter(({ length }) => length > 0)
    .map((side) => ({ is: 'changed', pieces: side }));
}

/** Lines first, then the words inside those that changed: a sentence that moved does not tear the others apart. */
export function compareTexts(before: readonly string[], after: readonly string[]): Passage[] {
  const found = diffArrays([...before], [...after], { maxEditLength: MOST_LINES_APART });
  const parts = found
    ? found.map((part) => ({ lines: part.value, is: isOf(part) }))
    : [
        { lines: [...before], is: 'removed' as const },
        { lines: [...after], is: 'added' as const },
      ];
  const passages: Passage[] = [];
  let removed: string[] = [];
  const changed = (added: string[]) => {
    if (removed.length + added.length === 0) return;
    passages.push(...changeOf(removed.join('\n'), added.join('\n')));
    removed = [];
  };
  for (const { lines, is } of parts) {
    if (is === 'removed') removed = [...removed, ...lines];
    else if (is === 'added') changed(lines);
    else {
      changed([]);
      passages.push({ is: 'same', lines });
    }
  }
  changed([]);
  return passages;
}

const mediaNames = ({ media }: SourcePost): string[] =>
  media.map(({ fileName, externalId }) => fileName ?? externalId);

export const comparePosts = (before: SourcePost, after: SourcePost): Comparison => ({
  title: before.title === after.title ? null : compareWords(before.title ?? '', after.title ?? ''),
  body: compareTexts(plainLines(before.blocks), plainLines(after.blocks)),
  tags: compareLists(before.tags, after.tags),
  tiers: compareLists(before.tiers, after.tiers),
  media: compareLists(mediaNames(before), mediaNames(after)),
  locked: { before: before.locked, after: after.locked },
});
