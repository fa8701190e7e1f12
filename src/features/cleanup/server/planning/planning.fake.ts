import { known } from '#core/fact.ts';
import type { DiskId, ItemId, PolicyId } from '#core/ids.ts';
import { addDays } from '#core/time-span.ts';
import { ok } from '#core/result.ts';
import type { Item } from '#features/library/core/item.ts';
import { aDisk, allSources, aPolicy, daysAgo, jellyfin, now, radarr, sonarr } from '../../core/build.fake.ts';
import type { ClaimRecord } from '../../core/judging/claim-records.ts';
import { spreadExclusions } from '../../core/judging/evidence.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Exclusion, Verdict } from '../../core/judging/verdict.ts';
import type { Approval } from '../../core/plan/approval.ts';
import type {
  ApprovalStore,
  ClaimRecordStore,
  ExclusionStore,
  MediaStore,
  PlanningLibrary,
  PlanStore,
  PlanSummary,
  PolicyStore,
  StoredPolicy,
  VerdictStore,
} from './planning.ports.ts';
import { usualWeights } from '../../core/judging/value.ts';
import { createPlanningService, type PlanningDeps } from './planning.service.ts';

type Dates = Pick<StoredPolicy, 'createdAt' | 'changedAt' | 'armedAt'>;
type StoredDiskPolicy = ReturnType<typeof aPolicy> & Dates;

export const aStoredPolicy = (over: Partial<StoredDiskPolicy> = {}): StoredDiskPolicy => ({
  ...aPolicy(),
  createdAt: daysAgo(100),
  changedAt: daysAgo(100),
  armedAt: over.armed === true ? daysAgo(99) : null,
  ...over,
});

/** One memory behind all planning stores, as they share one database. `library` is what the joins see. */
export function fakePlanningStores(
  library: { items: readonly Item[]; episodes?: readonly Item[] } = { items: [] },
) {
  const everything = () => [...library.items, ...(library.episodes ?? [])];
  const policies = new Map<PolicyId, StoredPolicy>();
  const exclusions = new Map<ItemId, Exclusion>();
  const plans: { plan: Plan; policyName: string }[] = [];
  const verdicts = new Map<PolicyId, Map<ItemId, Verdict>>();
  const ofPolicy = (id: PolicyId) => plans.filter(({ plan }) => plan.policyId === id).toReversed();
  const summaryOf = ({ plan: { entries: _, ...plan }, policyName }: (typeof plans)[number]): PlanSummary => ({
    ...plan,
    policyName,
  });

  const policyStore: PolicyStore = {
    list: async () => [...policies.values()].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime()),
    find: async (id) => policies.get(id) ?? null,
    save: async (policy) => void policies.set(policy.id, policy),
    async remove(id) {
      verdicts.delete(id);
      plans.splice(0, plans.length, ...plans.filter(({ plan }) => plan.policyId !== id));
      return policies.delete(id);
    },
  };

  const planStore: PlanStore = {
    async save(plan, policyName) {
      plans.push({ plan, policyName });
      verdicts.set(plan.policyId, new Map(plan.entries.map(({ verdict }) => [verdict.itemId, verdict])));
    },
    async find(id) {
      const found = plans.find(({ plan }) => plan.id === id);
      return found ? summaryOf(found) : null;
    },
    async latest(id) {
      const [last] = ofPolicy(id);
      return last ? summaryOf(last) : null;
    },
    async lastMadeAt() {
      return plans.reduce<Date | null>((a, { plan }) => (a && a > plan.madeAt ? a : plan.madeAt), null);
    },
    async entries(id, { fate, offset, limit }) {
      const entries = plans.find(({ plan }) => plan.id === id)?.plan.entries ?? [];
      const wanted = entries.filter((entry) => entry.fate.is !== 'kept' && (!fate || entry.fate.is === fate));
      return { entries: wanted.slice(offset, offset + limit), total: wanted.length };
    },
    async baselines(id, { since, limit, jumpsToo }) {
      return ofPolicy(id)
        .map(({ plan }) => plan)
        .filter((plan) => plan.madeAt > since)
        .filter(({ breaker }) =>
          breaker.every(({ code }) => jumpsToo && code === 'breaker.candidates-jumped'),
        )
        .slice(0, limit)
        .map(({ totals, disks }) => ({ totals, disks }));
    },
  };

  const marksOf = (id: PolicyId): Map<ItemId, Date> =>
    new Map(
      [...(verdicts.get(id)?.values() ?? [])].flatMap(({ itemId, markedSince }) =>
        markedSince ? [[itemId, markedSince]] : [],
      ),
    );

  const verdictStore: VerdictStore = {
    markedSince: async (id) => marksOf(id),
    markedSinceOf: async (id, items) => new Map([...marksOf(id)].filter(([item]) => items.includes(item))),
    clear: async (id) => void verdicts.delete(id),
    async leaving(at) {
      const kept = spreadExclusions(everything(), [...exclusions.values()], at);
      return [...policies.values()]
        .filter((policy) => policy.enabled)
        .flatMap((policy) =>
          [...(verdicts.get(policy.id)?.values() ?? [])].flatMap(({ itemId, standing, dueAt }) => {
            const item = everything().find((one) => one.id === itemId);
            const leaves = standing === 'leaving-soon' || standing === 'due';
            if (!item || !leaves || dueAt === null || kept.has(itemId)) return [];
            const { kind, title, year, seasonNumber, episodes, sizeBytes } = item;
            return {
              itemId,
              kind,
              title,
              year,
              seasonNumber,
              episodes: episodes.map((one) => ({
                seasonNumber: one.seasonNumber,
                episodeNumber: one.episodeNumber,
              })),
              sizeBytes: sizeBytes.known ? sizeBytes.value : null,
              requestedBy: [],
              dueAt,
              policyId: policy.id,
              policyName: policy.name,
              armed: policy.armed,
            };
          }),
        )
        .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
    },
  };

  const exclusionStore: ExclusionStore = {
    list: async () => [...exclusions.values()],
    of: async (items) => [...exclusions.values()].filter(({ itemId }) => items.includes(itemId)),
    async save(exclusion) {
      exclusions.set(exclusion.itemId, exclusion);
      const stopped = spreadExclusions(everything(), [exclusion], exclusion.at);
      for (const byItem of verdicts.values()) {
        for (const [itemId, verdict] of byItem) {
          if (!stopped.has(itemId)) continue;
          byItem.set(itemId, { ...verdict, standing: 'protected', dueAt: null, markedSince: null });
        }
      }
    },
    remove: async (itemId) => exclusions.delete(itemId),
    follow: async () => undefined,
  };

  let records: readonly ClaimRecord[] = [];
  const claimRecords: ClaimRecordStore = {
    list: async () => [...records],
    replace: async (all) => void (records = all),
  };

  const approved = new Map<PolicyId, Approval>();
  const approvals: ApprovalStore = {
    save: async (approval) => void approved.set(approval.policyId, approval),
    of: async (id) => approved.get(id) ?? null,
  };

  return {
    policies: policyStore,
    plans: planStore,
    verdicts: verdictStore,
    exclusions: exclusionStore,
    approvals,
    claimRecords,
  };
}

