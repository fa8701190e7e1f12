import { expect, test } from 'vitest';
import { createRateLimit, networkOf } from './rate-limit.ts';

test('so many tries in a span of time, each address for itself', () => {
  let at = 0;
  const mayTry = createRateLimit({ most: 2, perMs: 1000, now: () => new Date(at) });
  expect(['a', 'a', 'a', 'b'].map(mayTry)).toEqual([true, true, false, true]);
  at = 999;
  expect(mayTry('a')).toBe(false);
  at = 1000;
  expect(mayTry('a')).toBe(true);
});

test('who tries from ten thousand addresses does not fill the memory, and the others are still known', () => {
  const mayTry = createRateLimit({ most: 1, perMs: 1000, now: () => new Date(0) });
  for (let index = 0; index < 20_000; index += 1) mayTry(`address ${index}`);
  expect(mayTry('address 19999')).toBe(false);
  expect(mayTry('address 0')).toBe(true);
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0DB8:1:2::1', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('%s belongs to %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
