import { describe, expect, test } from 'vitest';
import { known } from '#core/fact.ts';
import type { ConnectionId, PlanId, PolicyId } from '#core/ids.ts';
import type { Item } from '#features/library/core/item.ts';
import { aDisk, aDraft, aFilm, daysAgo } from '../../core/build.fake.ts';
import { aStoredPolicy, fakePlanning } from './planning.fake.ts';

async function withPolicy(
  over: Parameters<typeof aStoredPolicy>[0] = {},
  items: readonly Item[] = [aFilm()],
) {
  const setup = fakePlanning({}, items);
  const policy = aStoredPolicy(over);
  await setup.stores.policies.save(policy);
  return { ...setup, policy, id: policy.id };
}

const nobody = 'policy-none' as PolicyId;

describe('saving a policy', () => {
  test('a new one runs dry until somebody arms it, and is planned at once', async () => {
    const { service, world } = fakePlanning();
    const saved = await service.addPolicy(aDraft({ name: ' Films ' }));
    expect(saved).toMatchObject({
      ok: true,
      value: { policy: { name: 'Films', armed: false, enabled: true } },
    });
    expect(world.asked).toHaveLength(1);
    expect(await service.listPolicies()).toHaveLength(1);
  });

  test('what is wrong is told beside its field, and nothing is stored', async () => {
    const { service } = fakePlanning();
    const draft = aDraft({
      cron: 'nonsense',
      timeZone: 'Mars/North',
      connectionIds: ['sonarr01' as ConnectionId],
      tiers: [{ freeBelowPercent: 10, maxAgeDays: 14 }],
    });
    expect(await service.addPolicy(draft)).toMatchObject({
      ok: false,
      error: {
        code: 'cleanup.policy-invalid',
        problems: [
          { field: 'cron' },
          { field: 'timeZone' },
          { field: 'connectionIds', code: 'policy.connection-unknown' },
          { field: 'tiers', row: 0, code: 'policy.tier-within-leaving-soon' },
        ],
      },
    });
    expect(await service.listPolicies()).toEqual([]);
  });

  test('a tag that exists nowhere is a warning, not a refusal', async () => {
    const { service } = fakePlanning();
    const saved = await service.addPolicy(aDraft({ exclusionTags: ['kepe'] }));
    expect(saved).toMatchObject({ ok: true, value: { missingTags: ['kepe'] } });
  });

  test('widening an armed policy disarms it; narrowing does not', async () => {
    const { service, id, policy } = await withPolicy({ armed: true });
    const wider = await service.savePolicy(id, { ...policy, target: { unit: 'percent', value: 40 } });
    expect(wider).toMatchObject({
      ok: true,
      value: { disarmed: true, policy: { armed: false, armedAt: null } },
    });

    const other = await withPolicy({ armed: true });
    const narrower = await other.service.savePolicy(other.id, { ...other.policy, leavingSoonDays: 30 });
    expect(narrower).toMatchObject({ ok: true, value: { disarmed: false, policy: { armed: true } } });
  });

  test('there is nothing to save, arm, switch or remove where there is no policy', async () => {
    const { service } = fakePlanning();
    const none = { ok: false, error: { code: 'cleanup.policy-not-found' } };
    expect(await service.savePolicy(nobody, aDraft())).toEqual(none);
    expect(await service.arm(nobody)).toEqual(none);
    expect(await service.disarm(nobody)).toEqual(none);
    expect(await service.setEnabled(nobody, true)).toEqual(none);
    expect(await service.removePolicy(nobody)).toEqual(none);
    expect(await service.findPolicy(nobody)).toEqual(none);
    expect(await service.makePlan(nobody)).toEqual(none);
    expect(await service.preview({ id: nobody })).toEqual(none);
  });

  test('the list says when it runs next, what it planned last and which tags are missing', async () => {
    const { service, id } = await withPolicy({ exclusionTags: ['kids'], timeZone: 'UTC', cron: '0 5 * * *' });
    await service.makePlan(id);
    const [view] = await service.listPolicies();
    expect(view).toMatchObject({
      nextRunAt: new Date('2026-06-01T05:00:00Z'),
      lastPlan: { policyId: id },
      missingTags: ['kids'],
    });
    await service.setEnabled(id, false);
    expect((await service.listPolicies())[0]?.nextRunAt).toBeNull();
  });
});

