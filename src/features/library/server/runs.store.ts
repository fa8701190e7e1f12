import { and, desc, eq, ne } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { SyncRun } from './runs.ports.ts';
import type { RunStore } from './store.ports.ts';
import { librarySyncs } from './runs.tables.ts';

export function createRunStore(db: Db): RunStore {
  const set = (id: SyncRun['id'], values: Partial<typeof librarySyncs.$inferInsert>) =>
    db.update(librarySyncs).set(values).where(eq(librarySyncs.id, id));

  return {
    async add({ progress, results, ...run }) {
      await db.insert(librarySyncs).values({ ...run, ...columnsOf(progress), results: [...results] });
    },

    async saveProgress(id, progress, at) {
      await set(id, { ...columnsOf(progress), aliveAt: at });
    },

    async start(id, at) {
      await set(id, { state: 'running', startedAt: at, aliveAt: at });
    },

    async finish(id, { state, at, results }) {
      await set(id, { state, finishedAt: at, aliveAt: at, results: [...results] });
    },

    async find(id) {
      const [row] = await db.select().from(librarySyncs).where(eq(librarySyncs.id, id));
      return row ? toRun(row) : null;
    },

    async list(limit) {
      const newest = [desc(librarySyncs.requestedAt), desc(librarySyncs.id)];
      const rows = await db
        .select()
        .from(librarySyncs)
        .orderBy(...newest)
        .limit(limit);
      return rows.map(toRun);
    },

    async interruptOthers(id, at) {
      await db
        .update(librarySyncs)
        .set({ state: 'interrupted', finishedAt: at })
        .where(and(eq(librarySyncs.state, 'running'), ne(librarySyncs.id, id)));
    },
  };
}

const columnsOf = (progress: SyncRun['progress']) => ({
  step: progress?.step ?? null,
  done: progress?.done ?? 0,
  total: progress?.total ?? null,
});

const toRun = ({ step, done, total, ...row }: typeof librarySyncs.$inferSelect): SyncRun => ({
  ...row,
  progress: step === null ? null : { step, done, total },
});
