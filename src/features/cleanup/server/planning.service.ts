import type { ItemId, PlanId, PolicyId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import type { Item } from '#features/library/core/item.ts';
import { gatherEvidence } from '../core/evidence.ts';
import { judge } from '../core/judge.ts';
import type { LeavingItem } from '../core/leaving-soon.ts';
import type { Plan, PlanEntry } from '../core/plan.ts';
import type { Policy, PolicyDraft } from '../core/policy.ts';
import type { Exclusion, Verdict } from '../core/verdict.ts';
import { countedMarks, createPlanner, type Planner } from './planner.ts';
import type {
  EntryPage,
  ExclusionStore,
  Leaving,
  MediaQuery,
  MediaStore,
  PlanningLibrary,
  PlanStore,
  PlanSummary,
  StoredPolicy,
  VerdictStore,
} from './planning.ports.ts';
import {
  createPoliciesService,
  type PoliciesDeps,
  type PolicyInvalid,
  type PolicyNotFound,
} from './policies.service.ts';
import type { LibraryLock } from './runs.ports.ts';

export type PlanningDeps = Omit<PoliciesDeps, 'plans' | 'verdicts' | 'library' | 'planner'> & {
  plans: PlanStore;
  verdicts: VerdictStore;
  exclusions: ExclusionStore;
  media: MediaStore;
  library: PlanningLibrary;
  lock: LibraryLock;
  /** Somebody looks at a page that shows this. */
  changed: () => void;
};

export type ItemNotFound = { code: 'cleanup.item-not-found' };
export type LibraryBusy = { code: 'cleanup.library-busy' };

/** What a policy says of an item, and of nothing else. */
export type Why = { policy: Policy; verdict: Verdict };

/** A stored policy, also with changes that are not saved yet, or one that does not exist yet. */
export type PreviewWish = { id: PolicyId; draft?: PolicyDraft } | { id?: undefined; draft: PolicyDraft };

export type PlanningService = ReturnType<typeof createPlanningService>;

export function createPlanningService(deps: PlanningDeps) {
  const planner = createPlanner(deps);
  const policies = createPoliciesService({ ...deps, planner });
  return { ...policies, ...plansService(deps, policies, planner), ...itemsService(deps) };
}

function plansService(
  deps: PlanningDeps,
  { validate }: ReturnType<typeof createPoliciesService>,
  planner: Planner,
) {
  const { policies, plans, lock, changed, clock } = deps;

  async function draftOf({
    id,
    draft,
  }: PreviewWish): Promise<Result<StoredPolicy, PolicyNotFound | PolicyInvalid>> {
    const stored = id === undefined ? null : await policies.find(id);
    if (id !== undefined && stored === null) return err({ code: 'cleanup.policy-not-found' });
    if (draft === undefined) return stored ? ok(stored) : err({ code: 'cleanup.policy-not-found' });
    const valid = await validate(draft);
    if (!valid.ok) return valid;
    const now = clock.now();
    const fresh = {
      id: 'preview' as PolicyId,
      enabled: true,
      armed: false,
      createdAt: now,
      changedAt: now,
      armedAt: null,
    };
    return ok({ ...(stored ?? fresh), ...valid.value });
  }

  async function planAndStore(policy: StoredPolicy, snapshot: Parameters<Planner['plan']>[1]): Promise<Plan> {
    const plan = await planner.plan(policy, snapshot, await planner.previousOf(policy));
    await plans.save(plan, policy.name);
    return plan;
  }

  /** For whoever holds the library lock already. */
  async function makePlan(id: PolicyId): Promise<Result<Plan, PolicyNotFound>> {
    const policy = await policies.find(id);
    if (policy === null) return err({ code: 'cleanup.policy-not-found' });
    const plan = await planAndStore(policy, await planner.readSnapshot());
    changed();
    return ok(plan);
  }

  return {
    makePlan,

    /** For the run: the policy as it is now. */
    policy: (id: PolicyId): Promise<StoredPolicy | null> => policies.find(id),

    /** What a run would do at this moment. Stores nothing. */
    async preview(wish: PreviewWish): Promise<Result<Plan, PolicyNotFound | PolicyInvalid>> {
      const policy = await draftOf(wish);
      if (!policy.ok) return policy;
      const previous = wish.draft === undefined ? await planner.previousOf(policy.value) : null;
      return ok(await planner.plan(policy.value, await planner.readSnapshot(), previous));
    },

    async planNow(id: PolicyId): Promise<Result<Plan, PolicyNotFound | LibraryBusy>> {
      const held = await lock(() => makePlan(id));
      return held.ok ? held.value : err({ code: 'cleanup.library-busy' });
    },

    /** After a sync: every policy that is switched on says again what it thinks. The library is read once. */
    async planAll(): Promise<Result<Plan[], LibraryBusy>> {
      const held = await lock(async () => {
        const enabled = (await policies.list()).filter((policy) => policy.enabled);
        const made: Plan[] = [];
        const snapshot = enabled.length > 0 ? await planner.readSnapshot() : null;
        for (const policy of enabled) if (snapshot) made.push(await planAndStore(policy, snapshot));
        changed();
        return made;
      });
      return held.ok ? held : err({ code: 'cleanup.library-busy' });
    },

    async findPlan(
      id: PlanId,
      page: EntryPage,
    ): Promise<
      Result<{ plan: PlanSummary; entries: PlanEntry[]; total: number }, { code: 'cleanup.plan-not-found' }>
    > {
      const [plan, entries] = await Promise.all([plans.find(id), plans.entries(id, page)]);
      return plan ? ok({ plan, ...entries }) : err({ code: 'cleanup.plan-not-found' });
    },
  };
}

function itemsService({ policies, verdicts, exclusions, media, library, clock, changed }: PlanningDeps) {
  async function familyOf(id: ItemId): Promise<Result<{ item: Item; family: Item[] }, ItemNotFound>> {
    const family = await library.family(id);
    const item = family.find((one) => one.id === id);
    return item ? ok({ item, family }) : err({ code: 'cleanup.item-not-found' });
  }

  return {
    /** C-18: the same function as in every plan, asked for one item, with its whole chain. */
    async why(id: ItemId): Promise<Result<Why[], ItemNotFound>> {
      const found = await familyOf(id);
      if (!found.ok) return found;
      const { item, family } = found.value;
      const ids = family.map((one) => one.id);
      const [all, disks, excluded] = await Promise.all([
        policies.list(),
        library.disks(),
        exclusions.of(ids),
      ]);
      const now = clock.now();
      return ok(
        await Promise.all(
          all.map(async (policy) => {
            const markedSince = countedMarks(policy, await verdicts.markedSinceOf(policy.id, ids));
            const evidence = gatherEvidence(policy, {
              items: family,
              disks,
              exclusions: excluded,
              markedSince,
              now,
            });
            return { policy, verdict: judge(policy, item, evidence) };
          }),
        ),
      );
    },

    /** C-06: kept by hand, for ever when `until` is null. */
    async exclude(
      itemId: ItemId,
      wish: { until: Date | null; note: string | null; by: { id: Exclusion['byUserId']; name: string } },
    ): Promise<Result<Exclusion, ItemNotFound | { code: 'cleanup.until-is-past' }>> {
      const { until, note, by } = wish;
      const now = clock.now();
      if (until !== null && until <= now) return err({ code: 'cleanup.until-is-past' });
      const found = await familyOf(itemId);
      if (!found.ok) return found;
      const exclusion: Exclusion = { itemId, until, note, byUserId: by.id, byName: by.name, at: now };
      await exclusions.save(exclusion);
      changed();
      return ok(exclusion);
    },

    async include(itemId: ItemId): Promise<Result<void, { code: 'cleanup.not-excluded' }>> {
      if (!(await exclusions.remove(itemId))) return err({ code: 'cleanup.not-excluded' });
      changed();
      return ok(undefined);
    },

    /** Exclusions that hold now on any of these: the last look before something is deleted (T-70). */
    async isExcluded(itemIds: readonly ItemId[]): Promise<boolean> {
      const now = clock.now();
      return (await exclusions.of(itemIds)).some(({ until }) => until === null || until > now);
    },

    exclusionsOf: (itemIds: readonly ItemId[]): Promise<Exclusion[]> => exclusions.of(itemIds),

    /** Soonest first, of every policy that is switched on. */
    leaving: (): Promise<Leaving[]> => verdicts.leaving(clock.now()),

    /** For the collections in the media server: only armed policies make promises there. */
    leavingForReal: async (): Promise<LeavingItem[]> =>
      (await verdicts.leaving(clock.now())).filter(({ armed }) => armed),

    searchMedia: (query: MediaQuery) => media.search(query, clock.now()),
    mediaChoices: () => media.choices(),
    mediaStatus: (id: ItemId) => media.status(id, clock.now()),
  };
}
