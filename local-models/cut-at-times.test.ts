import { expect, test } from 'vitest';
import { cutAtTimes } from './cut-at-times.ts';

const FIRST = 1000;
const at = (seconds: number): number => FIRST + Math.round(seconds * 50);
const cut = (tokens: readonly number[], windowS = 30) => cutAtTimes(tokens, { firstTime: FIRST, windowS });

test('words between two times are a piece, and what follows the last one is silence', () => {
  expect(cut([at(0), 1, 2, at(2), at(2.5), 3, at(4)])).toEqual({
    pieces: [
      { fromS: 0, toS: 2, tokens: [1, 2] },
      { fromS: 2.5, toS: 4, tokens: [3] },
    ],
    advanceS: 30,
  });
});

test('a piece without an end is left to the next window, which begins where the last one ended', () => {
  expect(cut([at(0), 1, at(20), at(20.4), 2, 3])).toEqual({
    pieces: [{ fromS: 0, toS: 20, tokens: [1] }],
    advanceS: 20,
  });
});

test('when both times stand at the end, the next window begins there', () => {
  expect(cut([at(1), 1, at(26), at(26)])).toEqual({
    pieces: [{ fromS: 1, toS: 26, tokens: [1] }],
    advanceS: 26,
  });
});

test('one piece alone, with and without an end, is the whole window', () => {
  expect(cut([at(1), 1, at(3)])).toMatchObject({ pieces: [{ fromS: 1, toS: 3 }], advanceS: 30 });
  expect(cut([at(1), 1], 12)).toMatchObject({ pieces: [{ fromS: 1, toS: 12 }], advanceS: 12 });
  expect(cut([1, 2], 12)).toMatchObject({ pieces: [{ fromS: 0, toS: 12, tokens: [1, 2] }] });
});

test('no words are no piece, and time always goes on', () => {
  expect(cut([])).toEqual({ pieces: [], advanceS: 30 });
  expect(cut([at(0), at(0)])).toEqual({ pieces: [], advanceS: 30 });
  expect(cut([at(0), 1, at(0), at(0), 2])).toEqual({ pieces: [], advanceS: 30 });
});

test('no piece is longer than its window', () => {
  expect(cut([at(0), 1, at(29)], 4)).toMatchObject({ pieces: [{ fromS: 0, toS: 4 }], advanceS: 4 });
});
