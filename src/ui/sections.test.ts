import { expect, test } from 'vitest';
import { isCurrent, sectionsFor } from './sections.ts';

test('only the administrator sees jobs, logs and settings', () => {
  const hrefs = (role: 'admin' | 'user') => sectionsFor(role).map(({ href }) => href);
  expect(hrefs('admin')).toEqual(expect.arrayContaining(['/jobs', '/logs', '/settings']));
  expect(hrefs('user')).toEqual(['/', '/media', '/schedules', '/leaving', '/archive', '/search']);
});

test('a section stays current on the pages below it', () => {
  expect(isCurrent({ href: '/media' }, '/media/abc')).toBe(true);
  expect(isCurrent({ href: '/media' }, '/mediacenter')).toBe(false);
  expect(isCurrent({ href: '/' }, '/media')).toBe(false);
});