describe('arming', () => {
  test('is one deliberate act, and can be taken back', async () => {
    const { service, id, world } = await withPolicy();
    expect(await service.arm(id)).toMatchObject({ ok: true, value: { armed: true, armedAt: world.now } });
    expect(await service.disarm(id)).toMatchObject({ ok: true, value: { armed: false, armedAt: null } });
  });

  test('J-28: is refused while an exclusion tag exists nowhere', async () => {
    const { service, id, world } = await withPolicy({ exclusionTags: ['keep'] });
    expect(await service.arm(id)).toEqual({
      ok: false,
      error: { code: 'cleanup.exclusion-tags-missing', tags: ['keep'] },
    });
    world.tags = known(['KEEP']);
    expect(await service.arm(id)).toMatchObject({ ok: true });
  });

  test('is refused while a run would be stopped anyway', async () => {
    const { service, id, world } = await withPolicy();
    world.sources = [];
    expect(await service.arm(id)).toMatchObject({
      ok: false,
      error: { code: 'cleanup.breaker-would-trip', trips: [{ code: 'breaker.source-missing' }, {}] },
    });
    expect(await service.policy(id)).toMatchObject({ armed: false });
  });

  test('starts the warnings: who was only shown in a dry run is warned for the full window', async () => {
    const { service, id, world, liveUntil } = await withPolicy();
    await service.makePlan(id);
    await liveUntil(id, daysAgo(-20));
    world.sources = world.sources.map((source) => ({ ...source, lastSuccessAt: world.now }));
    expect(await service.makePlan(id)).toMatchObject({ value: { totals: { remove: { items: 1 } } } });

    await service.arm(id);
    const armed = await service.makePlan(id);
    expect(armed).toMatchObject({ value: { totals: { remove: { items: 0 }, leavingSoon: { items: 1 } } } });
    expect(armed.ok && armed.value.entries[0]?.verdict.dueAt).toEqual(daysAgo(-34));
  });
});

