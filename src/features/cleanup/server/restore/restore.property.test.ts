import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  aRemoved,
  aRemovedSeason,
  aRemovedShow,
  aChoice,
  anEpisode,
  aRestore,
  aRestoredFilm,
  aRestoredShow,
} from '../../core/restore/restore.fake.ts';
import { isRestoreEnded, isWhole, type Restore } from '../../core/restore/restore.ts';
import { wasMonitored } from '../../core/removal/title-settings.ts';
import { fakeTime } from '../execution/execution.fake.ts';
import {
  aRestoreWorld,
  fakeKeep,
  fakeRestorer,
  fakeRestoreStore,
  type RestoreWorld,
} from './restore.fake.ts';
import { createRestoreSaga } from './restore.saga.ts';
import type { Fault } from '../execution/world.fake.ts';

/** What the process does at a port call: go on, or die before or after it. */
type Fate = Fault | 'dies-before' | 'dies-after';

class Death extends Error {}

/** Lives of one process over one world and one database: a life that died is followed by the next, which knows only what was written. */
async function liveThrough(restore: Restore, world: RestoreWorld, fates: readonly Fate[]): Promise<Restore> {
  const remaining = [...fates];
  const store = fakeRestoreStore();
  await store.begin(restore);
  for (let life = 0; life <= fates.length; life += 1) {
    const [now = restore] = await store.latest([restore.removalId]);
    if (isRestoreEnded(now.state)) return now;
    try {
      await advanceOnce(now, world, remaining, store);
    } catch (problem) {
      if (!(problem instanceof Death)) throw problem;
    }
  }
  const [end = restore] = await store.latest([restore.removalId]);
  return end;
}

async function advanceOnce(
  restore: Restore,
  world: RestoreWorld,
  fates: Fate[],
  store: ReturnType<typeof fakeRestoreStore>,
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
  const mortal =
    <A extends unknown[]>(call: (...args: A) => Promise<void>) =>
    async (...args: A) => {
      const fate = fates.shift() ?? 'none';
      if (fate === 'dies-before') throw new Death();
      await call(...args);
      if (fate === 'dies-after') throw new Death();
    };
  const saga = createRestoreSaga({
    restores: { write: mortal(store.write) },
    restorers: async () => fakeRestorer(world, weather, touched),
    keepByHand: mortal(fakeKeep(world)),
    time: fakeTime(),
  });
  await saga.advance(restore, new AbortController().signal);
}

const fate = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Fate>('none') },
  { weight: 4, arbitrary: fc.constantFrom<Fate>('dies-before', 'dies-after') },
  { weight: 3, arbitrary: fc.constantFrom<Fate>('silent-before', 'silent-after') },
  { weight: 1, arbitrary: fc.constant<Fate>('refused') },
);

const scenario = fc.record({
  removal: fc.constantFrom(aRemoved(), aRemovedSeason(), aRemovedShow()),
  choice: fc.record({ search: fc.boolean(), keepDays: fc.constantFrom(0, 30) }),
  there: fc.constantFrom('gone', 'still', 'somebody-elses', 'folder-gone'),
  ownExclusion: fc.boolean(),
  lag: fc.integer({ min: 0, max: 8 }),
  fates: fc.array(fate, { maxLength: 50 }),
});

type Scenario = Omit<typeof scenario extends fc.Arbitrary<infer T> ? T : never, 'fates'>;

function sceneOf({ removal, choice, there, ownExclusion, lag }: Scenario) {
  const off = anEpisode(1, 1, false);
  const still =
    removal.kind === 'film'
      ? aRestoredFilm({ externalId: 7, monitored: false })
      : aRestoredShow({
          seasons: [1, 2].map((number) => ({ number, monitored: number !== 1 })),
          episodes: [off, anEpisode(1, 2, false), anEpisode(2, 1), anEpisode(2, 2, false)],
        });
  const title = { gone: null, still, 'somebody-elses': { ...still, externalId: 99 }, 'folder-gone': null }[
    there
  ];
  const world = aRestoreWorld({
    title,
    lag,
    isExcluded: ownExclusion,
    makes: removal.kind === 'film' ? aRestoredFilm() : aRestoredShow({ externalId: 72 }),
  });
  if (there === 'folder-gone') world.places = { rootFolders: [], qualityProfiles: [] };
  const restore = aRestore(removal, { ownExclusion, choice: aChoice(choice) });
  return { world, restore };
}

const runs = { numRuns: 1500 };

test('for any crashes, failures and answers: undo deletes nothing, ends once, and adds at most one title (C-14)', () =>
  fc.assert(
    fc.asyncProperty(scenario, async ({ fates, ...given }) => {
      const { world, restore } = sceneOf(given);
      const before = structuredClone(world.title);
      const end = await liveThrough(restore, world, fates);
      expect(['restored', 'refused', 'failed']).toContain(end.state.is);
      expect(world.added.length).toBeLessThanOrEqual(1);
      if (before !== null)
        expect(world.title).toMatchObject({ externalId: before.externalId, path: before.path });
      if (end.state.is === 'refused') expect(world.added).toEqual([]);
      if (end.state.is !== 'restored') return;
      expect(world.title).not.toBeNull();
      expect(world.kept.length).toBe(restore.choice.keepDays > 0 ? 1 : 0);
      if (!restore.choice.search) expect(world.searched).toEqual([]);
    }),
    runs,
  ));

test('for any crashes alone, what is restored is fetched exactly as it was', () =>
  fc.assert(
    fc.asyncProperty(scenario, async ({ fates, ...given }) => {
      const { world, restore } = sceneOf(given);
      const crashes = fates.filter((one) => one === 'dies-before').slice(0, 1);
      const end = await liveThrough(restore, world, crashes);
      if (end.state.is !== 'restored' || given.there === 'somebody-elses') return;
      expect(
        end.state.notes.filter((note) => note !== 'already-there' && !note.startsWith('monitor:')),
      ).toEqual([]);
      if (isWhole(restore)) expect(world.title?.monitored).toBe(restore.before.monitored);
      if (end.state.notes.some((note) => note.startsWith('monitor:'))) return;
      for (const episode of world.title?.episodes ?? []) {
        const isOurs = world.added.length > 0 || episode.seasonNumber === restore.seasonNumber;
        if (isOurs) expect(episode.monitored).toBe(wasMonitored(restore.before, episode));
      }
    }),
    { numRuns: 500 },
  ));
