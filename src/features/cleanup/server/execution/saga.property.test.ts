import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Removal } from '../../core/removal/removal.ts';
import { isEnded } from '../../core/removal/removal.ts';
import { anEpisodeRemoval, aRemoval, aRun, aSeasonRemoval } from '../../core/removal/removal.fake.ts';
import { createDeeds } from './removal.deeds.ts';
import { createRemovalSaga } from './removal.saga.ts';
import { createTorrentHands } from './removal.torrents.ts';
import { aHeldTorrent, fakeTorrents, type HeldTorrent, type TorrentDeed } from './torrents.fake.ts';
import { fakeTime } from './execution.fake.ts';
import { fakeRunStores } from './runs.fake.ts';
import { aWorld, fakeServices, type Fault, type World } from './world.fake.ts';

/** What the process does at a port call: go on, or die before or after it. */
type Fate = Fault | 'dies-before' | 'dies-after';

class Death extends Error {}

/** What the torrent client holds, and what was ever removed from it, over all lives. */
type Held = { held: HeldTorrent[]; deeds: TorrentDeed[] };

/**
 * Lives of one process over one world and one database: each port call takes the next fate from the list, and after the
 * list everything is well. A life that died is followed by the next, which knows only what was written.
 */
async function liveThrough(
  removal: Removal,
  world: World,
  fates: readonly Fate[],
  torrents: Held = { held: [], deeds: [] },
): Promise<Removal> {
  const remaining = [...fates];
  const stores = fakeRunStores();
  await stores.runs.begin(aRun(), [removal]);
  for (let life = 0; life <= fates.length; life += 1) {
    const [now = removal] = await stores.removals.ofRun(removal.runId);
    if (isEnded(now.state)) return now;
    try {
      await advanceOnce(now, world, remaining, { ...stores, torrents });
    } catch (problem) {
      if (!(problem instanceof Death)) throw problem;
    }
  }
  const [end = removal] = await stores.removals.ofRun(removal.runId);
  return end;
}

async function advanceOnce(
  removal: Removal,
  world: World,
  fates: Fate[],
  { removals, torrents }: ReturnType<typeof fakeRunStores> & { torrents: Held },
): Promise<void> {
  let dying = false;
  const weather = (): Fault => {
    const fate = fates.shift() ?? 'none';
    if (fate === 'dies-before') throw new Death();
    dying = fate === 'dies-after';
    return fate === 'dies-after' ? 'none' : fate;
  };
  const touched = () => {
    if (dying) throw new Death();
  };
  const services = fakeServices(world, weather, touched);
  const time = fakeTime();
  const client = fakeTorrents(world, torrents.held, weather, touched);
  const hands = createTorrentHands({ ...client, removals });
  const deeds = createDeeds({ ...services, pause: time.pause, torrents: hands });
  const mortal = {
    keepBefore: removals.keepBefore,
    write: async (...args: Parameters<typeof removals.write>) => {
      const fate = fates.shift() ?? 'none';
      if (fate === 'dies-before') throw new Death();
      await removals.write(...args);
      if (fate === 'dies-after') throw new Death();
    },
  };
  const saga = createRemovalSaga({ removals: mortal, deeds, clock: time });
  try {
    await saga.advance(removal, async () => [], new AbortController().signal);
  } finally {
    torrents.deeds.push(...client.deeds);
  }
}

const fate = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Fate>('none') },
  { weight: 4, arbitrary: fc.constantFrom<Fate>('dies-before', 'dies-after') },
  { weight: 3, arbitrary: fc.constantFrom<Fate>('silent-before', 'silent-after') },
  { weight: 1, arbitrary: fc.constant<Fate>('refused') },
);

const scenario = fc.record({
  removal: fc.constantFrom(aRemoval(), aSeasonRemoval(), anEpisodeRemoval()),
  lag: fc.integer({ min: 0, max: 4 }),
  fates: fc.array(fate, { maxLength: 60 }),
  /** What somebody did meanwhile. */
  meanwhile: fc.constantFrom('nothing', 'new-file', 'tag', 'excluded', 'playing', 'renumbered'),
});

