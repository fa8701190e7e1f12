import { known } from '#core/fact.ts';
import type { ConnectionId, DiskId, ItemId, PlanId, PolicyId, UserId } from '#core/ids.ts';
import { DAY_MS } from '#core/time-span.ts';
import type { Disk } from '#features/library/core/disk.ts';
import { episodeId, seasonId, titleId, type Item } from '#features/library/core/item.ts';
import type { Source } from '#features/library/core/source.ts';
import type { PlanInput } from './plan/plan.ts';
import { defaultCaps, noTorrents, type Policy, type PolicyDraft } from './policy/policy.ts';
import { usualWeights } from './judging/value.ts';
import type { Exclusion } from './judging/verdict.ts';

export const now = new Date('2026-06-01T04:00:00Z');
export const daysAgo = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
export const GB = 1_000_000_000;

export const radarr = 'radarr01' as ConnectionId;
export const sonarr = 'sonarr01' as ConnectionId;
export const jellyfin = 'jelly001' as ConnectionId;
export const disk1 = 'disk-1' as DiskId;
export const disk2 = 'disk-2' as DiskId;

let next = 1;

/** A film of 10 GB that nobody watched since it came 400 days ago. Nothing protects it. */
export function aFilm(over: Partial<Item> = {}): Item {
  const externalId = next++;
  return {
    id: titleId(radarr, externalId),
    connectionId: radarr,
    externalId,
    kind: 'film',
    showId: null,
    seasonNumber: null,
    title: `Film ${externalId}`,
    year: 2001,
    path: `/films/Film ${externalId}`,
    diskId: disk1,
    monitored: true,
    continuing: false,
    showType: null,
    episodes: [],
    rating: 7.5,
    votes: 20_000,
    tags: known([]),
    addedAt: daysAgo(400),
    fileCount: 1,
    sizeBytes: known(10 * GB),
    newestFileAt: known(daysAgo(400)),
    oldestImportAt: known(daysAgo(400)),
    watch: known({ lastWatchedAt: null, watchers: [] }),
    favouriteOf: known([]),
    playingNow: known(false),
    requests: known([]),
    ...over,
  };
}

export const aShow = (over: Partial<Item> = {}): Item => {
  const film = aFilm();
  return {
    ...film,
    id: titleId(sonarr, film.externalId),
    connectionId: sonarr,
    kind: 'show',
    title: `Show ${film.externalId}`,
    path: `/shows/Show ${film.externalId}`,
    fileCount: 20,
    ...over,
  };
};

export const aSeason = (show: Item, seasonNumber: number, over: Partial<Item> = {}): Item => ({
  ...show,
  id: seasonId(show.id, seasonNumber),
  kind: 'season',
  showId: show.id,
  seasonNumber,
  ...over,
});

/** One episode per file, with the number of its file. */
export const anEpisode = (
  show: Item,
  seasonNumber: number,
  episodeNumber: number,
  over: Partial<Item> = {},
): Item => ({
  ...show,
  id: episodeId(show.id, seasonNumber * 100 + episodeNumber),
  kind: 'episode',
  showId: show.id,
  seasonNumber,
  fileCount: 1,
  sizeBytes: known(GB),
  episodes: [{ seasonNumber, episodeNumber, airedAt: null }],
  ...over,
});

type Of<K extends Policy['kind']> = Extract<Policy, { kind: K }>;
type DraftOf<K extends Policy['kind']> = Extract<PolicyDraft, { kind: K }>;

const base = (unit: Policy['unit']) => ({
  name: 'Films',
  unit,
  cron: '0 4 * * *',
  timeZone: 'Europe/Madrid',
  connectionIds: [],
  diskIds: [],
  target: { unit: 'percent' as const, value: 25 },
  leavingSoonDays: 14,
  order: 'longest-unwatched' as const,
  caps: { ...defaultCaps, libraryPercent: 100 },
  shows: 'any' as const,
  keepsFirstSeason: false,
  midShowDays: 0,
  requestedWithinDays: 0,
  exclusionTags: [],
  favouritesProtect: true,
  favouriteUsers: [],
  halfWayProtects: true,
  addImportExclusion: false,
  removeRequests: true,
  needsApproval: false,
  torrents: noTorrents,
});

