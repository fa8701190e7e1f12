import type { ItemId } from '#core/ids.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type {
  EpisodeFileRow,
  Household,
  MovieRow,
  SeerrMedia,
  SeerrRequest,
  ShowRow,
} from '../../tools/seed/household.ts';
import { seedHousehold } from '../../tools/seed.ts';
import { startQbittorrent, type QbittorrentSimulator } from '../../tools/simulators/qbittorrent/start.ts';
import { startHousehold, type RunningHousehold } from '../../tools/simulators/start.ts';
import { aTorrentRow, type TorrentRow } from '../../tools/simulators/torrents/torrents.ts';
import { radarrId, sonarrId, type Scene } from './scene.ts';

/**
 * A film with a request, one season of a show, and one file of its next season that holds two episodes (T-05): one
 * request is for the season that goes, one for the next as well.
 */
export type Cast = { film: MovieRow; show: ShowRow; season: number; other: number; file: EpisodeFileRow };

export const requestIds = { film: 9001, season: 9002, bothSeasons: 9003 };

export function castHousehold(): { household: Household; cast: Cast } {
  const household = seedHousehold({
    films: 8,
    series: 6,
    users: 2,
    now: new Date('2026-11-20T03:00:00.000Z'),
  });
  const film = household.radarrs[0]?.movies.find((movie) => movie.file !== null && movie.monitored);
  const shows = household.sonarr.shows.map((show) => ({ show, seasons: seasonsWithFiles(show) }));
  const [found] = shows.filter(({ seasons }) => seasons.length >= 2);
  const [season, other] = found?.seasons ?? [];
  if (film === undefined || found === undefined || season === undefined || other === undefined) {
    throw new Error('The seed has no film and no show for this');
  }
  const cast = { film, show: found.show, season, other, file: joinEpisodes(found.show, other) };
  for (const row of found.show.seasons) row.monitored = true;
  household.seerr = requestsOf(household, cast);
  return { household, cast };
}

/** The last two episodes of the season, put into one file. */
function joinEpisodes(show: ShowRow, season: number): EpisodeFileRow {
  const [kept, lost] = show.files.filter((file) => file.season === season).slice(-2);
  if (kept === undefined || lost === undefined) throw new Error('The season has too few files');
  show.files = show.files.filter((file) => file !== lost);
  for (const episode of show.episodes) if (episode.fileId === lost.id) episode.fileId = kept.id;
  for (const episode of show.episodes) if (episode.fileId === kept.id) episode.monitored = true;
  return kept;
}

const seasonsWithFiles = (show: ShowRow): number[] =>
  [...new Set(show.files.map((file) => file.season))].filter((number) => number > 0).sort((a, b) => a - b);

function requestsOf(household: Household, { film, show, season, other }: Cast): Household['seerr'] {
  const ofFilm = household.titles[film.title];
  const ofShow = household.titles[show.title];
  const template = {
    status: 5,
    status4k: 1,
    createdAt: household.now,
    mediaAddedAt: null,
    serviceId4k: null,
  };
  const nothing4k = {
    externalServiceId4k: null,
    externalServiceSlug: null,
    jellyfinMediaId: null,
    jellyfinMediaId4k: null,
  };
  const media = (
    id: number,
    kind: 'movie' | 'tv',
    name: string,
    externalServiceId: number,
    of: typeof ofFilm,
  ): SeerrMedia => ({
    ...template,
    ...nothing4k,
    id,
    kind,
    title: name,
    tmdbId: of?.tmdbId ?? 0,
    tvdbId: of?.tvdbId ?? null,
    imdbId: of?.imdbId ?? null,
    serviceId: 0,
    externalServiceId,
  });
  const request = (id: number, mediaId: number, kind: 'movie' | 'tv', seasons: number[]): SeerrRequest => ({
    id,
    mediaId,
    kind,
    status: 2,
    is4k: false,
    createdAt: household.now,
    requestedBy: 1,
    modifiedBy: null,
    seasons,
    serverId: 0,
    profileName: 'HD-1080p',
    rootFolder: '/films',
  });
  return {
    media: [media(801, 'movie', film.title, film.id, ofFilm), media(802, 'tv', show.title, show.id, ofShow)],
    requests: [
      request(requestIds.film, 801, 'movie', []),
      request(requestIds.season, 802, 'tv', [season]),
      request(requestIds.bothSeasons, 802, 'tv', [season, other]),
    ],
  };
}

export type RunningScene = RunningHousehold & { qbittorrent: QbittorrentSimulator };

export const torrentHashes = {
  film: 'f'.repeat(40),
  season: '5'.repeat(40),
  episode: 'e'.repeat(40),
  both: 'b'.repeat(40),
};

