import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ItemId, PlanId, PolicyId } from '#core/ids.ts';
import type { Item } from '#features/library/core/item.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import {
  aDisk,
  aFilm,
  anEpisode,
  anEpisodesPolicy,
  anExclusion,
  aPlanInput,
  aSeason,
  aShow,
  daysAgo,
  now,
  warned,
} from '../../core/build.fake.ts';
import { planCleanup } from '../../core/plan/plan-cleanup.ts';
import type { Plan, PlanInput } from '../../core/plan/plan.ts';
import { createClaimRecordStore } from './claim-records.store.ts';
import { createApprovalStore } from '../policies/approvals.store.ts';
import { createExclusionStore } from '../keeping/exclusions.store.ts';
import { insertItems } from '../library-rows.fake.ts';
import { aStoredPolicy, fakePlanningStores } from './planning.fake.ts';
import { createMediaStore } from '../media/media.store.ts';
import { createPlanStore } from './plans.store.ts';
import { createPolicyStore } from '../policies/policies.store.ts';
import { createVerdictStore } from './verdicts.store.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);

afterAll(() => database.close());

const stores = {
  fake: async (items: readonly Item[]) => fakePlanningStores({ items }),
  postgres: async (items: readonly Item[]) => {
    await database.pool.query(
      'truncate library_items, library_episodes, library_files, cleanup_policies, cleanup_exclusions, cleanup_plans, cleanup_plan_entries, cleanup_verdicts, cleanup_approvals, cleanup_standings, cleanup_claim_records',
    );
    await insertItems(database.db, items);
    const { db } = database;
    return {
      policies: createPolicyStore(db),
      plans: createPlanStore(db),
      verdicts: createVerdictStore(db),
      exclusions: createExclusionStore(db),
      approvals: createApprovalStore(db),
      claimRecords: createClaimRecordStore(db),
    };
  },
};

let nextPlan = 1;
const policy = aStoredPolicy({ id: 'films' as PolicyId, name: 'Old films', exclusionTags: ['keep'] });

function aPlan(over: Partial<PlanInput> = {}): Plan {
  const id = `plan-${String(nextPlan++)}` as PlanId;
  return planCleanup(aPlanInput({ id, policy, knownTags: { known: true, value: ['keep'] }, ...over }));
}

const everything = { offset: 0, limit: 100 };

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

  test('an exclusion comes back, is replaced and taken away', async () => {
    const { exclusions } = await open([]);
    const exclusion = anExclusion('radarr01-1' as ItemId, { note: 'ours', until: daysAgo(-5) });
    await exclusions.save(exclusion);
    await exclusions.save({ ...exclusion, until: null });
    expect(await exclusions.list()).toEqual([{ ...exclusion, until: null }]);
    expect(await exclusions.of([exclusion.itemId, 'radarr01-2' as ItemId])).toHaveLength(1);
    expect(await exclusions.of(['radarr01-2' as ItemId])).toEqual([]);
    expect(await exclusions.remove(exclusion.itemId)).toBe(true);
    expect(await exclusions.remove(exclusion.itemId)).toBe(false);
  });

  test('who keeps a show keeps its seasons from leaving at once, and the other way round', async () => {
    const show = aShow();
    const other = aShow();
    const items = [show, aSeason(show, 1), aSeason(show, 2), other, aSeason(other, 1)];
    const { policies, plans, verdicts, exclusions } = await open(items);
    const seasons = aStoredPolicy({ id: 'seasons' as PolicyId, unit: 'season' });
    const shows = aStoredPolicy({ id: 'shows' as PolicyId, unit: 'show' });
    await policies.save(seasons);
    await policies.save(shows);
    const disks = [aDisk()];
    await plans.save(aPlan({ items, disks, policy: seasons }), 'x');
    await plans.save(aPlan({ items, disks, policy: shows }), 'x');
    const leaving = async () => (await verdicts.leaving(now)).map((one) => one.itemId).sort();
    expect(await leaving()).toHaveLength(5);

    await exclusions.save(anExclusion(show.id));
    expect(await leaving()).toEqual([other.id, `${other.id}-s01`]);
    await exclusions.save(anExclusion(`${other.id}-s01` as ItemId));
    expect(await leaving()).toEqual([]);
    expect(await verdicts.markedSince(seasons.id)).toEqual(new Map());
  });
});

