import { expect, test } from 'vitest';
import { parseQuery } from '../core/query.ts';
import { hasFilter, searchHref, toggleFilter } from './address.ts';

test('a filter is added as somebody would type it, and taken away again', () => {
  const narrowed = toggleFilter('new song', 'creator', 'Ana "la Voz" López');
  expect(narrowed).toBe('new song creator:"Ana  la Voz  López"');
  expect(hasFilter(narrowed, 'creator', 'Ana "la Voz" López')).toBe(true);
  expect(toggleFilter(narrowed, 'creator', 'Ana "la Voz" López')).toBe('new song');
});

test('what it writes is read as that filter', () => {
  expect(parseQuery(toggleFilter('', 'tag', 'en vivo')).filters).toEqual([
    { name: 'tag', value: 'en vivo', isWithout: false },
  ]);
});

test('the first page has the short address', () => {
  expect(searchHref('a&b')).toBe('/search?q=a%26b');
  expect(searchHref('a', { page: 2 })).toBe('/search?q=a&page=2');
  expect(searchHref('a', { page: 2, mode: 'both' })).toBe('/search?q=a&mode=both&page=2');
});
