import { describe, expect, test } from 'vitest';
import { known } from '#core/fact.ts';
import type { PolicyId } from '#core/ids.ts';
import { aDraft, aFilm, aTagPolicy, daysAgo, now } from '../../core/build.fake.ts';
import { addDays } from '#core/time-span.ts';
import { aStoredPolicy, fakePlanning } from '../planning/planning.fake.ts';

const film = aFilm({ newestFileAt: known(daysAgo(400)), tags: known([]) });

async function withPolicy(over: Parameters<typeof aStoredPolicy>[0]) {
  const setup = fakePlanning({}, [film]);
  const policy = aStoredPolicy(over);
  await setup.stores.policies.save(policy);
  return { ...setup, id: policy.id };
}

async function fatesOf(setup: Awaited<ReturnType<typeof withPolicy>>): Promise<string[]> {
  setup.world.sources = setup.world.sources.map((source) => ({ ...source, lastSuccessAt: setup.world.now }));
  const plan = await setup.service.makePlan(setup.id);
  return plan.ok ? plan.value.entries.map(({ fate }) => fate.is) : [];
}

describe('a warning counts only while people could see it', () => {
  test('a plan of a policy that is off warns nobody: once it is on, the whole window is served', async () => {
    const setup = await withPolicy({ armed: true, enabled: false });
    expect(await fatesOf(setup)).toEqual(['leaving-soon']);
    setup.world.now = addDays(now, 60);
    await setup.service.setEnabled(setup.id, true);
    expect(await fatesOf(setup)).toEqual(['leaving-soon']);
    await setup.liveUntil(setup.id, addDays(now, 75));
    expect(await fatesOf(setup)).toEqual(['remove']);
  });

  test('who switches on what is on already does not begin the warning again', async () => {
    const setup = await withPolicy({ armed: true });
    expect(await fatesOf(setup)).toEqual(['leaving-soon']);
    await setup.liveUntil(setup.id, addDays(now, 20));
    await setup.service.setEnabled(setup.id, true);
    expect(await fatesOf(setup)).toEqual(['remove']);
  });
});

describe('a clock that jumps, or a machine that was off', () => {
  test.each([365, 29, 15])('ends no warning: of %s days without a plan one counts', async (days) => {
    const setup = await withPolicy({ armed: true });
    expect(await fatesOf(setup)).toEqual(['leaving-soon']);
    setup.world.now = addDays(now, days);
    expect(await fatesOf(setup)).toEqual(['leaving-soon']);
    await setup.liveUntil(setup.id, addDays(now, days + 12.9));
    expect(await fatesOf(setup)).toEqual(['leaving-soon']);
    await setup.liveUntil(setup.id, addDays(now, days + 13));
    expect(await fatesOf(setup)).toEqual(['remove']);
  });

  test('many small jumps end it no sooner than one large one', async () => {
    const setup = await withPolicy({ armed: true });
    for (const night of [0, 5, 10, 15, 20]) {
      setup.world.now = addDays(now, night);
      expect(await fatesOf(setup)).toEqual(['leaving-soon']);
    }
  });

  test('set back again, the warning begins anew and does not wait for a year', async () => {
    const setup = await withPolicy({ armed: true, armedAt: daysAgo(99) });
    setup.world.now = addDays(now, 365);
    expect(await fatesOf(setup)).toEqual(['leaving-soon']);
    setup.world.now = addDays(now, 1);
    expect(await fatesOf(setup)).toEqual(['leaving-soon']);
    await setup.liveUntil(setup.id, addDays(now, 16));
    expect(await fatesOf(setup)).toEqual(['remove']);
  });
});

describe('what somebody saves while somebody else arms is not lost', () => {
  /** Saves in the moment in which arming looks at the library. */
  async function armWhile(save: (setup: Awaited<ReturnType<typeof withPolicy>>) => Promise<unknown>) {
    const setup = await withPolicy({ armed: false });
    setup.world.tags = known(['keep']);
    let isSaved = false;
    const { items } = setup.world;
    Object.defineProperty(setup.world, 'items', {
      get: () => {
        if (!isSaved) {
          isSaved = true;
          void save(setup);
        }
        return items;
      },
    });
    const armed = await setup.service.arm(setup.id);
    return { armed, stored: await setup.stores.policies.find(setup.id) };
  }

  test('a tag that protects stays, and what is armed is what was saved last', async () => {
    const { armed, stored } = await armWhile(async ({ service, id }) =>
      service.savePolicy(id, aDraft({ exclusionTags: ['keep'] })),
    );
    expect(armed).toMatchObject({ ok: true });
    expect(stored).toMatchObject({ armed: true, exclusionTags: ['keep'] });
  });

  test('a policy that was switched off meanwhile stays off', async () => {
    const { stored } = await armWhile(async ({ service, id }) => service.setEnabled(id, false));
    expect(stored).toMatchObject({ enabled: false });
  });
});

describe('what another policy spoke for', () => {
  const tagged = { ...film, tags: known(['kids']) };
  const kids = {
    ...aTagPolicy({ id: 'kids' as PolicyId, name: 'Kids' }),
    createdAt: daysAgo(9),
    changedAt: daysAgo(9),
    armedAt: null,
  };

  async function twoPolicies() {
    const setup = await withPolicy({ armed: true, leavingSoonDays: 0 });
    setup.world.items = [tagged];
    await setup.stores.policies.save(kids);
    expect(await fatesOf(setup)).toEqual([]);
    return setup;
  }

  test('is not taken the night its policy is deleted, whatever the window; the page of it says why', async () => {
    const setup = await twoPolicies();
    await setup.service.removePolicy(kids.id);
    expect(await setup.service.preview({ id: setup.id })).toMatchObject({
      value: { entries: [{ fate: { is: 'leaving-soon' }, verdict: { dueAt: addDays(now, 7) } }] },
    });
    expect(await fatesOf(setup)).toEqual(['leaving-soon']);
    expect(await setup.service.why(tagged.id)).toMatchObject({
      value: [
        {
          verdict: {
            steps: expect.arrayContaining([
              expect.objectContaining({ grace: { policy: 'Kids', endedAt: now, until: addDays(now, 7) } }),
            ]) as unknown,
          },
        },
      ],
    });
    await setup.liveUntil(setup.id, addDays(now, 7));
    expect(await fatesOf(setup)).toEqual(['remove']);
  });

  test('nor the night its tag is taken off, and a clock that jumps does not end the grace', async () => {
    const setup = await twoPolicies();
    setup.world.items = [film];
    expect(await fatesOf(setup)).toEqual(['leaving-soon']);
    setup.world.now = addDays(now, 20);
    expect(await fatesOf(setup)).toEqual(['leaving-soon']);
    await setup.liveUntil(setup.id, addDays(now, 26));
    expect(await fatesOf(setup)).toEqual(['remove']);
  });
});