describe('plans', () => {
  test('a preview stores nothing, and says the same as the plan', async () => {
    const { service, id, stores } = await withPolicy();
    const preview = await service.preview({ id });
    expect(await stores.plans.latest(id)).toBeNull();
    const plan = await service.makePlan(id);
    expect(preview.ok && plan.ok && { ...preview.value, id: '' }).toEqual(
      plan.ok && { ...plan.value, id: '' },
    );
  });

  test('what is not saved yet can be previewed', async () => {
    const { service } = fakePlanning({}, [aFilm()]);
    const draft = aDraft({ leavingSoonDays: 0 });
    expect(await service.preview({ draft })).toMatchObject({ value: { totals: { remove: { items: 1 } } } });
    expect(await service.preview({ draft: { ...draft, name: '' } })).toMatchObject({ ok: false });
  });

  test('a change that is not saved yet is previewed with the marks of the stored policy', async () => {
    const { service, id, policy, liveUntil } = await withPolicy();
    await service.makePlan(id);
    await liveUntil(id, daysAgo(-20));
    const draft = { ...policy, tiers: [{ freeBelowPercent: 10, maxAgeDays: 100 }] };
    expect(await service.preview({ id, draft })).toMatchObject({
      value: { totals: { remove: { items: 1 } } },
    });
  });

  test('marks go on from one plan to the next, so that the window ends', async () => {
    const { service, id, liveUntil } = await withPolicy();
    const totals = async () => {
      const made = await service.makePlan(id);
      return made.ok ? made.value.totals : null;
    };
    expect(await totals()).toMatchObject({ remove: { items: 0 }, leavingSoon: { items: 1 } });
    await liveUntil(id, daysAgo(-13));
    expect(await totals()).toMatchObject({ remove: { items: 0 }, leavingSoon: { items: 1 } });
    await liveUntil(id, daysAgo(-14));
    expect(await totals()).toMatchObject({ remove: { items: 1 }, leavingSoon: { items: 0 } });
  });

  test('a stored plan comes by pages', async () => {
    const { service, id } = await withPolicy({ leavingSoonDays: 0 }, [aFilm(), aFilm(), aFilm()]);
    const made = await service.makePlan(id);
    const planId = made.ok ? made.value.id : ('none' as PlanId);
    const page = await service.findPlan(planId, { offset: 1, limit: 1 });
    expect(page).toMatchObject({ value: { total: 3, entries: [{ fate: { is: 'remove', position: 2 } }] } });
    expect(await service.findPlan('none' as PlanId, { offset: 0, limit: 1 })).toMatchObject({ ok: false });
  });

  test('after a sync every policy that is switched on plans again (J-03)', async () => {
    const { service, stores, id } = await withPolicy();
    const off = aStoredPolicy({ enabled: false });
    await stores.policies.save(off);
    const made = await service.planAll();
    expect(made.ok && made.value.map((plan) => plan.policyId)).toEqual([id]);
  });

  test('a plan that may be carried out sees what the run before it has freed (J-49)', async () => {
    const { service, world, id } = await withPolicy({ leavingSoonDays: 0 });
    world.measure = () => void (world.disks = [aDisk(60)]);
    const before = await service.preview({ id });
    expect(before.ok && before.value.totals.remove.items).toBe(1);
    const plan = await service.makePlan(id);
    expect(plan.ok && plan.value.totals.remove.items).toBe(0);
  });

  test('nothing is planned while the library is busy', async () => {
    const { service, id, world } = await withPolicy();
    world.busy = true;
    const busy = { ok: false, error: { code: 'cleanup.library-busy' } };
    expect(await service.planNow(id)).toEqual(busy);
    expect(await service.planAll()).toEqual(busy);
    world.busy = false;
    expect(await service.planNow(id)).toMatchObject({ ok: true, value: { policyId: id } });
  });
});

describe('a jump in candidates', () => {
  const twenty = () => Array.from({ length: 20 }, () => aFilm());

  async function afterQuietPlan(over: Parameters<typeof aStoredPolicy>[0]) {
    const setup = await withPolicy({ leavingSoonDays: 0, ...over }, [aFilm()]);
    await setup.service.makePlan(setup.id);
    setup.world.items = twenty();
    setup.world.now = daysAgo(-1);
    const trips = async () => {
      const made = await setup.service.makePlan(setup.id);
      return made.ok ? made.value.breaker.map((trip) => trip.code) : null;
    };
    return { ...setup, trips };
  }

  test('stops an armed policy until a person arms it again', async () => {
    const { service, id, trips, world } = await afterQuietPlan({ armed: true });
    expect(await trips()).toEqual(['breaker.candidates-jumped']);
    expect(await trips()).toEqual(['breaker.candidates-jumped']);
    await service.disarm(id);
    expect(await service.arm(id)).toMatchObject({ ok: true });
    world.now = daysAgo(-1.1);
    expect(await trips()).toEqual([]);
  });

  test('is told once of a policy that runs dry', async () => {
    const { trips } = await afterQuietPlan({});
    expect(await trips()).toEqual(['breaker.candidates-jumped']);
    expect(await trips()).toEqual([]);
  });

  test('is not seen in a night after which everything can be read again', async () => {
    const { trips, world } = await afterQuietPlan({});
    await trips();
    const healthy = world.items;
    world.items = healthy.map((item) => ({
      ...item,
      playingNow: { known: false, why: 'playing-stale' } as const,
    }));
    expect(await trips()).toEqual([]);
    world.items = healthy;
    expect(await trips()).toEqual([]);
  });
});
