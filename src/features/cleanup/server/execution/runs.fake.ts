import { isEnded, type Removal, type Run } from '../../core/removal/removal.ts';
import { cursorOf, markOf, readCursor } from './history.ts';
import type { RemovalStore, RunStore, TrailMark } from './runs.ports.ts';

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
