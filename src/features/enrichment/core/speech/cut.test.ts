import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutPieces, isHeard, type Span } from './cut.ts';

const MINUTE = 60_000;
const mostMs = 10 * MINUTE;

test('what is short enough stays whole, and nothing is no piece at all', () => {
  expect(cutPieces({ durationMs: mostMs, quiet: [], mostMs })).toEqual([{ fromMs: 0, toMs: mostMs }]);
  expect(cutPieces({ durationMs: 0, quiet: [], mostMs })).toEqual([]);
});

test('a long sound is cut in the middle of the longest silence of the second half', () => {
  const quiet = [
    { fromMs: 2 * MINUTE, toMs: 3 * MINUTE },
    { fromMs: 7 * MINUTE, toMs: 7 * MINUTE + 2000 },
    { fromMs: 9 * MINUTE, toMs: 9 * MINUTE + 400 },
  ];
  expect(cutPieces({ durationMs: 12 * MINUTE, quiet, mostMs })).toEqual([
    { fromMs: 0, toMs: 7 * MINUTE + 1000 },
    { fromMs: 7 * MINUTE + 1000, toMs: 12 * MINUTE },
  ]);
});

test('where nobody draws breath it is cut where it must, and never so that next to nothing is left', () => {
  expect(cutPieces({ durationMs: mostMs + 40, quiet: [], mostMs })).toEqual([
    { fromMs: 0, toMs: mostMs - 960 },
    { fromMs: mostMs - 960, toMs: mostMs + 40 },
  ]);
});

const spans: fc.Arbitrary<Span[]> = fc
  .array(fc.tuple(fc.nat(300_000), fc.nat(20_000)), { maxLength: 200 })
  .map((steps) => {
    let at = 0;
    return steps.map(([before, long]) => {
      const fromMs = at + before;
      at = fromMs + long;
      return { fromMs, toMs: at };
    });
  });

test('whatever the silences: pieces follow each other, cover all of it, and none is too long', () => {
  fc.assert(
    fc.property(fc.nat(6 * 60 * MINUTE), spans, (durationMs, quiet) => {
      const pieces = cutPieces({ durationMs, quiet, mostMs });
      expect(pieces[0]?.fromMs ?? 0).toBe(0);
      expect(pieces.at(-1)?.toMs ?? 0).toBe(durationMs);
      for (const [index, { fromMs, toMs }] of pieces.entries()) {
        expect(toMs).toBeGreaterThan(fromMs);
        expect(toMs - fromMs).toBeLessThanOrEqual(mostMs);
        if (index > 0) expect(fromMs).toBe(pieces[index - 1]?.toMs);
      }
      expect(pieces.length).toBeLessThanOrEqual(Math.ceil(durationMs / (mostMs / 2 - 1000)) + 1);
    }),
  );
});

test('a piece of silence is not heard, one with a word in it is', () => {
  const piece = { fromMs: 1000, toMs: 5000 };
  expect(isHeard(piece, [{ fromMs: 0, toMs: 9000 }])).toBe(false);
  expect(isHeard(piece, [{ fromMs: 1000, toMs: 4950 }])).toBe(false);
  expect(
    isHeard(piece, [
      { fromMs: 1000, toMs: 3000 },
      { fromMs: 3400, toMs: 9000 },
    ]),
  ).toBe(true);
  expect(isHeard(piece, [])).toBe(true);
});
