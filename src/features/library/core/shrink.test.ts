import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkShrink } from './shrink.ts';

test('nothing where there was something is a failed sync (service-apis 0.4)', () => {
  expect(checkShrink({ had: 3, has: 0 })).toEqual({ code: 'sync.empty', had: 3 });
});

test('a fifth may go, more may not', () => {
  expect(checkShrink({ had: 10, has: 8 })).toBeNull();
  expect(checkShrink({ had: 10, has: 7 })).toEqual({
    code: 'sync.shrunk',
    had: 10,
    has: 7,
    allowedPercent: 20,
  });
  expect(checkShrink({ had: 10, has: 7, allowedPercent: 30 })).toBeNull();
});

test('a first sync, also an empty one, and a growing library are fine', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (had, more) => {
      expect(checkShrink({ had, has: had + more })).toBeNull();
    }),
  );
});