export async function startScene(household: Household, cast: Cast): Promise<RunningScene> {
  const running = await startHousehold(household, { delayMs: 20 });
  const torrents = torrentsOf(cast);
  for (const { row, links } of torrents)
    for (const [index, path] of links.entries())
      running.world.storage.link(`${row.savePath}/${row.files[index]?.name ?? ''}`, path);
  const qbittorrent = await startQbittorrent(running.world, { torrents: torrents.map(({ row }) => row) });
  const close = async () => {
    await qbittorrent.close();
    await running.close();
  };
  return { ...running, qbittorrent, close };
}

/** T-12: one torrent each of the film, the season and the episode file, and a pack that holds an episode of the season that is kept. */
function torrentsOf({ film, show, season, other, file }: Cast): { row: TorrentRow; links: string[] }[] {
  const filesOf = (number: number) => show.files.filter((file) => file.season === number);
  const torrent = (hash: string, files: readonly { path: string; sizeBytes: number }[]) => ({
    row: aTorrentRow({
      hash,
      savePath: `${disk(files)}/downloads/${hash.slice(0, 4)}`,
      files: files.map(({ path, sizeBytes }) => ({ name: path.slice(path.lastIndexOf('/') + 1), sizeBytes })),
    }),
    links: files.map(({ path }) => path),
  });
  return [
    torrent(torrentHashes.film, film.file === null ? [] : [film.file]),
    torrent(torrentHashes.season, filesOf(season)),
    torrent(torrentHashes.episode, [file]),
    torrent(torrentHashes.both, [...filesOf(season), ...filesOf(other).slice(0, 1)]),
  ];
}

/** Hard links do not cross file systems. */
const disk = (files: readonly { path: string }[]): string =>
  (files[0]?.path ?? '').split('/').slice(0, 3).join('/');

export function sceneOf(household: Household, { film, show, season }: Cast, running: RunningScene): Scene {
  const target = (kind: ConnectionTarget['kind'], { url, apiKey }: { url: string; apiKey: string }) => ({
    kind,
    url,
    key: apiKey,
  });
  const ofFilm = household.titles[film.title];
  const ofShow = household.titles[show.title];
  const keepsake = {
    year: ofFilm?.year ?? null,
    tags: ['wall'],
    qualityProfile: 'HD-1080p',
    rootFolder: film.rootFolder,
    monitored: true,
    requestedBy: ['ana'],
    lastWatchedAt: null,
  };
  return {
    services: {
      radarr: target('radarr', running.radarr),
      sonarr: target('sonarr', running.sonarr),
      jellyfin: target('jellyfin', running.jellyfin),
      seerr: target('seerr', running.seerr),
      qbittorrent: target('qbittorrent', running.qbittorrent),
    },
    targets: [
      {
        itemId: `${radarrId}-${film.id}` as ItemId,
        connectionId: radarrId,
        externalId: film.id,
        kind: 'film',
        seasonNumber: null,
        episodes: [],
        title: film.title,
        identity: { tmdb: ofFilm?.tmdbId ?? null, tvdb: null, path: film.path },
        files: film.file === null ? [] : [plannedFile(film.file)],
        keepsake,
      },
      {
        itemId: `${sonarrId}-${show.id}-s${String(season).padStart(2, '0')}` as ItemId,
        connectionId: sonarrId,
        externalId: show.id,
        kind: 'season',
        seasonNumber: season,
        episodes: [],
        title: show.title,
        identity: { tmdb: null, tvdb: ofShow?.tvdbId ?? null, path: show.path },
        files: show.files.filter((file) => file.season === season).map(plannedFile),
        keepsake,
      },
    ],
  };
}

/** The scene with the episode file as a third target. */
export function withEpisode(scene: Scene, { show, file }: Cast): Scene {
  const [, season] = scene.targets;
  if (season === undefined) throw new Error('The scene has no season');
  const episodes = show.episodes
    .filter(({ fileId }) => fileId === file.id)
    .map((episode) => ({ seasonNumber: episode.season, episodeNumber: episode.number }));
  const target = {
    ...season,
    itemId: `${sonarrId}-${show.id}-f${file.id}` as ItemId,
    kind: 'episode',
    seasonNumber: file.season,
    episodes,
    files: [plannedFile(file)],
  } as const;
  return { ...scene, targets: [...scene.targets, target] };
}

const plannedFile = ({ id, path, sizeBytes }: Pick<EpisodeFileRow, 'id' | 'path' | 'sizeBytes'>) => ({
  externalId: id,
  path,
  sizeBytes,
});
