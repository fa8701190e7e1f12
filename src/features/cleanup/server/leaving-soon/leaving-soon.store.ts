import { eq } from 'drizzle-orm';
import type { ConnectionId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { ShelfKind } from '../../core/leaving-soon/leaving-soon.ts';
import type { ShelfStore } from './leaving-soon.ports.ts';
import { cleanupShelves } from '../execution/runs.tables.ts';

export function createShelfStore(db: Db): ShelfStore {
  return {
    async get(connectionId, kind) {
      const [row] = await db
        .select()
        .from(cleanupShelves)
        .where(eq(cleanupShelves.id, keyOf(connectionId, kind)));
      if (row === undefined) return null;
      const { id: _id, ...shelf } = row;
      return shelf;
    },

    async save(shelf) {
      const row = { ...shelf, id: keyOf(shelf.connectionId, shelf.kind) };
      await db.insert(cleanupShelves).values(row).onConflictDoUpdate({ target: cleanupShelves.id, set: row });
    },

    async forget(connectionId, kind) {
      await db.delete(cleanupShelves).where(eq(cleanupShelves.id, keyOf(connectionId, kind)));
    },
  };
}

const keyOf = (connectionId: ConnectionId, kind: ShelfKind): string => `${connectionId}-${kind}`;
