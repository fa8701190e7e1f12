import { describe, expect, test } from 'vitest';
import { err } from '#core/result.ts';
import { radarr } from '../../core/removal/removal.fake.ts';
import { anExecution, bySchedule, never, policyId } from './an-execution.fake.ts';
import { aPlanOf, aPolicy, assembleExecution, fakePlanning, fakeTime } from './execution.fake.ts';
import { fakeRunStores } from './runs.fake.ts';
import { aWorld, fakeServices, type Weather } from './world.fake.ts';

describe('stopping and going on', () => {
  test('a graceful stop parks the run between two steps, and resuming finishes it', async () => {
    const stop = new AbortController();
    const weather: Weather = (call) => {
      if (call === 'unmonitor') stop.abort();
      return 'none';
    };
    const { execution, world, stores, services } = anExecution({ weather });

    const parked = await execution.run(policyId, bySchedule, stop.signal);
    expect(parked.ok && parked.value.outcome).toEqual({ is: 'under-way' });
    expect(world.deeds.map((deed) => deed.did)).toEqual(['unmonitor']);

    const planning = fakePlanning(aPolicy(), aPlanOf([]));
    const second = assembleExecution({ stores, services, planning, targets: [] }).execution;
    const resumed = await second.resume(never);
    expect(resumed.ok && resumed.value.map((run) => run.outcome)).toMatchObject([{ is: 'done', items: 1 }]);
    expect(world.titles[radarr]).toEqual([]);
  });

  test.each([
    {
      change: 'disarmed',
      policy: aPolicy({ armed: false }),
      start: '2026-11-20T04:00:00.000Z',
      because: 'policy-not-armed',
    },
    {
      change: 'switched off',
      policy: aPolicy({ enabled: false }),
      start: '2026-11-20T04:00:00.000Z',
      because: 'policy-not-armed',
    },
    {
      change: 'edited',
      policy: {
        ...aPolicy({ exclusionTags: ['keep', 'wall'] }),
        changedAt: new Date('2026-11-20T03:30:00.000Z'),
      },
      start: '2026-11-20T04:00:00.000Z',
      because: 'policy-changed',
    },
    {
      change: 'disarmed and armed again',
      policy: { ...aPolicy(), armedAt: new Date('2026-11-20T03:30:00.000Z') },
      start: '2026-11-20T04:00:00.000Z',
      because: 'policy-changed',
    },
    { change: 'deleted', policy: null, start: '2026-11-20T04:00:00.000Z', because: 'policy-not-armed' },
    { change: 'a day old', policy: aPolicy(), start: '2026-11-21T03:00:01.000Z', because: 'plan-too-old' },
  ])(
    'a run whose policy or plan is $change by then deletes nothing new',
    async ({ policy, start, because }) => {
      const stop = new AbortController();
      const weather: Weather = () => {
        stop.abort();
        return 'none';
      };
      const { execution, stores, services, world } = anExecution({ weather });
      await execution.run(policyId, bySchedule, stop.signal);

      const planning = fakePlanning(policy, aPlanOf([]));
      const time = fakeTime(new Date(start));
      await assembleExecution({ stores, services, planning, targets: [], time }).execution.resume(never);

      const [entry] = await stores.removals.history({ limit: 1, after: null });
      expect(entry?.removal.state).toMatchObject({ is: 'left-alone', because });
      expect(world.deeds).toEqual([]);
    },
  );

  test('a run waits while the library is busy, and then says so', async () => {
    const time = fakeTime();
    const stores = fakeRunStores();
    const { execution } = assembleExecution({
      stores,
      services: fakeServices(aWorld()),
      planning: fakePlanning(aPolicy(), aPlanOf([])),
      targets: [],
      time,
      lock: async () => err({ code: 'lock.busy' }),
    });
    expect(await execution.run(policyId, bySchedule, never)).toEqual(err({ code: 'cleanup.library-busy' }));
    expect(time.waited.length).toBeGreaterThan(10);
  });
});
