import { expect, test } from 'vitest';
import { unknown } from '#core/fact.ts';
import type { DiskId } from '#core/ids.ts';
import { aDisk, disk1, disk2 } from '../build.fake.ts';
import { spaceDiskOf } from './space.ts';

const films = aDisk(30, { id: disk1, path: '/data/films', rootFolders: ['/data/films'] });
const shows = aDisk(5, { id: disk2, path: '/data/shows', rootFolders: ['/data/shows/all'] });

test.each([
  ['/data/films/new', disk1, 'path'],
  ['/data/shows', disk2, 'path'],
  ['/', disk2, 'fullest'],
  ['/data', disk2, 'fullest'],
  ['/somewhere', disk2, 'fullest'],
])('J-40: %s is measured as %s (%s)', (folder, diskId, found) => {
  expect(spaceDiskOf(folder, [films, shows], null)).toMatchObject({ diskId, found });
});

test('a person may say which disk is meant', () => {
  expect(spaceDiskOf('/', [films, shows], disk1)).toMatchObject({
    diskId: disk1,
    found: 'chosen',
    freePercent: 30,
  });
  expect(spaceDiskOf('/', [films, shows], 'gone' as DiskId)).toMatchObject({ diskId: disk2 });
});

test('J-40: what cannot be measured has no free space, and without a disk there is none', () => {
  const dark = { ...films, freeBytes: unknown('root-folder-not-accessible') };
  expect(spaceDiskOf('/', [dark], null)).toMatchObject({ freePercent: null });
  expect(spaceDiskOf('/', [], null)).toBeNull();
});
