import { and, asc, eq, ne } from 'drizzle-orm';
import type { ConnectionId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { ConnectionStore, StoredConnection } from './ports.ts';
import { fromStoredHealth, toStoredHealth } from './schemas.ts';
import { connections } from './tables.ts';

const toConnection = ({
  createdAt: _createdAt,
  ...row
}: typeof connections.$inferSelect): StoredConnection => ({
  ...row,
  id: row.id as ConnectionId,
  health: fromStoredHealth(row.health),
});

const inOrder = [asc(connections.createdAt), asc(connections.id)];

export function createConnectionStore(db: Db): ConnectionStore {
  return {
    list: async () =>
      (
        await db
          .select()
          .from(connections)
          .orderBy(...inOrder)
      ).map(toConnection),

    async find(id) {
      const [row] = await db.select().from(connections).where(eq(connections.id, id));
      return row ? toConnection(row) : null;
    },

    async add(connection) {
      const row = { ...connection, health: toStoredHealth(connection.health) };
      const added = await db
        .insert(connections)
        .values(row)
        .onConflictDoNothing()
        .returning({ id: connections.id });
      return added.length > 0;
    },

    async change({ id, name, url, sealedKey, enabled, pathMappings }) {
      return db.transaction(async (transaction) => {
        const sameName = and(eq(connections.name, name), ne(connections.id, id));
        const [other] = await transaction.select({ id: connections.id }).from(connections).where(sameName);
        if (other) return 'name-taken';
        const changed = await transaction
          .update(connections)
          .set({ name, url, sealedKey, enabled, pathMappings })
          .where(eq(connections.id, id))
          .returning({ id: connections.id });
        return changed.length > 0 ? 'changed' : 'gone';
      });
    },

    async saveHealth({ id, url, sealedKey }, health) {
      const asTested = and(
        eq(connections.id, id),
        eq(connections.url, url),
        eq(connections.sealedKey, sealedKey),
      );
      await db
        .update(connections)
        .set({ health: toStoredHealth(health) })
        .where(asTested);
    },

    async remove(id) {
      const gone = await db
        .delete(connections)
        .where(eq(connections.id, id))
        .returning({ id: connections.id });
      return gone.length > 0;
    },
  };
}
