import { expect, test } from 'vitest';
import type { PolicyId } from '#core/ids.ts';
import { addDays } from '#core/time-span.ts';
import { aDraft, aFilm, daysAgo, disk1, GB, now } from '../../core/build.fake.ts';
import { dailyRuns } from '../policies/cron.ts';
import { aStoredPolicy, fakePlanning } from './planning.fake.ts';
import { simulationApi } from './simulation.api.ts';

async function setup(over: Parameters<typeof aStoredPolicy>[0] = {}) {
  const films = Array.from({ length: 40 }, () => aFilm());
  const breaths: number[] = [];
  const { service, world, stores, liveUntil } = fakePlanning(
    { breathe: async () => void breaths.push(1) },
    films,
  );
  const policy = aStoredPolicy(over);
  await stores.policies.save(policy);
  const firstDay = async () => {
    const told = await service.simulate({ id: policy.id });
    return told.ok ? told.value.simulation.first[0]?.at : null;
  };
  return { service, world, policy, breaths, firstDay, liveUntil };
}

/** The cron of the builder, 04:00 in Madrid, is 02:00 in June; `now` is two hours later. */
const nextRun = addDays(now, 22 / 24);

test('C-21: nobody was warned by a policy that is not armed, so nothing goes before a whole warning', async () => {
  const { service, policy, world, firstDay } = await setup();
  world.now = daysAgo(20);
  await service.planNow(policy.id);
  world.now = now;
  expect(await firstDay()).toEqual(addDays(nextRun, 14));
});

test('C-21: what an armed policy announced long ago goes with its next run', async () => {
  const { service, policy, world, firstDay, liveUntil } = await setup({ armed: true });
  world.now = daysAgo(20);
  await service.planNow(policy.id);
  await liveUntil(policy.id, now);
  expect(await firstDay()).toEqual(nextRun);
});

test('the work is done once for a plan, and with a breath after each run', async () => {
  const { service, policy, breaths } = await setup();
  await Promise.all([service.simulate({ id: policy.id }), service.simulate({ id: policy.id })]);
  expect(breaths).toHaveLength(90);
  await service.planNow(policy.id);
  await service.simulate({ id: policy.id });
  expect(breaths).toHaveLength(180);
});

test('a draft is simulated as it stands, and a wrong one is refused', async () => {
  const { service, breaths } = await setup();
  const told = await service.simulate({ draft: aDraft({ cron: '0 4 * * 1' }) });
  expect(told.ok && told.value.simulation.runs).toBe(12);
  expect(breaths).toHaveLength(12);
  expect(await service.simulate({ draft: aDraft({ name: '' }) })).toMatchObject({ ok: false });
});

test('the API tells days, weeks and titles; a policy that is not there is not found', async () => {
  const { service, policy, world } = await setup({ armed: true });
  world.growth.set(disk1, 5 * GB);
  const api = simulationApi(service);
  const response = await api.request(`/schedules/${policy.id}/simulation`);
  const body = (await response.json()) as {
    disks: { days: unknown[] }[];
    weeks: unknown[];
    first: unknown[];
  };
  expect(body).toMatchObject({
    policyId: policy.id,
    runs: 90,
    isThinned: false,
    stopped: { runs: 0, trips: [] },
  });
  expect(body.disks).toMatchObject([{ diskId: disk1, bytesPerDay: 5 * GB }]);
  expect(body.disks[0]?.days).toHaveLength(91);
  expect(body.weeks).toHaveLength(13);
  expect(body.first).toHaveLength(20);
  const missing = await service.simulate({ id: 'nope' as PolicyId });
  expect(missing).toEqual({ ok: false, error: { code: 'cleanup.policy-not-found' } });
});

test('of a cron that comes every hour the first run of each day counts', () => {
  const timeZone = 'Europe/Madrid';
  const { runs, hasMore } = dailyRuns({ cron: '15 * * * *', timeZone }, 3, now);
  expect(hasMore).toBe(true);
  expect(runs.map((run) => run.toISOString())).toEqual([
    '2026-06-01T04:15:00.000Z',
    '2026-06-02T00:15:00.000Z',
    '2026-06-03T00:15:00.000Z',
    '2026-06-04T00:15:00.000Z',
  ]);
  expect(dailyRuns({ cron: '0 4 * * *', timeZone }, 90, now)).toMatchObject({ hasMore: false });
  expect(dailyRuns({ cron: '0 4 31 2 *', timeZone }, 90, now).runs).toEqual([]);
});
