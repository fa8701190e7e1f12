import { expect, test } from 'vitest';
import { pageWindow } from './page-window.ts';

test.each([
  [1, 1, [1]],
  [1, 3, [1, 2, 3]],
  [5, 20, [1, null, 4, 5, 6, null, 20]],
  [20, 20, [1, null, 19, 20]],
  [4, 20, [1, 2, 3, 4, 5, null, 20]],
])('page %d of %d shows %j', (page, pages, shown) => {
  expect(pageWindow(page, pages)).toEqual(shown);
});
