import { expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { ConnectionId } from '#core/ids.ts';
import { diskOfFolder, groupDisks, type StorageTold } from './disks.ts';

const TB = 1_000_000_000_000;
const radarr = 'radarr01' as ConnectionId;
const sonarr = 'sonarr01' as ConnectionId;

const folder = (path: string, over: Partial<StorageTold['rootFolders'][number]> = {}) => ({
  path,
  ours: path,
  accessible: true,
  freeBytes: TB,
  own: unknown('not-here'),
  ...over,
});
const told = (over: Partial<StorageTold> = {}): StorageTold => ({
  connectionId: radarr,
  mounts: [
    { path: '/', freeBytes: 5, totalBytes: 10 },
    { path: '/data', freeBytes: TB, totalBytes: 4 * TB },
  ],
  rootFolders: [folder('/data/films')],
  ...over,
});

test('a root folder is on the disk with the longest mount', () => {
  expect(groupDisks([told()])).toEqual([
    {
      id: 'radarr01-data',
      path: '/data',
      totalBytes: known(4 * TB),
      freeBytes: known(TB),
      measuredBy: 'service',
      rootFolders: ['/data/films'],
      folders: [{ connectionId: radarr, path: '/data/films' }],
    },
  ]);
});

test('two services on one disk are one disk (T-13)', () => {
  const tv = told({
    connectionId: sonarr,
    mounts: [{ path: '/tv', freeBytes: TB + 1_000, totalBytes: 4 * TB }],
    rootFolders: [folder('/tv', { freeBytes: TB + 1_000 })],
  });
  const disks = groupDisks([told(), tv]);
  expect(disks).toHaveLength(1);
  expect(disks[0]?.rootFolders).toEqual(['/data/films', '/tv']);
  expect(diskOfFolder(disks, { connectionId: sonarr, path: '/tv/Dark' })).toBe(disks[0]?.id);
});

test('disks of other sizes are other disks, also under one path', () => {
  const other = told({
    connectionId: sonarr,
    mounts: [{ path: '/data', freeBytes: TB, totalBytes: 8 * TB }],
    rootFolders: [folder('/data/tv')],
  });
  expect(groupDisks([told(), other])).toHaveLength(2);
});

test('what cannot be read is unknown, never 0 (T-13)', () => {
  const gone = told({ rootFolders: [folder('/data/films', { accessible: false, freeBytes: 0 })] });
  expect(groupDisks([gone])[0]).toMatchObject({
    totalBytes: unknown('root-folder-not-accessible'),
    freeBytes: unknown('root-folder-not-accessible'),
  });
  const silent = told({ mounts: [], rootFolders: [folder('/data/films', { freeBytes: null })] });
  expect(groupDisks([silent])[0]).toMatchObject({
    totalBytes: unknown('disk-size-not-told'),
    freeBytes: unknown('disk-free-not-told'),
  });
});

test('a disk of size nothing has no free space to speak of (J-40)', () => {
  const zero = told({ mounts: [{ path: '/data', freeBytes: 0, totalBytes: 0 }] });
  expect(groupDisks([zero])[0]?.freeBytes).toEqual(unknown('disk-size-zero'));
});

test('our own measurement goes before what a service says, and the disk says so (T-13)', () => {
  const own = known({ deviceId: '42', freeBytes: 7, totalBytes: 70 });
  const here = told({ rootFolders: [folder('/data/films', { own }), folder('/data/more', { own })] });
  expect(groupDisks([here])).toMatchObject([
    { measuredBy: 'own', freeBytes: known(7), totalBytes: known(70) },
  ]);
});

test('two mounts here are two disks, whatever the service thinks (T-60)', () => {
  const on = (deviceId: string) => known({ deviceId, freeBytes: 7, totalBytes: 70 });
  const here = told({
    rootFolders: [folder('/data/a', { own: on('1') }), folder('/data/b', { own: on('2') })],
  });
  expect(groupDisks([here]).map((disk) => disk.id)).toEqual(['radarr01-data', 'radarr01-data-2']);
});

test('a disk keeps its id while it keeps a root folder', () => {
  const before = groupDisks([told()]);
  const moved = told({ mounts: [{ path: '/data/films', freeBytes: TB, totalBytes: 9 * TB }] });
  expect(groupDisks([moved], before)[0]?.id).toBe('radarr01-data');
});

test('a root folder that no service lists is on no known disk', () => {
  expect(diskOfFolder(groupDisks([told()]), { connectionId: radarr, path: '/other' })).toBeNull();
});
