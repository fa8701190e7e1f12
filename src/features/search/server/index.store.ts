import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import { countUp } from './counts.store.ts';
import { countHeadings, saveDocuments } from './documents.store.ts';
import { readPassages, swapPassages } from './passages.store.ts';
import type { IndexStore } from './ports.ts';
import { searchDocuments, searchProgress } from './tables.ts';

/** Writers take turns: how much there is is one row, and two that wait for each other's documents would never end. */
const TURN = sql`select pg_advisory_xact_lock(hashtextextended('search.index', 0))`;

/** What waits to be put into an index is read by each search from its beginning to its end, twenty times for four words. */
const PUT_AWAY = sql`select gin_clean_pending_list(name::regclass)
  from unnest('{search_passages_words,search_documents_heading,search_documents_facets}'::text[]) name`;

export function createIndexStore(db: Db): IndexStore {
  return {
    async digests(kind, refs) {
      const rows = await db
        .select({ ref: searchDocuments.ref, digest: searchDocuments.digest })
        .from(searchDocuments)
        .where(and(eq(searchDocuments.kind, kind), inArray(searchDocuments.ref, [...refs])));
      return new Map(rows.map(({ ref, digest }) => [ref, digest]));
    },

    replace(documents) {
      const passages = readPassages(documents);
      return db.transaction(async (transaction) => {
        await transaction.execute(TURN);
        const ids = await saveDocuments(transaction, documents);
        await swapPassages(transaction, ids, passages);
        await transaction.execute(PUT_AWAY);
      });
    },

    remove: (kind, refs) =>
      db.transaction(async (transaction) => {
        await transaction.execute(TURN);
        const gone = await transaction
          .select({ id: searchDocuments.id })
          .from(searchDocuments)
          .where(and(eq(searchDocuments.kind, kind), inArray(searchDocuments.ref, [...refs])));
        const ids = gone.map(({ id }) => id);
        if (ids.length === 0) return;
        await swapPassages(transaction, ids);
        await countHeadings(transaction, ids, -1);
        await transaction.delete(searchDocuments).where(inArray(searchDocuments.id, ids));
      }),

    count: (wish) => countUp(db, wish),

    async refsAfter(kind, ref, limit) {
      const rows = await db
        .select({ ref: searchDocuments.ref })
        .from(searchDocuments)
        .where(and(eq(searchDocuments.kind, kind), ref === null ? undefined : gt(searchDocuments.ref, ref)))
        .orderBy(asc(searchDocuments.ref))
        .limit(limit);
      return rows.map((row) => row.ref);
    },

    async upTo(kind) {
      const [row] = await db.select().from(searchProgress).where(eq(searchProgress.kind, kind));
      return row?.upTo ?? null;
    },

    async saveUpTo(kind, upTo) {
      await db
        .insert(searchProgress)
        .values({ kind, upTo })
        .onConflictDoUpdate({
          target: searchProgress.kind,
          set: { upTo: sql`greatest(${searchProgress.upTo}, excluded.up_to)` },
        });
    },

    clear: () =>
      db.transaction(async (transaction) => {
        await transaction.execute(TURN);
        await transaction.execute(
          sql`truncate search_documents, search_passages, search_lexemes, search_words, search_uncounted, search_facets, search_totals, search_progress`,
        );
      }),

    async counts() {
      const { rows } = await db.execute<{ documents: number; passages: number }>(
        sql`select documents, passages from search_totals`,
      );
      return rows[0] ?? { documents: 0, passages: 0 };
    },
  };
}
