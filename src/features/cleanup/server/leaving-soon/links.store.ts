import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { LinkStore } from './links.ports.ts';
import { cleanupLinkOwner, cleanupLinkShelves } from './links.tables.ts';

const THE_ONLY_ROW = 1;

export function createLinkStore(db: Db, newId: () => string): LinkStore {
  async function owner() {
    const made = { id: THE_ONLY_ROW, instanceId: newId() };
    await db.insert(cleanupLinkOwner).values(made).onConflictDoNothing();
    const [row] = await db.select().from(cleanupLinkOwner);
    return { instanceId: row?.instanceId ?? made.instanceId, folders: row?.folders ?? [] };
  }

  return {
    instanceId: async () => (await owner()).instanceId,
    folders: async () => (await owner()).folders,

    async noteFolder(folder) {
      if ((await owner()).folders.includes(folder)) return;
      await db.update(cleanupLinkOwner).set({ folders: sql`array_append(folders, ${folder})` });
    },

    async forgetFolder(folder) {
      await db.update(cleanupLinkOwner).set({ folders: sql`array_remove(folders, ${folder})` });
    },

    async shelves() {
      const rows = await db.select().from(cleanupLinkShelves).orderBy(cleanupLinkShelves.id);
      return rows.map(({ id: _id, ...shelf }) => shelf);
    },

    async save(shelf) {
      const row = { ...shelf, id: `${shelf.connectionId} ${shelf.folder}` };
      await db
        .insert(cleanupLinkShelves)
        .values(row)
        .onConflictDoUpdate({ target: cleanupLinkShelves.id, set: row });
    },

    async forget(connectionId, folder) {
      await db
        .delete(cleanupLinkShelves)
        .where(and(eq(cleanupLinkShelves.connectionId, connectionId), eq(cleanupLinkShelves.folder, folder)));
    },
  };
}