/** The Media page's query is SQL through and through; its contract is tested on PostgreSQL alone. */
export const noMedia: MediaStore = {
  search: async () => ({ rows: [], total: 0 }),
  choices: async () => ({ tags: [], requesters: [] }),
  status: async () => ({ status: 'unmanaged', standing: null, dueAt: null }),
};

export const connections = [
  { id: radarr, kind: 'radarr' },
  { id: sonarr, kind: 'sonarr' },
  { id: jellyfin, kind: 'jellyfin' },
] as const;

/** A planning service over a small world that a test can change while it runs. */
export function fakePlanning(over: Partial<PlanningDeps> = {}, items: readonly Item[] = []) {
  const world = {
    items,
    episodes: [] as readonly Item[],
    disks: [aDisk()],
    sources: allSources(),
    tags: known<readonly string[]>([]),
    now,
    busy: false,
    asked: [] as PolicyId[],
    growth: new Map<DiskId, number>(),
    /** What looking at the disks again brings. */
    measure: (): void => undefined,
  };
  const stores = fakePlanningStores(world);
  let next = 1;
  const library: PlanningLibrary = {
    items: async () => [...world.items],
    async family(id) {
      const all = [...world.items, ...world.episodes];
      const item = all.find((one) => one.id === id);
      const root = item?.showId ?? id;
      const family = item?.kind === 'episode' ? all : world.items;
      return family.filter((one) => one.id === root || one.showId === root || one.id === id);
    },
    disks: async () => world.disks,
    measureDisks: async () => world.measure(),
    sources: async () => world.sources,
    knownTags: async () => world.tags,
    mediaUsers: async () => known(['Ana', 'Luis']),
    episodes: async ({ ids, tags }) =>
      world.episodes.filter(
        (item) =>
          (item.showId !== null && ids.includes(item.showId)) ||
          (item.tags.known && item.tags.value.some((tag) => tags.includes(tag))),
      ),
  };
  const service = createPlanningService({
    ...stores,
    media: noMedia,
    library,
    connections: async () => connections,
    weights: async () => usualWeights,
    growth: async () => world.growth,
    breathe: async () => undefined,
    requestPlan: async (id) => void world.asked.push(id),
    lock: async (work) =>
      world.busy
        ? { ok: false, error: { code: 'library.busy' } }
        : ok(await work(new AbortController().signal)),
    changed: () => undefined,
    clock: { now: () => world.now },
    newId: () => `id-${String(next++)}`,
    ...over,
  });

  /** As in a real house: a plan each night until then. What nobody planned in between is no part of a warning. */
  async function liveUntil(id: PolicyId, then: Date): Promise<void> {
    for (let night = addDays(world.now, 1); night < then; night = addDays(night, 1)) {
      world.now = night;
      await service.makePlan(id);
    }
    world.now = then;
  }

  return { service, world, stores, liveUntil };
}
