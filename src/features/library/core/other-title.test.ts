import { expect, test } from 'vitest';
import { otherTitle } from './other-title.ts';

test.each([
  ['The Lanterns', 'Los faroles', 'Los faroles'],
  ['Los faroles', ' los FAROLES ', null],
  ['Los faroles', '', null],
  ['Los faroles', null, null],
  ['Los faroles', undefined, null],
])('of "%s" the original title "%s" is told as %s', (title, original, told) => {
  expect(otherTitle(title, original)).toBe(told);
});
