import type { ItemId, PlanId, PolicyId } from '#core/ids.ts';
import { err, ok } from '#core/result.ts';
import { defaultCaps, noTorrents, type Policy } from '../../core/policy/policy.ts';
import { claimsOf } from '../../core/judging/claims.ts';
import type { Plan, PlanEntry } from '../../core/plan/plan.ts';
import { isEnded, type Removal, type Run } from '../../core/removal/removal.ts';
import type { RemovalTarget } from '../../core/removal/saga-draft.ts';
import { createByHandService } from './by-hand.service.ts';
import { createExecutionService } from './execution.service.ts';
import { cursorOf, markOf, readCursor } from './history.ts';
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
  TrailMark,
} from './runs.ports.ts';
import type { Managers } from '../ports.ts';
import type { TorrentHands } from './torrents.ports.ts';

/** Both stores over the same rows, as in the database. */
export function fakeRunStores(): { runs: RunStore; removals: RemovalStore } {
  const runs = new Map<string, Run>();
  const rows = new Map<string, { removal: Removal; trail: TrailMark[]; endedAt: Date | null }>();
  const newest = (a: Run, b: Run) => b.startedAt.getTime() - a.startedAt.getTime();

  return {
    runs: {
      begin: async (run, removals) => {
        runs.set(run.id, structuredClone(run));
        for (const removal of removals) {
          rows.set(removal.id, { removal: structuredClone(removal), trail: [], endedAt: null });
        }
      },
      end: async (id, endedAt, outcome) => {
        const run = runs.get(id);
        if (run !== undefined) runs.set(id, { ...run, endedAt, outcome });
      },
      get: async (id) => runs.get(id) ?? null,
      list: async ({ limit, before, policyId }) =>
        [...runs.values()]
          .filter((run) => before === null || run.startedAt < before)
          .filter((run) => policyId === undefined || run.policyId === policyId)
          .sort(newest)
          .slice(0, limit),
      underWay: async () =>
        [...runs.values()].filter((run) => run.endedAt === null).sort((a, b) => -newest(a, b)),
    },
    removals: {
      ofRun: async (runId) =>
        [...rows.values()]
          .map(({ removal }) => removal)
          .filter((removal) => removal.runId === runId)
          .sort((a, b) => a.position - b.position),
      write: async (id, state, at) => {
        const row = rows.get(id);
        if (row === undefined || row.endedAt !== null)
          throw new Error(`Removal ${id} is not there or has ended`);
        rows.set(id, {
          removal: { ...row.removal, state },
          trail: [...row.trail, markOf(state, at)],
          endedAt: isEnded(state) ? at : null,
        });
      },
      find: async (id) => rows.get(id)?.removal ?? null,
      keepBefore: async (id, before) => {
        const row = rows.get(id);
        if (row?.removal.state.is !== 'planned') return;
        const keepsake = { ...row.removal.keepsake, before: structuredClone(before) };
        rows.set(id, { ...row, removal: { ...row.removal, keepsake } });
      },
      isUnderWay: async (itemId) =>
        [...rows.values()].some((row) => row.removal.itemId === itemId && row.endedAt === null),
      failedSince: async (since) =>
        [...rows.values()]
          .filter(
            ({ removal, endedAt }) => removal.state.is === 'failed' && endedAt !== null && endedAt > since,
          )
          .map(({ removal }) => removal),
      settle: async (id, state, at) => {
        const row = rows.get(id);
        if (row?.removal.state.is !== 'failed') throw new Error(`Removal ${id} did not fail`);
        const trail = [...row.trail, markOf(state, at)];
        rows.set(id, { ...row, removal: { ...row.removal, state }, trail });
      },
      history: async ({ limit, after, outcome, itemId, text = '' }) => {
        const from = after === null ? null : readCursor(after);
        return [...rows.values()]
          .flatMap(({ removal, trail, endedAt }) => {
            const run = runs.get(removal.runId);
            if (endedAt === null || run === undefined) return [];
            const { id, policyId, policyName, startedBy, byName } = run;
            const entry = { cursor: cursorOf(endedAt, removal.id), removal, trail };
            return [{ ...entry, endedAt, run: { id, policyId, policyName, startedBy, byName } }];
          })
          .filter(({ removal }) => outcome === undefined || removal.state.is === outcome)
          .filter(({ removal }) => itemId === undefined || removal.itemId === itemId)
          .filter(({ removal }) => removal.title.toLowerCase().includes(text.toLowerCase()))
          .sort((a, b) => compare(keyOf(b), keyOf(a)))
          .filter((entry) => from === null || compare(keyOf(entry), [from.at.getTime(), from.id]) < 0)
          .slice(0, limit)
          .map(({ endedAt: _endedAt, ...entry }) => entry);
      },
    },
  };
}

type Key = readonly [time: number, id: string];

const keyOf = (entry: { endedAt: Date; removal: Removal }): Key => [
  entry.endedAt.getTime(),
  entry.removal.id,
];

const compare = (a: Key, b: Key): number => a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0);

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
