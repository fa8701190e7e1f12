import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shorten } from './shorten.ts';

test('a long text becomes half of it, up to the end of a word', () => {
  const words = Array.from({ length: 100 }, (_, index) => `word${index}`).join(' ');
  const half = shorten(words) ?? '';
  expect(words.startsWith(`${half} `)).toBe(true);
  expect(half.length).toBeGreaterThan(words.length * 0.48);
  expect(half.length).toBeLessThanOrEqual(words.length / 2);
});

test('a text without spaces is cut where half of it ends', () => {
  expect(shorten('本'.repeat(300))).toBe('本'.repeat(150));
});

test('what is short is not cut', () => {
  expect(shorten('word '.repeat(40))).toBeNull();
});

test('whatever is written, it gets shorter, keeps its beginning and comes to an end', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 4000 }), (text) => {
      let rest: string | null = text.toWellFormed();
      for (let turn = 0; rest !== null; turn += 1) {
        expect(turn).toBeLessThan(12);
        const next: string | null = shorten(rest);
        if (next !== null) {
          expect(next.length).toBeLessThan(rest.length);
          expect(next.isWellFormed()).toBe(true);
          expect(next.length).toBeGreaterThan(0);
        }
        rest = next;
      }
    }),
  );
});
