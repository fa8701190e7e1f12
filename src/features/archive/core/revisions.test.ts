import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseShown, keepCopy, type Copy, type StoredCopies } from './revisions.ts';

const copy = (holds: Copy['holds'], digest: string = holds): Copy => ({
  holds,
  digest,
  words: digest,
  media: holds === 'a-body' ? ['a', 'b'] : [],
});
/** The same words, and only so many of the media. */
const stripped = (of: Copy, left = 0): Copy => ({
  ...of,
  digest: `${of.digest} with ${String(left)}`,
  media: of.media.slice(0, left),
});
const body = copy('a-body');

describe('an answer about a post', () => {
  test('is shown when it is the first that says anything', () => {
    const nothing: StoredCopies = { shown: null, asideDigest: null };
    expect(keepCopy(nothing, body)).toBe('show');
    expect(keepCopy(nothing, copy('locked'))).toBe('show');
    expect(keepCopy(nothing, copy('nothing-readable'))).toBe('put-aside');
  });

  test('is known when it says the same', () => {
    expect(keepCopy({ shown: body, asideDigest: null }, body)).toBe('known');
    // captions that a silent stream did not name have kept their place beside it
    const withCaptions = { ...body, media: [...body.media, 'captions'] };
    expect(keepCopy({ shown: withCaptions, asideDigest: null }, body)).toBe('known');
    expect(keepCopy({ shown: body, asideDigest: 'locked' }, copy('locked'))).toBe('known');
  });

  test('takes the place of one that says as much or less, and of none that says more', () => {
    const order = ['nothing-readable', 'locked', 'nothing', 'a-body'] as const;
    for (const [less, one] of order.entries()) {
      for (const [more, other] of order.entries()) {
        const kept = keepCopy({ shown: copy(one, 'one'), asideDigest: null }, copy(other, 'other'));
        expect(kept, `${other} after ${one}`).toBe(more >= less ? 'show' : 'put-aside');
      }
    }
  });
});

test('one with the same words and only fewer media takes the place of none', () => {
  const stored = { shown: body, asideDigest: null };
  expect(keepCopy(stored, stripped(body))).toBe('put-aside');
  expect(keepCopy(stored, stripped(body, 1))).toBe('put-aside');
  expect(keepCopy(stored, { ...stripped(body, 1), media: ['b', 'c'] })).toBe('show');
  expect(keepCopy({ ...stored, asideDigest: stripped(body).digest }, stripped(body))).toBe('known');
  expect(chooseShown([body, stripped(body)])).toBe(body);
  // what was edited is believed, and so is the first of all
  const edited = { ...stripped(body), words: 'others' };
  expect(keepCopy(stored, edited)).toBe('show');
  expect(keepCopy({ shown: edited, asideDigest: null }, stripped(edited))).toBe('show');
  expect(keepCopy({ shown: null, asideDigest: null }, stripped(body))).toBe('show');
});

const answers = fc.array(
  fc.record({
    holds: fc.constantFrom<Copy['holds']>('nothing-readable', 'locked', 'nothing', 'a-body'),
    edition: fc.integer({ min: 0, max: 3 }),
  }),
  { maxLength: 30 },
);

test('whatever comes in whatever order, a body that was read is never lost, and the newest one is shown', () => {
  fc.assert(
    fc.property(answers, (told) => {
      let stored: StoredCopies = { shown: null, asideDigest: null };
      const kept: Copy[] = [];
      for (const { holds, edition } of told) {
        const seen = copy(holds, `${holds} ${edition}`);
        const keeping = keepCopy(stored, seen);
        if (keeping !== 'known') kept.push(seen);
        if (keeping === 'show') stored = { ...stored, shown: seen };
        if (keeping === 'put-aside') stored = { ...stored, asideDigest: seen.digest };
      }
      const bodies = told.filter(({ holds }) => holds === 'a-body').map(({ edition }) => `a-body ${edition}`);
      for (const digest of bodies) expect(kept.map((one) => one.digest)).toContain(digest);
      if (bodies.length > 0) expect(stored.shown?.digest).toBe(bodies.at(-1));
      // reading all of them again comes to the same
      expect(chooseShown(kept)).toEqual(stored.shown);
    }),
  );
});
