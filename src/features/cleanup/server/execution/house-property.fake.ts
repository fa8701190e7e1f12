import type { Item } from '#features/library/core/item.ts';
import type { PlanInput } from '../../core/plan/plan.ts';
import { aRequest, radarr, sonarr } from '../../core/removal/removal.fake.ts';
import type { RemovalTarget } from '../../core/removal/saga-draft.ts';
import type { TitleNow } from '../ports.ts';
import { aHeldTorrent, type HeldTorrent } from './torrents.fake.ts';
import { aWorld, type World } from './world.fake.ts';

const EPISODES_OF_A_SEASON = [1, 2];

/** The services that such a library was read from: every item has its files there, a request and a torrent. */
export function worldOf({ items }: PlanInput, lag: number): World {
  const whole = items.filter(({ kind }) => kind === 'film' || kind === 'show');
  const titles = whole.map((item) => titleOf(item, items));
  return aWorld({
    lag,
    titles: {
      [radarr]: titles.filter(({ tmdb }) => tmdb !== null),
      [sonarr]: titles.filter(({ tvdb }) => tvdb !== null),
    },
    requests: titles.flatMap(requestsOf),
  });
}

function titleOf(item: Item, items: readonly Item[]): TitleNow {
  const { externalId, title, path, kind } = item;
  const parts = items.filter(({ showId }) => showId === item.id);
  const files = kind === 'film' ? [fileOf(item, null, externalId * 10)] : parts.flatMap(filesOfPart);
  const numbers = [...new Set(parts.map(({ seasonNumber }) => seasonNumber ?? 0))];
  return {
    externalId,
    title,
    tmdb: kind === 'film' ? externalId : null,
    tvdb: kind === 'film' ? null : externalId,
    path,
    monitored: true,
    tags: item.tags.known ? item.tags.value : [],
    files,
    seasons: numbers.map((number) => ({ number, monitored: true })),
    episodes: files.flatMap(({ externalId: fileId, seasonNumber }) =>
      seasonNumber === null
        ? []
        : [
            {
              externalId: fileId,
              seasonNumber,
              episodeNumber: episodeNumberOf(fileId),
              monitored: true,
              fileId,
            },
          ],
    ),
  };
}

/** Files of episode items are numbered season × 100 + episode; those of seasons lie beyond, so that none is both. */
const filesOfPart = (part: Item) => {
  const season = part.seasonNumber ?? 0;
  if (part.kind === 'season') {
    return EPISODES_OF_A_SEASON.map((number) => fileOf(part, season, season * 100 + 50 + number));
  }
  return part.kind === 'episode' ? [fileOf(part, season, fileNumberOf(part))] : [];
};

const episodeNumberOf = (fileId: number): number => fileId % 100;
const fileNumberOf = ({ seasonNumber, episodes }: Item): number =>
  (seasonNumber ?? 0) * 100 + (episodes[0]?.episodeNumber ?? 0);

const fileOf = ({ path }: Item, seasonNumber: number | null, externalId: number) => ({
  externalId,
  seasonNumber,
  path: `${path}/${String(externalId)}.mkv`,
  sizeBytes: 1_000_000_000 + externalId,
});

const requestsOf = ({ externalId, tmdb, tvdb, seasons }: TitleNow): World['requests'] =>
  (tmdb === null
    ? [...seasons.map(({ number }) => [number]), seasons.map(({ number }) => number)]
    : [[]]
  ).map((wanted, index) => ({
    ...aRequest({ externalId: externalId * 100 + index, serverExternalId: externalId, seasons: wanted }),
    kind: tmdb === null ? 'show' : 'film',
    tmdb,
    tvdb,
  }));

/** What the library tells a run of its items. */
export const targetsOf = ({ items }: PlanInput, world: World): RemovalTarget[] =>
  items.flatMap((item) => {
    const title = world.titles[item.connectionId]?.find(({ externalId }) => externalId === item.externalId);
    if (title === undefined) return [];
    const files = title.files.filter(
      (file) =>
        (item.kind !== 'season' || file.seasonNumber === item.seasonNumber) &&
        (item.kind !== 'episode' || file.externalId === fileNumberOf(item)),
    );
    return [
      {
        itemId: item.id,
        connectionId: item.connectionId,
        externalId: item.externalId,
        kind: item.kind,
        seasonNumber: item.seasonNumber,
        episodes: item.episodes.map(({ seasonNumber, episodeNumber }) => ({ seasonNumber, episodeNumber })),
        title: item.title,
        identity: { tmdb: title.tmdb, tvdb: title.tvdb, path: title.path },
        files: files.map(({ externalId, path, sizeBytes }) => ({ externalId, path, sizeBytes })),
        keepsake: {
          year: item.year,
          tags: title.tags,
          qualityProfile: 'HD-1080p',
          rootFolder: '/films',
          monitored: true,
          requestedBy: [],
          lastWatchedAt: null,
        },
      },
    ];
  });

/** Each file in a torrent of its own, and every second one also in a pack with the one before it (T-12). */
export function torrentsOf(world: World): HeldTorrent[] {
  const files = Object.values(world.titles).flatMap((titles) => titles.flatMap((title) => title.files));
  const held = (hash: string, linked: typeof files) =>
    aHeldTorrent({
      hash,
      files: linked.map(({ path, sizeBytes }) => ({
        path: `/downloads/${hash}${path}`,
        sizeBytes,
        linkOf: path,
      })),
    });
  return files.flatMap((file, index) => {
    const before = files[index - 1];
    const own = held(`own-${file.path}`, [file]);
    return index % 2 === 1 && before ? [own, held(`pack-${file.path}`, [before, file])] : [own];
  });
}

/** Whether who keeps the one keeps the other: the same, a part of it, or the whole that it is part of. */
export function isFamily(a: Item, b: Item): boolean {
  if (a.id === b.id || a.showId === b.id || b.showId === a.id) return true;
  return a.showId !== null && a.showId === b.showId && a.kind !== b.kind && a.seasonNumber === b.seasonNumber;
}
