import { known } from '#core/fact.ts';
import type { ConnectionId, ItemId } from '#core/ids.ts';
import type { Item } from './item.ts';
import { titleId } from './item.ts';
import type { CatalogueTitle, MediaTitle } from './match.ts';
import type { Source } from './source.ts';
import type { Mark } from './watch.ts';

export const radarrId = 'radarr01' as ConnectionId;
export const jellyfinId = 'jellyf01' as ConnectionId;
export const noIds = { tmdb: null, tvdb: null, imdb: null };

export function anItem(over: Partial<Item> = {}): Item {
  return {
    id: titleId(radarrId, 7),
    connectionId: radarrId,
    externalId: 7,
    kind: 'film',
    showId: null,
    seasonNumber: null,
    title: 'Solaris',
    year: 1972,
    path: '/films/Solaris (1972)',
    diskId: null,
    monitored: true,
    continuing: false,
    showType: null,
    episodes: [],
    rating: 7.5,
    votes: 20_000,
    tags: known([]),
    addedAt: new Date('2025-01-01'),
    fileCount: 1,
    sizeBytes: known(9_000_000_000),
    newestFileAt: known(new Date('2025-01-02')),
    oldestImportAt: known(new Date('2025-01-02')),
    watch: known({ lastWatchedAt: null, watchers: [] }),
    favouriteOf: known([]),
    playingNow: known(false),
    requests: known([]),
    ...over,
  };
}

export const aTitle = (over: Partial<CatalogueTitle> = {}): CatalogueTitle => ({
  id: 'radarr01-7' as ItemId,
  kind: 'film',
  path: '/films/Solaris (1972)',
  ids: { ...noIds, tmdb: 593 },
  ...over,
});

export const anEntry = (over: Partial<MediaTitle> = {}): MediaTitle => ({
  key: 'jellyf01:a',
  kind: 'film',
  path: '/films/Solaris (1972)/Solaris.mkv',
  ids: { ...noIds, tmdb: 593 },
  ...over,
});

export const aMark = (over: Partial<Mark> = {}): Mark => ({
  user: 'ana',
  part: 'film',
  played: false,
  playCount: 0,
  lastPlayedAt: null,
  favourite: false,
  positionPercent: 0,
  ...over,
});

export const aSource = (over: Partial<Source> = {}): Source => ({
  connectionId: jellyfinId,
  kind: 'jellyfin',
  name: 'Jellyfin',
  lastSuccessAt: new Date('2026-01-01T00:00:00Z'),
  lastAttemptAt: new Date('2026-01-01T00:00:00Z'),
  problem: null,
  problemSince: null,
  count: 1,
  ...over,
});
