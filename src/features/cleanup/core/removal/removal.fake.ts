import type { ConnectionId, ItemId, RunId } from '#core/ids.ts';
import type { PlannedFile, Removal, Run } from './removal.ts';
import type { TitleNow, TitleRequest } from './title-now.ts';

export const radarr = 'radarr01' as ConnectionId;
export const sonarr = 'sonarr01' as ConnectionId;

const GIGABYTE = 1_000_000_000;

/** A film with one file, planned for removal. */
export function aRemoval(changes: Partial<Removal> = {}): Removal {
  const plannedFiles: readonly PlannedFile[] = changes.plannedFiles ?? [
    { externalId: 70, path: '/films/Alma (2012)/Alma.mkv', sizeBytes: 8 * GIGABYTE },
  ];
  return {
    id: 'removal-1',
    runId: 'run-1' as RunId,
    position: 1,
    itemId: 'radarr01-7' as ItemId,
    connectionId: radarr,
    externalId: 7,
    kind: 'film',
    seasonNumber: null,
    episodes: [],
    title: 'Alma',
    identity: { tmdb: 700, tvdb: null, path: '/films/Alma (2012)' },
    plannedFiles,
    plannedBytes: plannedFiles.reduce((sum, file) => sum + file.sizeBytes, 0),
    options: { addImportExclusion: false, removeRequests: true, exclusionTags: ['keep'] },
    keepsake: {
      year: 2012,
      tags: ['wall'],
      qualityProfile: 'HD-1080p',
      rootFolder: '/films',
      monitored: true,
      requestedBy: ['ana'],
      lastWatchedAt: new Date('2025-03-01T20:00:00.000Z'),
      verdict: null,
      before: null,
    },
    state: { is: 'planned' },
    ...changes,
  };
}

/** Season 1 of a show with two seasons, two episode files each. */
export function aSeasonRemoval(changes: Partial<Removal> = {}): Removal {
  return aRemoval({
    id: 'removal-2',
    itemId: 'sonarr01-3-s01' as ItemId,
    connectionId: sonarr,
    externalId: 3,
    kind: 'season',
    seasonNumber: 1,
    title: 'Faro',
    identity: { tmdb: null, tvdb: 300, path: '/series/Faro' },
    plannedFiles: aShowNow()
      .files.filter((file) => file.seasonNumber === 1)
      .map(({ externalId, path, sizeBytes }) => ({ externalId, path, sizeBytes })),
    ...changes,
  });
}

/** The first file of season 1, which holds two episodes (T-05). */
export const anEpisodeRemoval = (changes: Partial<Removal> = {}): Removal =>
  aSeasonRemoval({
    id: 'removal-4',
    itemId: 'sonarr01-3-f11' as ItemId,
    kind: 'episode',
    episodes: [1, 2].map((episodeNumber) => ({ seasonNumber: 1, episodeNumber })),
    plannedFiles: aSeasonRemoval().plannedFiles.filter((file) => file.externalId === 11),
    ...changes,
  });

/** The film of `aRemoval` as Radarr tells it. */
export const aFilmNow = (changes: Partial<TitleNow> = {}): TitleNow => ({
  externalId: 7,
  title: 'Alma',
  tmdb: 700,
  tvdb: null,
  path: '/films/Alma (2012)',
  monitored: true,
  tags: ['wall'],
  files: [
    { externalId: 70, seasonNumber: null, path: '/films/Alma (2012)/Alma.mkv', sizeBytes: 8 * GIGABYTE },
  ],
  seasons: [],
  episodes: [],
  ...changes,
});

/** The show of `aSeasonRemoval` as Sonarr tells it. */
export const aShowNow = (changes: Partial<TitleNow> = {}): TitleNow => ({
  externalId: 3,
  title: 'Faro',
  tmdb: null,
  tvdb: 300,
  path: '/series/Faro',
  monitored: true,
  tags: [],
  files: [1, 2].flatMap((season) =>
    [1, 2].map((episode) => ({
      externalId: season * 10 + episode,
      seasonNumber: season,
      path: `/series/Faro/Season ${season}/Faro S${season}E${episode}.mkv`,
      sizeBytes: GIGABYTE,
    })),
  ),
  seasons: [1, 2].map((number) => ({ number, monitored: true })),
  // The first file of each season holds two episodes (T-05).
  episodes: [1, 2].flatMap((season) =>
    [1, 2, 3].map((episode) => ({
      externalId: season * 100 + episode,
      seasonNumber: season,
      episodeNumber: episode,
      monitored: true,
      fileId: season * 10 + (episode < 3 ? 1 : 2),
    })),
  ),
  ...changes,
});

export const aRequest = (changes: Partial<TitleRequest> = {}): TitleRequest => ({
  externalId: 900,
  is4k: false,
  seasons: [],
  serverUrl: null,
  serverExternalId: null,
  ...changes,
});

export const aRun = (changes: Partial<Run> = {}): Run => ({
  id: 'run-1' as RunId,
  policyId: null,
  policyName: null,
  planId: null,
  mode: 'real',
  startedBy: 'schedule',
  byName: null,
  startedAt: new Date('2026-11-20T03:00:00.000Z'),
  endedAt: null,
  outcome: { is: 'under-way' },
  ...changes,
});
