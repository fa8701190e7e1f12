import { expect, test } from 'vitest';
import { addDays } from '#core/time-span.ts';
import type { PolicyId } from '#core/ids.ts';
import { aFilmNow, aRemoval, aSeasonRemoval, radarr } from '../../core/removal/removal.fake.ts';
import { aPlanOf, aPolicy, assembleExecution, fakePlanning, fakeTime, targetOf } from './execution.fake.ts';
import { fakeRunStores } from './runs.fake.ts';
import { aWorld, fakeServices, type Weather } from './world.fake.ts';

const signal = new AbortController().signal;

/** A night after which the film and the season are gone, and nobody could prove it: the service showed them to the end. */
async function aNight({ weather }: { weather?: Weather } = {}) {
  const world = aWorld({ lag: 1000 });
  const stores = fakeRunStores();
  const time = fakeTime();
  const targets = [aRemoval(), aSeasonRemoval()].map(targetOf);
  const planning = fakePlanning(aPolicy(), aPlanOf(targets));
  const services = fakeServices(world, weather);
  const parts = assembleExecution({ stores, services, planning, targets, time });
  const by = { startedBy: 'schedule', byName: null } as const;
  await parts.execution.run('policy-1' as PolicyId, by, signal);
  const [run] = await stores.runs.list({ limit: 1, before: null });
  if (!run) throw new Error('no run');
  const states = async () => (await stores.removals.ofRun(run.id)).map(({ state }) => state);
  return { ...parts, world, time, states, run: () => stores.runs.get(run.id), titles: world.titles };
}

test('what was not confirmed is settled by the look after the next sync, with the date, and the run counts again', async () => {
  const night = await aNight();
  expect(await night.states()).toMatchObject([
    { is: 'failed', step: 'verify' },
    { is: 'failed', step: 'verify' },
  ]);
  expect((await night.run())?.outcome).toMatchObject({ items: 0, failed: 2 });
  const failedAt = (await night.states()).map((state) => 'at' in state && state.at);

  night.world.pending.forEach((one) => (one.looks = 0));
  await night.time.pause(3_600_000, signal);
  expect(await night.unconfirmed.lookAgain(signal)).toBe(2);
  const seenGoneAt = night.time.now();
  expect(await night.states()).toEqual(
    [aRemoval(), aSeasonRemoval()].map(({ plannedBytes }, index) => ({
      is: 'removed',
      at: failedAt[index],
      freedBytes: plannedBytes,
      notes: [],
      seenGoneAt,
    })),
  );
  expect((await night.run())?.outcome).toMatchObject({
    is: 'done',
    items: 2,
    failed: 0,
    bytes: 10_000_000_000,
  });
  expect(await night.unconfirmed.lookAgain(signal)).toBe(0);
});

test('what is still there stays failed, and the look deletes nothing', async () => {
  const night = await aNight();
  const deeds = night.world.deeds.length;
  expect(await night.unconfirmed.lookAgain(signal)).toBe(0);
  expect(await night.states()).toMatchObject([{ is: 'failed' }, { is: 'failed' }]);
  expect(night.world.deeds).toHaveLength(deeds);
});

test('what goes days later went by somebody else, so the history leaves it as it was', async () => {
  const night = await aNight();
  night.world.titles[radarr] = [];
  night.world.pending.length = 0;
  const days = addDays(night.time.now(), 2).getTime() - night.time.now().getTime();
  await night.time.pause(days, signal);
  expect(await night.unconfirmed.lookAgain(signal)).toBe(0);
});

test('a service that does not answer, and a film that is back with other files, prove nothing and something', async () => {
  let isSilent = false;
  const night = await aNight({ weather: () => (isSilent ? 'silent-before' : 'none') });
  night.world.pending.forEach((one) => (one.looks = 0));
  isSilent = true;
  expect(await night.unconfirmed.lookAgain(signal)).toBe(0);
  isSilent = false;
  night.world.pending.length = 0;
  night.world.titles[radarr] = [aFilmNow({ files: [] })];
  expect(await night.unconfirmed.lookAgain(signal)).toBe(0);
  expect(await night.states()).toMatchObject([{ is: 'failed' }, { is: 'failed' }]);
});
