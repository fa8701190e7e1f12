import { expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import { binned } from './recycle-bin.ts';
import { aBefore, aRemoved, aRemovedSeason, aShowBefore } from './restore.fake.ts';
import { wasMonitored, whatToRemember, type TitleSettings } from '../removal/title-settings.ts';

const inBin = (cleanupDays: number) => known({ path: '/bin/', cleanupDays });
const keep = (removal = aRemoved(), before = aBefore()) => ({
  ...removal,
  keepsake: { ...removal.keepsake, before },
});

test('C-14: a film lies in the bin in its own folder until the bin is emptied', () => {
  expect(binned(keep(aRemoved(), aBefore({ recycleBin: inBin(7) })))).toEqual({
    bin: { path: '/bin/', cleanupDays: 7 },
    files: ['/bin/Alma (2012)/Alma.mkv'],
    emptiedAt: new Date('2026-11-27T03:10:00.000Z'),
  });
});

test('a season keeps the folder of its show there', () => {
  const found = binned(keep(aRemovedSeason(), aShowBefore({ recycleBin: inBin(0) })));
  expect(found?.files[0]).toBe('/bin/Faro/Season 1/Faro S1E1.mkv');
  expect(found?.emptiedAt).toBeNull();
});

test('paths of Windows keep their own slashes', () => {
  const identity = { tmdb: 700, tvdb: null, path: 'D:\\films\\Alma' };
  const plannedFiles = [{ externalId: 70, path: 'D:\\films\\Alma\\Alma.mkv', sizeBytes: 1 }];
  const before = aBefore({ recycleBin: known({ path: 'D:\\bin', cleanupDays: 7 }) });
  expect(binned(keep(aRemoved({ identity, plannedFiles }), before))?.files).toEqual([
    'D:\\bin\\Alma\\Alma.mkv',
  ]);
});

test.each([
  ['no bin', keep()],
  ['a bin that nobody could ask for', keep(aRemoved(), aBefore({ recycleBin: unknown('x') }))],
  ['nothing removed', keep(aRemoved({ state: { is: 'planned' } }), aBefore({ recycleBin: inBin(7) }))],
])('with %s nothing is said of a bin', (_what, removal) => {
  expect(binned(removal)).toBeNull();
});

const settings: TitleSettings = {
  ...aBefore(),
  show: {
    seriesType: null,
    monitorNewItems: null,
    seasonFolder: null,
    seasons: [
      { number: 1, monitored: true },
      { number: 2, monitored: false },
    ],
  },
  episodes: [
    { externalId: 1, seasonNumber: 1, episodeNumber: 1, monitored: true, fileId: 11 },
    { externalId: 2, seasonNumber: 1, episodeNumber: 2, monitored: false, fileId: 11 },
    { externalId: 3, seasonNumber: 2, episodeNumber: 1, monitored: true, fileId: null },
  ],
};

test('of the episodes only those are kept that differ from their season, and those whose file goes (T-05)', () => {
  const before = whatToRemember(settings, [{ externalId: 11 }]);
  expect(before.show?.seasons).toEqual([
    { number: 1, monitored: true, exceptions: [2] },
    { number: 2, monitored: false, exceptions: [1] },
  ]);
  expect(before.episodes).toEqual([
    { seasonNumber: 1, episodeNumber: 1 },
    { seasonNumber: 1, episodeNumber: 2 },
  ]);
  expect(settings.episodes.map((episode) => wasMonitored(before, episode))).toEqual([true, false, true]);
  expect(wasMonitored(before, { seasonNumber: 9, episodeNumber: 1 })).toBeNull();
});