function worldOf({ lag, meanwhile, removal }: { lag: number; meanwhile: string; removal: Removal }): World {
  const world = aWorld({ lag });
  const title = world.titles[removal.connectionId]?.find((one) => one.externalId === removal.externalId);
  if (title === undefined) return world;
  if (meanwhile === 'new-file' && removal.kind === 'episode') {
    // Another file of the season is none of its business; an episode that joined its own file is (T-05).
    title.episodes = title.episodes.map((one) => ({ ...one, fileId: 11 }));
  } else if (meanwhile === 'new-file') {
    title.files = [
      ...title.files,
      { externalId: 99, seasonNumber: removal.seasonNumber, path: `${title.path}/new.mkv`, sizeBytes: 5 },
    ];
  }
  if (meanwhile === 'tag') title.tags = ['Keep'];
  if (meanwhile === 'excluded') world.excluded = [removal.itemId];
  if (meanwhile === 'playing') world.playing = [removal.itemId];
  if (meanwhile === 'renumbered') Object.assign(title, { tmdb: 1, tvdb: 1 });
  return world;
}

const scopeTypes = { film: 'title', show: 'title', season: 'season', episode: 'episode-file' };

const removesOf = (world: World) => world.deeds.filter((deed) => deed.did === 'remove');

describe('for any crashes, failures and answers', () => {
  const runs = { numRuns: 1500 };
  const check = (holds: (world: World, end: Removal, wanted: { meanwhile: string }) => void) =>
    fc.assert(
      fc.asyncProperty(scenario, async ({ fates, ...given }) => {
        const world = worldOf(given);
        const end = await liveThrough(given.removal, world, fates);
        holds(world, end, given);
      }),
      runs,
    );

  test('only planned files of the planned title are ever deleted', () =>
    check((world, end) => {
      const planned = end.plannedFiles.map((file) => file.externalId);
      for (const deed of removesOf(world)) {
        expect(deed).toMatchObject({ connectionId: end.connectionId, externalId: end.externalId });
        expect(deed.effective.filter((id) => !planned.includes(id))).toEqual([]);
        expect(deed.scope.type).toBe(scopeTypes[end.kind]);
      }
    }));

  test('nothing is deleted that is still monitored', () =>
    check((world) => {
      expect(removesOf(world).filter((deed) => deed.wasMonitored)).toEqual([]);
    }));

  test('a request goes only when nothing of it is left, and never that of another season or of an episode', () =>
    check((world, end) => {
      const gone = world.deeds.filter((deed) => deed.did === 'remove-request');
      expect(gone.filter((deed) => deed.filesLeft > 0)).toEqual([]);
      expect(gone.map((deed) => deed.externalId)).not.toContain(903);
      if (end.kind === 'episode') expect(gone).toEqual([]);
    }));

  test('an episode file takes nothing of its show along: neither another file nor what is wanted of it (T-03, T-05)', () =>
    fc.assert(
      fc.asyncProperty(scenario, async ({ fates, ...given }) => {
        const removal = anEpisodeRemoval();
        const world = worldOf({ ...given, removal });
        const before = structuredClone(world.titles[removal.connectionId]?.[0]);
        await liveThrough(removal, world, fates);
        const after = world.titles[removal.connectionId]?.[0];
        const others = (title: typeof after) =>
          title?.episodes.filter(({ fileId }) => fileId !== 11 && fileId !== null);
        expect(after?.files.filter(({ externalId }) => externalId !== 11)).toEqual(
          before?.files.filter(({ externalId }) => externalId !== 11),
        );
        expect(others(after)).toEqual(others(before));
        expect(after?.seasons).toEqual(before?.seasons);
        expect(after?.monitored).toBe(before?.monitored);
      }),
      { numRuns: 500 },
    ));

  test('it ends as removed, left alone or failed, and says removed only when the files are gone', () =>
    check((world, end) => {
      expect(['removed', 'left-alone', 'failed']).toContain(end.state.is);
      const planned = end.plannedFiles.map((file) => file.externalId);
      const left = (world.titles[end.connectionId] ?? []).flatMap((title) =>
        title.files.filter((file) => planned.includes(file.externalId)),
      );
      if (end.state.is === 'removed') expect(left).toEqual([]);
      if (end.state.is === 'left-alone') expect(removesOf(world)).toEqual([]);
    }));

  test('C-14: whatever was changed, how it stood before is kept with it', () =>
    check((world, end) => {
      if (world.deeds.length === 0) return;
      const { before } = end.keepsake;
      expect(before?.monitored).toBe(true);
      expect(before?.show?.seasons.filter(({ monitored }) => !monitored) ?? []).toEqual([]);
    }));

  test('each file is deleted at most once, and nothing is deleted that changed meanwhile', () =>
    check((world, end, { meanwhile }) => {
      const effective = removesOf(world).flatMap((deed) => deed.effective);
      expect(effective).toEqual([...new Set(effective)]);
      if (meanwhile !== 'nothing') expect(effective).toEqual([]);
      if (end.state.is === 'removed') expect(world.forgotten).toContain(end.itemId);
    }));
});

