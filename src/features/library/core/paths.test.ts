import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deepest, isWithin, mapPath, pathAndParents, tidyPath } from './paths.ts';

test.each([
  ['/films//Solaris/', '/films/Solaris'],
  ['C:\\Films\\Solaris\\', 'C:/Films/Solaris'],
  ['\\\\nas\\films\\Solaris', '//nas/films/Solaris'],
  ['/films/AC\\DC', '/films/AC\\DC'],
  ['/', '/'],
])('tidies %s to %s (T-61)', (path, tidy) => expect(tidyPath(path)).toBe(tidy));

test('the longest prefix wins, by whole segments (T-60)', () => {
  const mappings = [
    { theirs: '/data', ours: '/mnt/all' },
    { theirs: '/data/films', ours: '/mnt/films' },
  ];
  expect(mapPath('/data/films/Solaris', mappings)).toBe('/mnt/films/Solaris');
  expect(mapPath('/data/films2/Solaris', mappings)).toBe('/mnt/all/films2/Solaris');
  expect(mapPath('/other/Solaris', mappings)).toBe('/other/Solaris');
});

test('maps Windows folders, whatever the case of their letters', () => {
  const mappings = [{ theirs: 'D:\\Media\\', ours: '/media' }];
  expect(mapPath('d:\\media\\Films\\Solaris', mappings)).toBe('/media/Films/Solaris');
  expect(mapPath('\\\\nas\\share\\a', [{ theirs: '\\\\NAS\\share', ours: '/mnt' }])).toBe('/mnt/a');
});

test('maps from and to the root', () => {
  expect(mapPath('/films/a', [{ theirs: '/', ours: '/host' }])).toBe('/host/films/a');
  expect(mapPath('/host/films', [{ theirs: '/host', ours: '/' }])).toBe('/films');
  expect(mapPath('/host', [{ theirs: '/host', ours: '/' }])).toBe('/');
});

test('a folder holds itself and what is below, not its neighbours', () => {
  expect([isWithin('/a/b', '/a'), isWithin('/a', '/a'), isWithin('/ab', '/a'), isWithin('/a', '/')]).toEqual([
    true,
    true,
    false,
    true,
  ]);
});

test('the deepest folder is found', () => {
  expect(deepest('/data/films/x', ['/', '/data', '/data/films', '/data/tv'], (path) => path)).toBe(
    '/data/films',
  );
  expect(deepest('/data', ['/tv'], (path) => path)).toBeNull();
});

test('a path knows its parents', () => {
  expect(pathAndParents('/a/b/c')).toEqual(['/a/b/c', '/a/b', '/a', '/']);
  expect(pathAndParents('C:\\a')).toEqual(['C:/a', 'C:']);
});

const segment = fc.stringMatching(/^[A-Za-z0-9 ()]{1,8}$/);
const folder = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`);

test('a mapping there and its inverse back give the same path', () => {
  fc.assert(
    fc.property(folder, folder, folder, (theirs, ours, below) => {
      const there = mapPath(theirs + below, [{ theirs, ours }]);
      expect(there).toBe(ours + below);
      expect(mapPath(there, [{ theirs: ours, ours: theirs }])).toBe(theirs + below);
    }),
  );
});
