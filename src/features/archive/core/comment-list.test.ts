import { expect, test } from 'vitest';
import { judgeComments } from './comment-list.ts';

test('as many as the source counts is all of them, and what is not among them has vanished', () => {
  expect(judgeComments({ told: ['a', 'b'], counted: 2, known: ['a', 'c'] })).toBe('whole');
  expect(judgeComments({ told: [], counted: 0, known: ['a'] })).toBe('whole');
});

test('fewer, and among them all that are known: some are hidden', () => {
  expect(judgeComments({ told: ['a', 'b'], counted: 3, known: ['a'] })).toBe('partial');
});

test('fewer, and one that is known is not among them: an answer that broke off', () => {
  expect(judgeComments({ told: ['a'], counted: 3, known: ['a', 'b'] })).toBe('doubtful');
});

test('nothing at all where some are counted is no answer', () => {
  expect(judgeComments({ told: [], counted: 3, known: [] })).toBe('doubtful');
});
