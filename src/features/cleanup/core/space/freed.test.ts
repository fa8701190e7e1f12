import { expect, test } from 'vitest';
import { disk1, disk2, radarr, sonarr } from '../build.fake.ts';
import { freedByMonth, freedOnDisks } from './freed.ts';

const at = new Date('2026-06-15T04:00:00Z');
const freed = (path: string | null, connectionId = radarr) => ({ at, connectionId, path, bytes: 7 });
const disks = [
  { id: disk1, folders: [{ connectionId: radarr, path: '/media' }] },
  {
    id: disk2,
    folders: [
      { connectionId: radarr, path: '/media/uhd' },
      { connectionId: sonarr, path: '/media' },
    ],
  },
];

test('what went is counted on the disk of its deepest root folder, service by service', () => {
  expect(freedOnDisks([freed('/media/Alma/Alma.mkv')], disks)).toEqual([{ at, diskId: disk1, bytes: 7 }]);
  expect(freedOnDisks([freed('/media/uhd/Alma/Alma.mkv')], disks)[0]?.diskId).toBe(disk2);
  expect(freedOnDisks([freed('/media/Alma/S01E01.mkv', sonarr)], disks)[0]?.diskId).toBe(disk2);
});

test('what was on no disk of today is left out', () => {
  expect(freedOnDisks([freed('/old/Alma.mkv'), freed('/mediathek/Alma.mkv'), freed(null)], disks)).toEqual(
    [],
  );
});

test('months in which nothing went are there too, over the turn of a year', () => {
  const january = new Date('2026-01-31T23:59:59Z');
  const months = freedByMonth(
    [
      { ...freed('/a'), at: january },
      { ...freed('/b'), at: new Date('2025-12-01T00:00:00Z') },
      { ...freed('/c'), at: new Date('2025-10-31T23:00:00Z') },
    ],
    { now: january, months: 3 },
  );
  expect(months).toEqual([
    { month: new Date('2025-11-01T00:00:00Z'), items: 0, bytes: 0 },
    { month: new Date('2025-12-01T00:00:00Z'), items: 1, bytes: 7 },
    { month: new Date('2026-01-01T00:00:00Z'), items: 1, bytes: 7 },
  ]);
});
