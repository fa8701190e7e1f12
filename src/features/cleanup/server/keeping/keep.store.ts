import { and, asc, count, desc, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { KeepRequest } from '../../core/keeping/keep-requests.ts';
import { createExclusionStore } from './exclusions.store.ts';
import type { KeepMemory, KeepMemoryStore, KeepRequestStore, KeepStore } from './keep.ports.ts';
import { createMarkStore } from './keep-marks.store.ts';
import { cleanupKeepRequests as requests, cleanupKeepUndos as undos } from './keep.tables.ts';
import { reviveDates } from '../revive-dates.ts';

/** Pressing "keep" is rare and short, so one after the other for the whole house is good enough. */
const TURN = 'cleanup.keep';

export function createKeepStore(db: Db): KeepStore {
  const { ofPerson, waiting, countWaiting } = createRequestStore(db);
  return {
    ofPerson,
    waiting,
    countWaiting,
    inTurn: (work) =>
      db.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${TURN}, 0))`);
        return work({
          requests: createRequestStore(tx),
          exclusions: createExclusionStore(tx),
          marks: createMarkStore(tx),
          memories: createMemoryStore(tx),
        });
      }),
  };
}

function createRequestStore(db: Db): KeepRequestStore {
  const isWaiting = eq(requests.state, 'waiting');
  return {
    async find(id) {
      const [row] = await db.select().from(requests).where(eq(requests.id, id));
      return row ? toRequest(row) : null;
    },

    async ofPerson(personKey, since) {
      const isTheirs = and(eq(requests.personKey, personKey), gt(requests.askedAt, since));
      const rows = await db
        .select()
        .from(requests)
        .where(isTheirs)
        .orderBy(desc(requests.askedAt), requests.id);
      return rows.map(toRequest);
    },

    async waiting(itemId) {
      const wanted = itemId === undefined ? isWaiting : and(isWaiting, eq(requests.itemId, itemId));
      const rows = await db.select().from(requests).where(wanted).orderBy(asc(requests.askedAt), requests.id);
      return rows.map(toRequest);
    },

    async countWaiting() {
      const [counted] = await db.select({ waiting: count() }).from(requests).where(isWaiting);
      return counted?.waiting ?? 0;
    },

    async save(request) {
      const row = { ...request, item: { ...request.item, episodes: [...request.item.episodes] } };
      await db.insert(requests).values(row).onConflictDoUpdate({ target: requests.id, set: row });
    },
  };
}

const toRequest = ({ answer, before, ...row }: typeof requests.$inferSelect): KeepRequest => ({
  ...row,
  answer: reviveDates(answer) as KeepRequest['answer'],
  before: reviveDates(before) as KeepRequest['before'],
});

function createMemoryStore(db: Db): KeepMemoryStore {
  return {
    async add({ id, personKey, at, ...memory }) {
      await db.insert(undos).values({ id, personKey, at, memory });
    },

    async take(id) {
      const [row] = await db
        .delete(undos)
        .where(inArray(undos.id, [id]))
        .returning();
      if (!row) return null;
      const { memory, ...rest } = row;
      return { ...rest, ...(reviveDates(memory) as Omit<KeepMemory, 'id' | 'personKey' | 'at'>) };
    },

    async forget(before) {
      await db.delete(undos).where(lt(undos.at, before));
    },
  };
}
