import { expect, test } from 'vitest';
import { aTitle } from './build.fake.ts';
import { isToken, keptUntil, linkTitle } from './keep-link.ts';

test.each([
  [aTitle(), 'Dune (2021)'],
  [aTitle({ year: null }), 'Dune'],
  [aTitle({ seasonNumber: 2 }), 'Dune (2021) · S02'],
  [aTitle({ seasonNumber: 0 }), 'Dune (2021) · S00'],
  [aTitle({ seasonNumber: 2, episodes: [{ seasonNumber: 2, episodeNumber: 5 }] }), 'Dune (2021) · 2×05'],
])('the page of a link names what it keeps', (title, name) => {
  expect(linkTitle(title)).toBe(name);
});

test('the days count from the day it would have gone, or from now when that is past', () => {
  const [due, keepDays] = [new Date('2026-12-01T00:00:00Z'), 10];
  expect(keptUntil(due, new Date('2026-11-20T00:00:00Z'), keepDays)).toEqual(
    new Date('2026-12-11T00:00:00Z'),
  );
  expect(keptUntil(due, new Date('2026-12-05T00:00:00Z'), keepDays)).toEqual(
    new Date('2026-12-15T00:00:00Z'),
  );
});

test('only 43 signs of base64url are a token', () => {
  expect(isToken('a'.repeat(43))).toBe(true);
  for (const text of ['', 'a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}.`, `${'a'.repeat(42)}\n`])
    expect(isToken(text)).toBe(false);
});