const stored = () => ({ id: `policy-${next++}` as PolicyId, enabled: true, armed: false });

/** Arms nothing and has no cap worth the name, so that a test names the cap it is about. */
export const aPolicy = (over: Partial<Of<'disk-pressure'>> = {}): Of<'disk-pressure'> => ({
  ...stored(),
  ...aDraft(),
  ...over,
});

export const aDraft = (over: Partial<DraftOf<'disk-pressure'>> = {}): DraftOf<'disk-pressure'> => ({
  ...base('film'),
  kind: 'disk-pressure',
  tiers: [
    { freeBelowPercent: 10, maxAgeDays: 90 },
    { freeBelowPercent: 20, maxAgeDays: 180 },
  ],
  ageBasis: 'newest-import',
  ...over,
});

/** Films tagged `kids` go after a year and `demo` after 30 days, whatever the disk and without a target. */
export const aTagPolicy = (over: Partial<Of<'tag'>> = {}): Of<'tag'> => ({
  ...stored(),
  ...base('film'),
  target: null,
  kind: 'tag',
  tags: [
    { tag: 'kids', maxAgeDays: 365, freeBelowPercent: null },
    { tag: 'demo', maxAgeDays: 30, freeBelowPercent: null },
  ],
  ageBasis: 'newest-import',
  ...over,
});

export const aWatchedPolicy = (over: Partial<Of<'watched'>> = {}): Of<'watched'> => ({
  ...stored(),
  ...base('film'),
  target: null,
  kind: 'watched',
  seenBy: 'starters',
  watchedDays: 30,
  neverWatchedDays: null,
  freeBelowPercent: null,
  ageBasis: 'newest-import',
  ...over,
});

export const anEpisodesPolicy = (over: Partial<Of<'episodes'>> = {}): Of<'episodes'> => ({
  ...stored(),
  ...base('episode'),
  target: null,
  kind: 'episodes',
  showTags: ['daily'],
  showIds: [],
  keepLast: 3,
  keepDays: null,
  olderSeasons: true,
  specials: false,
  freeBelowPercent: null,
  ...over,
});

/** 1 000 GB with `freePercent` of it free. */
export const aDisk = (freePercent = 5, over: Partial<Disk> = {}): Disk => ({
  id: disk1,
  path: '/films',
  totalBytes: known(1000 * GB),
  freeBytes: known(freePercent * 10 * GB),
  measuredBy: 'own',
  rootFolders: ['/films'],
  ...over,
});

export const aSource = (over: Partial<Source> = {}): Source => ({
  connectionId: radarr,
  kind: 'radarr',
  name: 'Radarr',
  lastSuccessAt: daysAgo(0.1),
  lastAttemptAt: daysAgo(0.1),
  problem: null,
  problemSince: null,
  count: 400,
  ...over,
});

export const allSources = (): Source[] => [
  aSource(),
  aSource({ connectionId: sonarr, kind: 'sonarr', name: 'Sonarr' }),
  aSource({ connectionId: jellyfin, kind: 'jellyfin', name: 'Jellyfin' }),
];

export const anExclusion = (itemId: ItemId, over: Partial<Exclusion> = {}): Exclusion => ({
  itemId,
  until: null,
  note: null,
  byUserId: 'user-1' as UserId,
  byName: 'Ana',
  at: daysAgo(3),
  ...over,
});

/** Everybody was warned long ago, so that a test that is not about warnings need not care. */
export const warned = (items: readonly Item[], days = 30): Map<ItemId, Date> =>
  new Map(items.map((item) => [item.id, daysAgo(days)]));

export const aPlanInput = (over: Partial<PlanInput> = {}): PlanInput => {
  const items = over.items ?? [aFilm()];
  return {
    id: 'plan-1' as PlanId,
    policy: aPolicy(),
    items,
    disks: [aDisk()],
    exclusions: [],
    markedSince: warned(items),
    now,
    previous: null,
    sources: allSources(),
    knownTags: known([]),
    claims: [],
    mediaUsers: known([]),
    weights: usualWeights,
    runsPerWarning: 14,
    ...over,
  };
};
