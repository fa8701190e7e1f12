import { describe, expect, test } from 'vitest';
import { letters, layOut } from './poster-letters.ts';
import { drawPoster, languages, posterKey, type PosterText } from './poster.ts';

const aText = (changes: Partial<PosterText> = {}): PosterText => ({
  kind: 'films',
  language: 'en',
  titles: 12,
  days: 3,
  ...changes,
});

test('every letter that a poster can need can be drawn without a font', () => {
  for (const letter of 'ABCDEFGHIJKLMNÑOPQRSTUVWXYZÁÉÍÓÚ0123456789') expect(letters).toHaveProperty(letter);
  for (const language of languages) expect(drawPoster(aText({ language }))).not.toContain('<text');
});

test('a line is as wide as its letters and the room between them', () => {
  expect(layOut('LL').width).toBeCloseTo(5 + 2.2 + 5);
  expect(layOut('')).toEqual({ width: 0, placed: [] });
});

describe('the picture changes exactly when what it tells changes', () => {
  test.each([
    { name: 'days', change: { days: 2 } },
    { name: 'titles', change: { titles: 11 } },
    { name: 'kind', change: { kind: 'shows' as const } },
    { name: 'language', change: { language: 'es' as const } },
    { name: 'nothing leaves', change: { days: null } },
    { name: 'today', change: { days: 0 } },
  ])('$name', ({ change }) => {
    expect(posterKey(aText(change))).not.toBe(posterKey(aText()));
    expect(drawPoster(aText(change))).not.toBe(drawPoster(aText()));
    expect(drawPoster(aText(change))).toBe(drawPoster(aText(change)));
  });
});