describe('torrents after their files, for any crashes, failures and answers', () => {
  const GIGABYTE = 1_000_000_000;
  const rule = { remove: true, minRatio: 1, minSeedDays: null };
  const film = aRemoval();
  const season = aSeasonRemoval();
  const linked = (paths: readonly string[], sizeBytes: number) =>
    paths.map((path) => ({ path: `/downloads${path}`, sizeBytes, linkOf: path }));
  const pathsOf = (removal: Removal) => removal.plannedFiles.map((file) => file.path);
  const kept = '/series/Faro/Season 2/Faro S2E1.mkv';
  const episode = anEpisodeRemoval();
  const held = (): HeldTorrent[] => [
    aHeldTorrent({ hash: 'film', files: linked(pathsOf(film), 8 * GIGABYTE) }),
    aHeldTorrent({ hash: 'season', files: linked(pathsOf(season), GIGABYTE) }),
    aHeldTorrent({ hash: 'episode', files: linked(pathsOf(episode), GIGABYTE).map(inAlone) }),
    // T-12: a pack with an episode that stays, and one that seeds the library's own file
    aHeldTorrent({ hash: 'pack', files: linked([...pathsOf(season), kept], GIGABYTE) }),
    aHeldTorrent({ hash: 'young', ratio: 0.1, files: linked(pathsOf(film), 8 * GIGABYTE).map(inOther) }),
    aHeldTorrent({ hash: 'place', files: [{ path: kept, sizeBytes: GIGABYTE, linkOf: null }] }),
  ];
  const inAlone = (file: HeldTorrent['files'][number]) => ({ ...file, path: `/alone${file.path}` });
  const inOther = (file: HeldTorrent['files'][number]) => ({ ...file, path: `/other${file.path}` });

  const check = (
    holds: (end: Removal, torrents: Held, world: World, wanted: { meanwhile: string }) => void,
  ) =>
    fc.assert(
      fc.asyncProperty(scenario, async ({ fates, removal, ...given }) => {
        const wish = { ...removal, options: { ...removal.options, torrents: rule } };
        const world = worldOf({ ...given, removal: wish });
        const torrents: Held = { held: held(), deeds: [] };
        const end = await liveThrough(wish, world, fates, torrents);
        holds(end, torrents, world, given);
      }),
      { numRuns: 800 },
    );

  test('never one that holds a file that stays, and each at most once', () =>
    check((end, { deeds }) => {
      // The season's torrent holds an episode that stays when only one file goes.
      const allowed = end.kind === 'season' ? ['season', 'episode'] : [end.kind];
      expect(deeds.map(({ hash }) => hash).filter((hash) => !allowed.includes(hash))).toEqual([]);
      expect(deeds.flatMap(({ stillInLibrary }) => stillInLibrary)).toEqual([]);
      expect(deeds.length).toBe(new Set(deeds.map(({ hash }) => hash)).size);
    }));

  test('none goes when the files did not, and what could not be done is noted', () =>
    check((end, { deeds, held: left }, world, { meanwhile }) => {
      if (meanwhile !== 'nothing') expect(deeds).toEqual([]);
      if (end.state.is === 'left-alone') expect(deeds).toEqual([]);
      if (end.state.is !== 'removed') return;
      expect(end.state.trace).toBeDefined();
      const isLeft = left.some(({ hash }) => hash === end.kind);
      // What is still there was not to be had, and the note says so; what stays for a reason is told too.
      if (isLeft) expect(end.state.notes.join()).toContain('torrents: ');
      expect(world.forgotten).toContain(end.itemId);
    }));

  test('without a word of the policy no torrent is even looked at', () =>
    fc.assert(
      fc.asyncProperty(scenario, async ({ fates, ...given }) => {
        const torrents: Held = { held: held(), deeds: [] };
        const end = await liveThrough(given.removal, worldOf(given), fates, torrents);
        expect(torrents.deeds).toEqual([]);
        if ('trace' in end.state) expect(end.state.trace.downloads).toEqual([]);
      }),
      { numRuns: 200 },
    ));
});
