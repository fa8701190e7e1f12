import type { ItemId, PlanId, PolicyId } from '#core/ids.ts';
import { err, ok } from '#core/result.ts';
import { defaultCaps, noTorrents, type Policy } from '../../core/policy/policy.ts';
import { claimsOf } from '../../core/judging/claims.ts';
import type { Plan, PlanEntry } from '../../core/plan/plan.ts';
import type { Removal } from '../../core/removal/removal.ts';
import type { RemovalTarget } from '../../core/removal/saga-draft.ts';
import { createByHandService } from './by-hand.service.ts';
import { createExecutionService } from './execution.service.ts';
import { createDeeds } from './removal.deeds.ts';
import { createRemovalSaga } from './removal.saga.ts';
import { createRunSaga } from './run.saga.ts';
import { createUnconfirmedService } from './unconfirmed.service.ts';
import type {
  Clock,
  Guards,
  LibraryLock,
  Pause,
  Planning,
  RemovalLibrary,
  RemovalStore,
  RunLog,
  RunStore,
} from './runs.ports.ts';
import type { Managers } from '../ports.ts';
import type { TorrentHands } from './torrents.ports.ts';

type DiskPolicy = Extract<Policy, { kind: 'disk-pressure' }>;

export const aPolicy = (changes: Partial<DiskPolicy> = {}): DiskPolicy => ({
  id: 'policy-1' as PolicyId,
  name: 'Films nobody watches',
  kind: 'disk-pressure',
  unit: 'film',
  enabled: true,
  armed: true,
  cron: '0 3 * * *',
  timeZone: 'UTC',
  connectionIds: [],
  diskIds: [],
  tiers: [{ freeBelowPercent: 20, maxAgeDays: 90 }],
  target: { unit: 'percent', value: 25 },
  leavingSoonDays: 14,
  ageBasis: 'newest-import',
  order: 'longest-unwatched',
  caps: defaultCaps,
  exclusionTags: ['keep'],
  shows: 'any',
  keepsFirstSeason: false,
  midShowDays: 0,
  requestedWithinDays: 0,
  favouritesProtect: true,
  favouriteUsers: [],
  halfWayProtects: true,
  addImportExclusion: false,
  removeRequests: true,
  needsApproval: false,
  torrents: noTorrents,
  ...changes,
});

/** A plan that removes these targets, in this order. */
export function aPlanOf(targets: readonly RemovalTarget[], changes: Partial<Plan> = {}): Plan {
  const entries = targets.map((target, index): PlanEntry => {
    const sizeBytes = target.files.reduce((sum, file) => sum + file.sizeBytes, 0);
    return {
      itemId: target.itemId,
      kind: target.kind,
      title: target.title,
      year: null,
      seasonNumber: target.seasonNumber,
      episodes: target.episodes,
      diskId: null,
      sizeBytes,
      score: null,
      fate: { is: 'remove', position: index + 1 },
      verdict: {
        itemId: target.itemId,
        policyId: 'policy-1' as PolicyId,
        standing: 'due',
        steps: [],
        dueAt: null,
        markedSince: null,
      },
    };
  });
  const nothing = { items: 0, bytes: 0 };
  return {
    id: 'plan-1' as PlanId,
    policyId: 'policy-1' as PolicyId,
    madeAt: new Date('2026-11-20T03:00:00.000Z'),
    entries,
    disks: [],
    totals: {
      remove: {
        items: entries.length,
        bytes: entries.reduce((sum, entry) => sum + (entry.sizeBytes ?? 0), 0),
      },
      heldBack: nothing,
      leavingSoon: nothing,
      eligible: nothing,
      protected: 0,
      unknown: 0,
      kept: 0,
    },
    breaker: [],
    ...changes,
  };
}

export const targetOf = (removal: Removal): RemovalTarget => ({
  itemId: removal.itemId,
  connectionId: removal.connectionId,
  externalId: removal.externalId,
  kind: removal.kind,
  seasonNumber: removal.seasonNumber,
  episodes: removal.episodes,
  title: removal.title,
  identity: removal.identity,
  files: removal.plannedFiles,
  keepsake: removal.keepsake,
});

const LONG_AGO = new Date('2026-01-01T00:00:00.000Z');

export type Dated = Policy & { changedAt?: Date; armedAt?: Date };

export const fakePlanning = (
  policy: Dated | null,
  plan: Plan | { code: string },
  approved: readonly ItemId[] | null = null,
): Planning => ({
  approvalOf: async (policyId) =>
    approved && { policyId, planId: 'plan-1' as PlanId, items: approved, byName: 'Ana', at: LONG_AGO },
  policy: async (id) => (policy?.id === id ? { changedAt: LONG_AGO, armedAt: LONG_AGO, ...policy } : null),
  claims: async () => (policy ? claimsOf([policy]) : []),
  makePlan: async () => ('code' in plan ? err(plan) : ok(plan)),
});

/** Time that passes only by waiting. */
export function fakeTime(
  start = new Date('2026-11-20T03:00:00.000Z'),
): Clock & { pause: Pause; waited: number[] } {
  let now = start.getTime();
  const waited: number[] = [];
  return {
    now: () => new Date(now),
    pause: async (ms) => {
      waited.push(ms);
      now += ms;
    },
    waited,
  };
}

export const freeLock: LibraryLock = async (work) => ok(await work(new AbortController().signal));

export const silentLog: RunLog = { info: () => undefined, warn: () => undefined };

export function countingIds(prefix: string): () => string {
  let next = 1;
  return () => `${prefix}-${String(next++)}`;
}

export type Parts = {
  stores: { runs: RunStore; removals: RemovalStore };
  services: {
    managers: Managers;
    guards: Guards;
    library: Pick<RemovalLibrary, 'forget' | 'translatePaths' | 'anyOnDisk'>;
    torrents?: TorrentHands;
  };
  planning: Planning;
  targets: readonly RemovalTarget[];
  time?: Clock & { pause: Pause };
  lock?: LibraryLock;
  newId?: () => string;
};

/** The execution half put together as `createCleanup` does it. */
export function assembleExecution({
  stores,
  services,
  planning,
  targets,
  time = fakeTime(),
  lock = freeLock,
  newId = countingIds('id'),
}: Parts) {
  const library = {
    targets: async (ids: readonly string[]) => targets.filter((target) => ids.includes(target.itemId)),
  };
  const deeds = createDeeds({ ...services, pause: time.pause });
  const removal = createRemovalSaga({ removals: stores.removals, deeds, clock: time });
  const saga = createRunSaga({ ...stores, saga: removal, planning, clock: time, log: silentLog });
  const execution = createExecutionService({
    runs: stores.runs,
    planning,
    library,
    saga,
    lock,
    time,
    newId,
    log: silentLog,
  });
  const byHand = createByHandService({ stores, library, clock: time, newId });
  const unconfirmed = createUnconfirmedService({ ...stores, deeds, clock: time, log: silentLog });
  return { removal, execution, byHand, unconfirmed };
}
