import { known } from '#core/fact.ts';
import type { UserId } from '#core/ids.ts';
import { aRemoval, aSeasonRemoval } from '../removal/removal.fake.ts';
import type { Removal, RemovalState } from '../removal/removal.ts';
import { draftRestore, type Restore, type RestoreChoice } from './restore.ts';
import type { RestoreNow, RestoredTitle } from './restore-now.ts';
import type { Before, EpisodeNow } from '../removal/title-settings.ts';

/** The film of `aRemoval` as it stood. */
export const aBefore = (changes: Partial<Before> = {}): Before => ({
  rootFolder: '/films',
  qualityProfile: { id: 4, name: 'HD-1080p' },
  tags: ['wall'],
  monitored: true,
  minimumAvailability: 'inCinemas',
  show: null,
  episodes: [],
  isExcluded: false,
  recycleBin: known(null),
  ...changes,
});

/** The show of `aSeasonRemoval` as it stood: of two episodes a season, the second of season 1 was not wanted. */
export const aShowBefore = (changes: Partial<Before> = {}): Before =>
  aBefore({
    rootFolder: '/series',
    minimumAvailability: null,
    show: {
      seriesType: 'daily',
      monitorNewItems: 'none',
      seasonFolder: true,
      seasons: [
        { number: 1, monitored: true, exceptions: [2] },
        { number: 2, monitored: false, exceptions: [] },
      ],
    },
    ...changes,
  });

const removed: RemovalState = {
  is: 'removed',
  at: new Date('2026-11-20T03:10:00.000Z'),
  freedBytes: 8_000_000_000,
  notes: [],
};

export const aRemoved = (changes: Partial<Removal> = {}): Removal => {
  const removal = aRemoval(changes);
  return {
    ...removal,
    state: removed,
    keepsake: { ...removal.keepsake, before: aBefore() },
    ...changes,
  };
};

export const aRemovedSeason = (changes: Partial<Removal> = {}): Removal => {
  const removal = aSeasonRemoval(changes);
  const keepsake = { ...removal.keepsake, before: aShowBefore() };
  return { ...removal, state: removed, keepsake, ...changes };
};

/** The whole show, of two seasons. */
export const aRemovedShow = (changes: Partial<Removal> = {}): Removal =>
  aRemovedSeason({ id: 'removal-3', kind: 'show', seasonNumber: null, ...changes });

export const aChoice = (changes: Partial<RestoreChoice> = {}): RestoreChoice => ({
  rootFolder: null,
  qualityProfile: null,
  search: true,
  keepDays: 30,
  ...changes,
});

export function aRestore(removal = aRemoved(), changes: Partial<Restore> = {}): Restore {
  const { before } = removal.keepsake;
  if (before === null) throw new Error('nothing was kept of it');
  const restore = draftRestore(removal, before, {
    id: 'restore-1',
    choice: aChoice(),
    byUserId: 'user-1' as UserId,
    byName: 'Ana',
    startedAt: new Date('2026-11-21T10:00:00.000Z'),
  });
  return { ...restore, ...changes };
}

export const places = {
  rootFolders: [
    { path: '/films', accessible: true },
    { path: '/series/', accessible: true },
    { path: '/old', accessible: false },
  ],
  qualityProfiles: ['HD-1080p', 'UHD'],
};

export const aRestoreNow = (changes: Partial<RestoreNow> = {}): RestoreNow => ({
  title: null,
  isExcluded: false,
  places,
  ...changes,
});

export const aRestoredFilm = (changes: Partial<RestoredTitle> = {}): RestoredTitle => ({
  externalId: 71,
  path: '/films/Alma (2012)',
  monitored: true,
  seasons: [],
  episodes: [],
  ...changes,
});

export const anEpisode = (seasonNumber: number, episodeNumber: number, monitored = true): EpisodeNow => ({
  externalId: seasonNumber * 100 + episodeNumber,
  seasonNumber,
  episodeNumber,
  monitored,
  fileId: null,
});

/** The show with both seasons wanted, and every episode of them. */
export const aRestoredShow = (changes: Partial<RestoredTitle> = {}): RestoredTitle => ({
  externalId: 3,
  path: '/series/Faro',
  monitored: true,
  seasons: [1, 2].map((number) => ({ number, monitored: true })),
  episodes: [1, 2].flatMap((season) => [1, 2].map((episode) => anEpisode(season, episode))),
  ...changes,
});
