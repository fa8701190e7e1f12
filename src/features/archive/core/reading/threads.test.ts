import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEEPEST, threadsOf, type Said, type Thread } from './threads.ts';

const said = (externalId: string, parentId: string | null = null, minute = 0): Said => ({
  externalId,
  parentId,
  createdAt: new Date(Date.UTC(2026, 0, 1, 0, minute)),
});
const drawn = (threads: readonly Thread<Said>[]): unknown[] =>
  threads.map(({ comment, replies }) =>
    replies.length > 0 ? [comment.externalId, drawn(replies)] : comment.externalId,
  );
const flat = (threads: readonly Thread<Said>[]): string[] =>
  threads.flatMap(({ comment, replies }) => [comment.externalId, ...flat(replies)]);
const depth = (threads: readonly Thread<Said>[]): number =>
  Math.max(0, ...threads.map(({ replies }) => 1 + depth(replies)));

test('replies stand below what they answer, oldest first', () => {
  const comments = [said('b', null, 2), said('a', null, 1), said('a2', 'a', 4), said('a1', 'a', 3)];
  expect(drawn(threadsOf(comments))).toEqual([['a', ['a1', 'a2']], 'b']);
});

test('a reply to something that is not there begins a thread of its own', () => {
  expect(drawn(threadsOf([said('lost', 'gone'), said('a', null, 1)]))).toEqual(['lost', 'a']);
});

test('what answers itself in a circle is shown once', () => {
  expect(flat(threadsOf([said('a', 'b'), said('b', 'a', 1)])).toSorted()).toEqual(['a', 'b']);
  expect(drawn(threadsOf([said('a', 'a')]))).toEqual(['a']);
});

test('ten thousand answers in a row are no deeper than the page has room for', () => {
  const row = Array.from({ length: 10_000 }, (_, at) => said(`c${at}`, at === 0 ? null : `c${at - 1}`, at));
  const threads = threadsOf(row);
  expect(depth(threads)).toBe(DEEPEST + 1);
  expect(flat(threads)).toHaveLength(10_000);
});

test('nothing that was said is lost or said twice', () => {
  const comments = fc.uniqueArray(
    fc.record({
      externalId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      parentId: fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'gone')),
      createdAt: fc.date({ noInvalidDate: true }),
    }),
    { selector: ({ externalId }) => externalId },
  );
  fc.assert(
    fc.property(comments, (given) => {
      expect(flat(threadsOf(given)).toSorted()).toEqual(given.map(({ externalId }) => externalId).toSorted());
    }),
  );
});
