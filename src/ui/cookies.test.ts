import { expect, test } from 'vitest';
import { safeNext } from './cookies.ts';

test.each([
  ['/media?q=a', '/media?q=a'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  [null, '/'],
])('after %s the next page is %s', (next, page) => {
  expect(safeNext(next)).toBe(page);
});
