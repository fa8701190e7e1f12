import type { Household, MovieRow } from '../../tools/seed/household.ts';
import { seedHousehold } from '../../tools/seed.ts';
import { aTorrentRow, type TorrentRow } from '../../tools/simulators/torrents/torrents.ts';

export const seedNow = new Date('2026-11-20T03:00:00.000Z');

/**
 * Some films and four shows that nobody watched, on disks with little room: each film was asked for, and is still in a
 * torrent. Nothing protects anything, so that only what goes wrong decides.
 */
export function troubledHousehold(): Household {
  const household = seedHousehold({ films: 32, series: 4, users: 1, now: seedNow });
  const [radarr] = household.radarrs;
  for (const movie of radarr?.movies ?? []) Object.assign(movie, { tags: [], monitored: true });
  for (const show of household.sonarr.shows) {
    Object.assign(show, { tags: [], monitored: true, status: 'ended' });
    for (const season of show.seasons) season.monitored = true;
  }
  household.extraFiles = [];
  household.jellyfin.marks = {};
  household.jellyfin.playing = [];
  household.emby.playing = [];
  household.seerr = requestsFor(household, filmsOf(household));
  return household;
}

export const filmsOf = ({ radarrs }: Household): MovieRow[] =>
  (radarrs[0]?.movies ?? []).filter(({ file }) => file !== null);

function requestsFor(household: Household, films: readonly MovieRow[]): Household['seerr'] {
  return {
    media: films.map((film, index) => ({
      id: 800 + index,
      kind: 'movie',
      title: film.title,
      tmdbId: household.titles[film.title]?.tmdbId ?? 0,
      tvdbId: null,
      imdbId: household.titles[film.title]?.imdbId ?? null,
      status: 5,
      status4k: 1,
      createdAt: '2025-01-01T00:00:00.000Z',
      mediaAddedAt: null,
      serviceId: 0,
      serviceId4k: null,
      externalServiceId: film.id,
      externalServiceId4k: null,
      externalServiceSlug: null,
      jellyfinMediaId: null,
      jellyfinMediaId4k: null,
    })),
    requests: films.map((film, index) => ({
      id: 9000 + index,
      mediaId: 800 + index,
      kind: 'movie',
      status: 2,
      is4k: false,
      createdAt: '2025-01-01T00:00:00.000Z',
      requestedBy: 1,
      modifiedBy: null,
      seasons: [],
      serverId: 0,
      profileName: 'HD-1080p',
      rootFolder: film.rootFolder,
    })),
  };
}

/** One torrent per film, beside it on the same disk: a second name of the same bytes. */
export const torrentsOf = (household: Household): { row: TorrentRow; linkOf: string }[] =>
  filmsOf(household).flatMap(({ id, file }) => {
    if (file === null) return [];
    const disk = file.path.split('/').slice(0, 3).join('/');
    const row = aTorrentRow({
      hash: id.toString(16).padStart(40, '0'),
      savePath: `${disk}/downloads/complete/${String(id)}`,
      files: [{ name: file.path.slice(file.path.lastIndexOf('/') + 1), sizeBytes: file.sizeBytes }],
    });
    return [{ row, linkOf: file.path }];
  });