describe.each(Object.entries(stores))('episodes in the planning stores (%s)', (_name, open) => {
  const dates = { createdAt: daysAgo(100), changedAt: daysAgo(100), armedAt: null };
  const policy = { ...anEpisodesPolicy({ id: 'daily' as PolicyId, name: 'Daily', keepLast: 1 }), ...dates };

  /** Season 1 with a file of two episodes and one of the last one, which stays; season 2 with one each. */
  async function announced() {
    const tags = { known: true, value: ['daily'] } as const;
    const show = aShow({ title: 'Alma', tags });
    const both = [1, 2].map((episodeNumber) => ({ seasonNumber: 1, episodeNumber, airedAt: null }));
    const episodes = [
      anEpisode(show, 1, 1, { episodes: both }),
      anEpisode(show, 1, 3),
      anEpisode(show, 2, 1),
      anEpisode(show, 2, 2),
    ];
    const items = [show, aSeason(show, 1), aSeason(show, 2), ...episodes];
    const all = await open(items);
    await all.policies.save(policy);
    const plan = aPlan({ items, disks: [aDisk()], policy });
    await all.plans.save(plan, 'Daily');
    const leaving = async () => (await all.verdicts.leaving(now)).map(({ itemId }) => itemId);
    return { ...all, show, episodes, plan, leaving };
  }

  test('an episode leaves soon with the title of its show, and with the episodes of its file', async () => {
    const { verdicts, episodes, plan, plans } = await announced();
    const [both, third, fourth] = episodes;
    const leaving = await verdicts.leaving(now);
    expect(leaving.map(({ itemId }) => itemId)).toEqual([both?.id, third?.id, fourth?.id]);
    expect(leaving[0]).toEqual({
      itemId: both?.id,
      kind: 'episode',
      title: 'Alma',
      year: 2001,
      seasonNumber: 1,
      episodes: [1, 2].map((episodeNumber) => ({ seasonNumber: 1, episodeNumber })),
      sizeBytes: 1_000_000_000,
      requestedBy: [],
      dueAt: daysAgo(16),
      policyId: policy.id,
      policyName: 'Daily',
      armed: false,
    });
    const kept = await plans.entries(plan.id, everything);
    expect(kept.entries.map((entry) => entry.episodes)).toEqual(
      plan.entries.filter(({ fate }) => fate.is !== 'kept').map((entry) => entry.episodes),
    );
  });

  test('who keeps a show, one of its seasons or an episode by hand keeps what belongs to it', async () => {
    const { exclusions, episodes, leaving, show } = await announced();
    const [both, third, fourth] = episodes.map(({ id }) => id);
    await exclusions.save(anExclusion(both as ItemId));
    expect(await leaving()).toEqual([third, fourth]);
    await exclusions.save(anExclusion(`${show.id}-s01` as ItemId));
    expect(await leaving()).toEqual([fourth]);
    await exclusions.save(anExclusion(show.id));
    expect(await leaving()).toEqual([]);
  });
});

test('a show speaks for its episodes too, and a kept episode for its show', async () => {
  const { policies, plans, exclusions } = await stores.postgres([]);
  const show = aShow({ tags: { known: true, value: ['daily'] } });
  const episodes = [1, 2].map((number) => anEpisode(show, 1, number));
  const items = [show, aSeason(show, 1), ...episodes];
  await insertItems(database.db, items);
  const dates = { createdAt: daysAgo(9), changedAt: daysAgo(9), armedAt: null };
  const daily = { ...anEpisodesPolicy({ keepLast: 1 }), ...dates };
  await policies.save(daily);
  await plans.save(aPlan({ items, disks: [aDisk()], policy: daily }), 'Daily');
  const media = createMediaStore(database.db);
  const [first] = episodes;
  expect(await media.status(show.id, now)).toMatchObject({ status: 'due', dueAt: daysAgo(16) });
  expect(await media.status(first?.id ?? show.id, now)).toMatchObject({ status: 'due' });
  await exclusions.save(anExclusion(first?.id ?? show.id));
  expect(await media.status(show.id, now)).toMatchObject({ status: 'excluded', standing: 'protected' });
});

describe('what is kept by hand, after its service gave other numbers', () => {
  const open = async (items: readonly Item[]) => {
    const all = await stores.postgres(items);
    const renumber = (tmdbIds: Readonly<Record<string, number>>) =>
      Promise.all(
        Object.entries(tmdbIds).map(([id, tmdb]) =>
          database.pool.query('update library_items set tmdb_id = $2 where id = $1', [id, tmdb]),
        ),
      );
    const kept = async () => (await all.exclusions.list()).map(({ itemId, until }) => [itemId, until]);
    return { ...all, renumber, kept };
  };
  const films = (...ids: string[]) => ids.map((id) => aFilm({ id: id as ItemId }));

  test('a service that was added anew keeps what was kept', async () => {
    const { exclusions, renumber, kept } = await open(films('radarr01-5'));
    await renumber({ 'radarr01-5': 100 });
    await exclusions.save(anExclusion('radarr01-5' as ItemId));
    await database.pool.query(`update library_items set id = 'radarr99-1', connection_id = 'radarr99'`);
    await exclusions.follow();
    expect(await kept()).toEqual([['radarr99-1', null]]);
  });

  test('two films that changed numbers are each kept as before (T-14)', async () => {
    const { exclusions, renumber, kept } = await open(films('radarr01-5', 'radarr01-6', 'radarr01-7'));
    await renumber({ 'radarr01-5': 100, 'radarr01-6': 200, 'radarr01-7': 300 });
    const until = daysAgo(-30);
    await exclusions.save(anExclusion('radarr01-5' as ItemId));
    await exclusions.save(anExclusion('radarr01-6' as ItemId, { until }));
    await renumber({ 'radarr01-5': 200, 'radarr01-6': 300, 'radarr01-7': 100 });
    await exclusions.follow();
    expect(await kept()).toEqual([
      ['radarr01-5', until],
      ['radarr01-7', null],
    ]);
    await exclusions.follow();
    expect(await kept()).toHaveLength(2);
  });

  test('a film that is in no library now stays kept, and so does its copy in another service alone', async () => {
    const { exclusions, renumber, kept } = await open(films('radarr01-5', 'radarr02-1'));
    await renumber({ 'radarr01-5': 100, 'radarr02-1': 100 });
    await exclusions.save(anExclusion('radarr01-5' as ItemId));
    await exclusions.follow();
    expect(await kept()).toEqual([['radarr01-5', null]]);
    await database.pool.query(`delete from library_items`);
    await exclusions.follow();
    expect(await kept()).toEqual([['radarr01-5', null]]);
  });
});
