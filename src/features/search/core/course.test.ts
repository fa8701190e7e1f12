import { expect, test } from 'vitest';
import { courseOf, locatorAt } from './course.ts';
import type { Locator } from './document.ts';

const said = (fromMs: number): Locator => ({ at: 'said', media: 'm', fromMs });

test('a word leads to the line that it stands in', () => {
  const course = courseOf(said(0), [
    { locator: said(0), text: 'Good evening, all.' },
    { locator: said(2000), text: 'Two' },
    { locator: said(3000), text: 'three and four.' },
  ]);
  expect([1, 3, 4, 5, 7, 99].map((word) => locatorAt(course, word))).toEqual(
    [0, 0, 2000, 3000, 3000, 3000].map(said),
  );
});

test('a passage within one block says no more than where it begins', () => {
  const block: Locator = { at: 'block', block: 2 };
  const course = courseOf(block, [
    { locator: block, text: 'One.' },
    { locator: block, text: 'Two.' },
  ]);
  expect(course).toEqual(block);
  expect(locatorAt(course, 2)).toEqual(block);
});
