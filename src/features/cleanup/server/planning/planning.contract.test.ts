import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ItemId, PlanId, PolicyId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { aFilm, aPlanInput, daysAgo, now, warned } from '../../core/build.fake.ts';
import { aStoredPolicy } from './planning.fake.ts';
import { aPlan, everything, policy, planningStores } from './planning-stores.fake.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);

afterAll(() => database.close());

const stores = planningStores(() => database);

describe.each(Object.entries(stores))('planning stores (%s)', (_name, open) => {
  test('keeps the last word of a person on each policy', async () => {
    const { approvals } = await open([]);
    const one = {
      policyId: policy.id,
      planId: 'plan-1' as PlanId,
      items: ['radarr01-1', 'radarr01-2'] as ItemId[],
      byName: 'Ana',
      at: daysAgo(2),
    };
    expect(await approvals.of(policy.id)).toBeNull();
    await approvals.save(one);
    const two = { ...one, items: ['radarr01-3'] as ItemId[], at: daysAgo(1) };
    await approvals.save(two);
    expect(await approvals.of(policy.id)).toEqual(two);
    expect(await approvals.of('other' as PolicyId)).toBeNull();
  });

  test('a policy comes back as it was saved, and is replaced by the next saving', async () => {
    const { policies } = await open([]);
    await policies.save(policy);
    const other = aStoredPolicy({ id: 'other' as PolicyId, createdAt: daysAgo(1), armed: true });
    await policies.save(other);
    expect(await policies.list()).toEqual([policy, other]);
    await policies.save({ ...policy, name: 'Older films' });
    expect(await policies.find(policy.id)).toEqual({ ...policy, name: 'Older films' });
    expect(await policies.find('none' as PolicyId)).toBeNull();
  });

  test('a policy goes with its plans and verdicts, once', async () => {
    const items = [aFilm()];
    const { policies, plans, verdicts } = await open(items);
    await policies.save(policy);
    const plan = aPlan({ items });
    await plans.save(plan, 'Old films');
    expect(await policies.remove(policy.id)).toBe(true);
    expect(await policies.remove(policy.id)).toBe(false);
    expect(await plans.find(plan.id)).toBeNull();
    expect(await verdicts.markedSince(policy.id)).toEqual(new Map());
  });

  test('a plan comes back with its entries in their order, without what is simply kept', async () => {
    const items = [
      aFilm(),
      aFilm(),
      aFilm({ watch: { known: false, why: 'timed-out' } }),
      aFilm({ newestFileAt: { known: true, value: daysAgo(1) } }),
      aFilm({ favouriteOf: { known: true, value: ['ana'] } }),
    ];
    const { plans } = await open(items);
    const tight = { ...policy, caps: { items: 1, bytes: 1e15, libraryPercent: 100 } };
    const { entries, ...plan } = aPlan({ items, policy: tight });
    await plans.save({ entries, ...plan }, 'Old films');

    expect(await plans.find(plan.id)).toEqual({ ...plan, policyName: 'Old films' });
    expect(await plans.find('none' as PlanId)).toBeNull();
    const told = entries.filter((entry) => entry.fate.is !== 'kept');
    expect(await plans.entries(plan.id, everything)).toEqual({ entries: told, total: 4 });
    expect(await plans.entries(plan.id, { offset: 1, limit: 2 })).toEqual({
      entries: told.slice(1, 3),
      total: 4,
    });
    expect(await plans.entries(plan.id, { ...everything, fate: 'held-back' })).toEqual({
      entries: told.filter((entry) => entry.fate.is === 'held-back'),
      total: 1,
    });
    expect(await plans.entries('none' as PlanId, everything)).toEqual({ entries: [], total: 0 });
  });

  test('a breaker keeps its dates', async () => {
    const { plans } = await open([]);
    const plan = aPlan({
      sources: aPlanInput().sources.map((source) => ({ ...source, lastSuccessAt: daysAgo(9) })),
    });
    await plans.save(plan, 'Old films');
    expect((await plans.find(plan.id))?.breaker).toEqual(plan.breaker);
  });

  test('the newest plan is the latest', async () => {
    const { plans } = await open([]);
    await plans.save(aPlan({ now: daysAgo(2) }), 'a');
    const newer = aPlan({ now: daysAgo(1) });
    await plans.save(newer, 'b');
    expect(await plans.latest(policy.id)).toMatchObject({ id: newer.id, policyName: 'b' });
    expect(await plans.latest('none' as PolicyId)).toBeNull();
  });

  test('the last plan of any policy says until when plans were made', async () => {
    const { plans } = await open([]);
    expect(await plans.lastMadeAt()).toBeNull();
    await plans.save(aPlan({ now: daysAgo(1) }), 'a');
    await plans.save(aPlan({ now: daysAgo(2), policy: { ...policy, id: 'other' as PolicyId } }), 'b');
    expect(await plans.lastMadeAt()).toEqual(daysAgo(1));
  });

  test('records of claims are replaced as a whole, and one that ended comes back with its date', async () => {
    const { claimRecords } = await open([]);
    const one = {
      itemId: 'radarr01-1' as ItemId,
      policyId: 'tags' as PolicyId,
      policyName: 'Kids',
      maxAgeDays: 300,
      endedAt: null,
    };
    const two = { ...one, itemId: 'radarr01-2' as ItemId, maxAgeDays: null };
    expect(await claimRecords.list()).toEqual([]);
    await claimRecords.replace([one, two]);
    expect(await claimRecords.list()).toEqual(expect.arrayContaining([one, two]));
    const ended = { ...one, endedAt: daysAgo(1) };
    await claimRecords.replace([ended]);
    expect(await claimRecords.list()).toEqual([ended]);
    await claimRecords.replace([]);
    expect(await claimRecords.list()).toEqual([]);
  });

  test('plans that a breaker stopped are nothing to compare with', async () => {
    const { plans } = await open([]);
    const quiet = aPlan({ now: daysAgo(3), sources: aPlanInput({ now: daysAgo(3) }).sources });
    const jump = { code: 'breaker.candidates-jumped', now: 99, before: 1, factor: 3 } as const;
    const broken = { code: 'breaker.source-missing', kind: 'radarr' } as const;
    await plans.save({ ...quiet, breaker: [] }, 'x');
    await plans.save({ ...aPlan({ now: daysAgo(2) }), breaker: [jump] }, 'x');
    await plans.save({ ...aPlan({ now: daysAgo(1) }), breaker: [broken] }, 'x');

    const count = async (since: Date, jumpsToo: boolean) =>
      (await plans.baselines(policy.id, { since, limit: 9, jumpsToo })).length;
    expect(await count(daysAgo(9), false)).toBe(1);
    expect(await count(daysAgo(9), true)).toBe(2);
    expect(await count(daysAgo(3), true)).toBe(1);
    const { totals, disks } = quiet;
    const [baseline] = await plans.baselines(policy.id, { since: daysAgo(9), limit: 1, jumpsToo: false });
    expect(baseline).toEqual({ totals, disks });
  });

  test('the marks are those of the last plan', async () => {
    const items = [aFilm(), aFilm()];
    const [first, second] = items;
    const { plans, verdicts } = await open(items);
    await plans.save(aPlan({ items }), 'x');
    expect(await verdicts.markedSince(policy.id)).toEqual(warned(items));
    expect(await verdicts.markedSinceOf(policy.id, [second?.id ?? ('' as ItemId)])).toEqual(
      warned(items.slice(1)),
    );
    await plans.save(aPlan({ items: items.slice(0, 1) }), 'x');
    expect([...(await verdicts.markedSince(policy.id)).keys()]).toEqual([first?.id]);
    await verdicts.clear(policy.id);
    expect(await verdicts.markedSince(policy.id)).toEqual(new Map());
  });

  test('what leaves is told soonest first, only of policies that are switched on', async () => {
    const items = [aFilm({ title: 'Solaris' }), aFilm({ title: 'Stalker' })];
    const [later, sooner] = items;
    const { policies, plans, verdicts } = await open(items);
    await policies.save(policy);
    const markedSince = new Map(items.map((item, index) => [item.id, daysAgo(index)]));
    await plans.save(aPlan({ items, markedSince }), 'x');

    const leaving = await verdicts.leaving(now);
    expect(leaving.map((one) => one.itemId)).toEqual([sooner?.id, later?.id]);
    expect(leaving[0]).toEqual({
      itemId: sooner?.id,
      kind: 'film',
      title: 'Stalker',
      year: 2001,
      seasonNumber: null,
      episodes: [],
      sizeBytes: 10_000_000_000,
      requestedBy: [],
      dueAt: daysAgo(-13),
      policyId: policy.id,
      policyName: 'Old films',
      armed: false,
    });
    await policies.save({ ...policy, enabled: false });
    expect(await verdicts.leaving(now)).toEqual([]);
  });
});
