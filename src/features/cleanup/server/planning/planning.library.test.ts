import { expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { ItemId } from '#core/ids.ts';
import { ok } from '#core/result.ts';
import {
  aDisk,
  aFilm,
  anEpisode,
  aSeason,
  aShow,
  aSource,
  daysAgo,
  jellyfin,
  now,
  radarr,
} from '../../core/build.fake.ts';
import { noMedia } from './planning.fake.ts';
import { createPlanningLibrary, type PlanningLibraryDeps } from './planning.library.ts';

const show = aShow();
const seasons = [aSeason(show, 1), aSeason(show, 2)];
const film = aFilm();
const row = (playingReadAt: Date | null) => ({
  ...aSource({ connectionId: jellyfin, kind: 'jellyfin', name: 'Jellyfin' }),
  playing: [],
  playingReadAt,
  users: [],
});

const noLibrary: PlanningLibraryDeps['library'] = {
  async *readItems() {
    yield* [];
  },
  findItem: async () => null,
  async *episodeItems() {
    yield* [];
  },
  mediaUsers: async () => known([]),
  disks: async () => [],
  sources: async () => [],
  refreshPlaying: async () => ok(undefined),
};

function open(over: Partial<PlanningLibraryDeps> = {}, playingReadAt: Date | null = now) {
  let refreshed = 0;
  const library = createPlanningLibrary({
    library: {
      async *readItems() {
        yield [show, ...seasons];
        yield [film];
      },
      findItem: async (id: ItemId) => {
        const item = [show, film, ...seasons].find((one) => one.id === id);
        return item ? { item, seasons: id === show.id ? seasons : [] } : null;
      },
      episodeItems: noLibrary.episodeItems,
      mediaUsers: noLibrary.mediaUsers,
      disks: async () => [],
      sources: async () => [row(playingReadAt)],
      refreshPlaying: async () => {
        refreshed += 1;
        return ok(undefined);
      },
    },
    media: noMedia,
    sourceList: async () => [
      { id: jellyfin, kind: 'jellyfin', name: 'Jellyfin' },
      { id: radarr, kind: 'radarr', name: 'Radarr' },
    ],
    askTags: async () => known([]),
    measureDisks: async () => undefined,
    clock: { now: () => now },
    ...over,
  });
  return { library, refreshed: () => refreshed };
}

test('gives every item, in one list', async () => {
  expect(await open().library.items()).toEqual([show, ...seasons, film]);
});

test('asks who plays what only when that is not known of late', async () => {
  const fresh = open();
  await fresh.library.items();
  expect(fresh.refreshed()).toBe(0);
  const old = open({}, daysAgo(0.01));
  await old.library.items();
  expect(old.refreshed()).toBe(1);
  const never = open({}, null);
  await never.library.family(film.id);
  expect(never.refreshed()).toBe(1);
});

test('a season comes with its show and all seasons of that', async () => {
  const { library } = open();
  expect(await library.family(seasons[0]?.id ?? film.id)).toEqual([show, ...seasons]);
  expect(await library.family(show.id)).toEqual([show, ...seasons]);
  expect(await library.family(film.id)).toEqual([film]);
  expect(await library.family('none' as ItemId)).toEqual([]);
});

test('an episode comes with its show, the seasons and all other episodes: its place among them decides', async () => {
  const episodes = [anEpisode(show, 1, 1), anEpisode(show, 2, 1)];
  const [one] = episodes;
  const { library } = open({
    library: {
      ...noLibrary,
      findItem: async (id) => {
        const item = [show, ...episodes].find((other) => other.id === id);
        return item ? { item, seasons: id === show.id ? seasons : [] } : null;
      },
      async *episodeItems(shows) {
        yield Array.isArray(shows) && shows.includes(show.id) ? episodes : [];
      },
    },
  });
  expect(await library.family(one?.id ?? show.id)).toEqual([show, ...seasons, ...episodes]);
  expect(await library.family(show.id)).toEqual([show, ...seasons]);
});

test('a service that was never read is a source without a good sync', async () => {
  expect(await open().library.sources()).toMatchObject([
    { connectionId: jellyfin, lastSuccessAt: daysAgo(0.1) },
    { connectionId: radarr, lastSuccessAt: null, count: 0 },
  ]);
});

test('a tag that nothing carries yet is known when Radarr tells it, and nothing is known when it does not', async () => {
  const media = { ...noMedia, choices: async () => ({ tags: ['used'], requesters: [] }) };
  const told = open({ media, askTags: async () => known(['keep', 'used']) });
  expect(await told.library.knownTags()).toEqual(known(['keep', 'used']));
  const silent = open({ media, askTags: async () => unknown('timed-out') });
  expect(await silent.library.knownTags()).toEqual(unknown('timed-out'));
});

test('a plan that may be carried out never decides on the free space from before the last run (J-49)', async () => {
  const measuredWhenReadAt = async (readAt: Date) => {
    let measured = 0;
    const { library } = open({
      library: { ...noLibrary, disks: async () => [{ ...aDisk(), folders: [], readAt }] },
      measureDisks: async () => void (measured += 1),
    });
    await library.measureDisks();
    return measured;
  };
  expect(await measuredWhenReadAt(now)).toBe(0);
  expect(await measuredWhenReadAt(daysAgo(0.1))).toBe(1);
  expect(await measuredWhenReadAt(daysAgo(-1))).toBe(1); // the clock went back
});
