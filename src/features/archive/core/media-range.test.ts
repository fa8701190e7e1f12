import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangesOf } from './media-range.ts';

const part = (first: number, last: number) => ({ first, last });
const whole = { is: 'whole' };
const outside = { is: 'outside' };
const parts = (...list: object[]) => ({ is: 'parts', parts: list });

test.each([
  [null, whole],
  ['', whole],
  ['bytes=0-0', parts(part(0, 0))],
  ['bytes=0-', parts(part(0, 99))],
  ['bytes=10-19', parts(part(10, 19))],
  ['BYTES = 10-19 ', parts(part(10, 19))],
  ['bytes=90-200', parts(part(90, 99))],
  ['bytes=99-', parts(part(99, 99))],
  ['bytes=100-', outside],
  ['bytes=100-200', outside],
  ['bytes=-1', parts(part(99, 99))],
  ['bytes=-500', parts(part(0, 99))],
  ['bytes=-0', outside],
  ['bytes=0-9,20-29', parts(part(0, 9), part(20, 29))],
  ['bytes=20-29, 0-9', parts(part(0, 9), part(20, 29))],
  ['bytes=0-9,10-19', parts(part(0, 19))],
  ['bytes=0-50,20-29,40-60', parts(part(0, 60))],
  ['bytes=0-0,-1', parts(part(0, 0), part(99, 99))],
  ['bytes=0-9,200-300', parts(part(0, 9))],
  ['bytes=200-300,400-', outside],
  ['bytes=,0-9,', parts(part(0, 9))],
  ['bytes=9-0', whole],
  ['bytes=-', whole],
  ['bytes=a-b', whole],
  ['bytes=0-9;20-29', whole],
  ['bytes=0x1-2', whole],
  ['bytes=', whole],
  ['items=0-9', whole],
  ['bytes 0-9', whole],
  [`bytes=0-${'9'.repeat(30)}`, whole],
  [`bytes=${Array.from({ length: 17 }, (_, index) => `${index * 3}-${index * 3}`).join(',')}`, whole],
])('%j of 100 bytes', (header, expected) => {
  expect(rangesOf(header, 100)).toEqual(expected);
});

test('parts are within the file, in order, apart from each other, and hold what was asked for', () => {
  const wish = fc
    .tuple(fc.nat(120), fc.nat(120))
    .map(([one, other]) => part(Math.min(one, other), Math.max(one, other)));
  fc.assert(
    fc.property(
      fc.array(wish, { minLength: 1, maxLength: 16 }),
      fc.integer({ min: 1, max: 100 }),
      (wishes, size) => {
        const header = `bytes=${wishes.map(({ first, last }) => `${first}-${last}`).join(',')}`;
        const got = rangesOf(header, size);
        const wanted = new Set<number>();
        for (const { first, last } of wishes)
          for (let at = first; at <= last && at < size; at++) wanted.add(at);
        const sentParts = got.is === 'parts' ? got.parts : [];
        expect(got.is).toBe(wanted.size > 0 ? 'parts' : 'outside');
        const sent = sentParts.flatMap(({ first, last }) =>
          Array.from({ length: last - first + 1 }, (_, index) => first + index),
        );
        expect(sent).toEqual([...wanted].sort((one, other) => one - other));
        for (const [index, { first }] of sentParts.entries())
          expect(first).toBeGreaterThan((sentParts[index - 1]?.last ?? -2) + 1);
      },
    ),
  );
});
