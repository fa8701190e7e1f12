import { expect, test } from 'vitest';
import { isAwaited } from './awaited.ts';

const now = new Date('2026-03-01T12:00:00Z');

test('a post that was listed and not read yet is awaited, and nobody waits for what is gone or locked', () => {
  const listed = { readAt: null, locked: false, vanishedAt: null };
  expect(isAwaited(listed)).toBe(true);
  expect(isAwaited({ ...listed, readAt: now })).toBe(false);
  expect(isAwaited({ ...listed, locked: true })).toBe(false);
  expect(isAwaited({ ...listed, vanishedAt: now })).toBe(false);
});
