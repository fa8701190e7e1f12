import { expect, test } from 'vitest';
import { activeFilters, addressWith } from './media-address.ts';

test('another filter begins again on the first page', () => {
  const here = new URLSearchParams('q=alma&page=4');
  expect(addressWith(here, { status: 'due' })).toBe('/media?q=alma&status=due');
  expect(addressWith(here, { page: 3 })).toBe('/media?q=alma&page=3');
});

test('what says nothing is left out of the address', () => {
  expect(addressWith(new URLSearchParams('q=alma&type='), { q: null })).toBe('/media');
  expect(addressWith(new URLSearchParams('page=2'), { page: 1 })).toBe('/media');
});

test('the order and the page are no filters', () => {
  expect(activeFilters(new URLSearchParams('sort=size&page=2&tag=keep'))).toEqual([
    { name: 'tag', value: 'keep' },
  ]);
});
