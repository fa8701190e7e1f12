import { and, asc, eq, exists, isNull, ne } from 'drizzle-orm';
import type { SourceId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import { fromStoredState, toStoredState } from '../schemas.ts';
import { posts } from '../posts.tables.ts';
import { creators, sources } from '../tables.ts';
import type { SourceStore, StoredSource } from './sources.ports.ts';

const toSource = (row: typeof sources.$inferSelect): StoredSource => ({
  ...row,
  state: fromStoredState(row.state),
});

const inOrder = [asc(sources.createdAt), asc(sources.id)];

export function createSourceStore(db: Db): SourceStore {
  return {
    list: async () =>
      (
        await db
          .select()
          .from(sources)
          .orderBy(...inOrder)
      ).map(toSource),

    async find(id) {
      const [row] = await db.select().from(sources).where(eq(sources.id, id));
      return row ? toSource(row) : null;
    },

    async add(source) {
      const row = { ...source, state: toStoredState(source.state) };
      const added = await db.insert(sources).values(row).onConflictDoNothing().returning({ id: sources.id });
      return added.length > 0;
    },

    change: (id, change) =>
      db.transaction(async (transaction) => {
        if (change.name !== undefined) {
          const sameName = and(eq(sources.name, change.name), ne(sources.id, id));
          const [other] = await transaction.select({ id: sources.id }).from(sources).where(sameName);
          if (other) return 'name-taken';
        }
        const changed = await transaction
          .update(sources)
          .set({ ...change, id })
          .where(eq(sources.id, id))
          .returning({ id: sources.id });
        return changed.length > 0 ? 'changed' : 'gone';
      }),

    async saveState({ id, sealedCredentials }, state) {
      const asUsed =
        sealedCredentials === null
          ? isNull(sources.sealedCredentials)
          : eq(sources.sealedCredentials, sealedCredentials);
      await db
        .update(sources)
        .set({ state: toStoredState(state) })
        .where(and(eq(sources.id, id), asUsed));
    },

    async saveLook(id, at) {
      await db.update(sources).set({ lookedAt: at }).where(eq(sources.id, id));
    },

    remove: (id) => db.transaction((transaction) => removeEmpty(transaction, id)),
  };
}

async function removeEmpty(transaction: Db, id: SourceId): ReturnType<SourceStore['remove']> {
  const ofSource = eq(creators.sourceId, id);
  const post = transaction.select({ id: posts.id }).from(posts).where(eq(posts.creatorId, creators.id));
  const [withPosts] = await transaction
    .select({ id: creators.id })
    .from(creators)
    .where(and(ofSource, exists(post)))
    .limit(1);
  if (withPosts) return 'has-posts';
  await transaction.delete(creators).where(ofSource);
  const gone = await transaction.delete(sources).where(eq(sources.id, id)).returning({ id: sources.id });
  return gone.length > 0 ? 'removed' : 'gone';
}
