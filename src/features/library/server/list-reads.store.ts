import { eq } from 'drizzle-orm';
import type { Transaction } from '#server/platform/db.ts';
import type { ListReadWriter } from './store.ports.ts';
import { libraryListReads } from './tables.ts';

export const createListReadWriter = (tx: Transaction): ListReadWriter => ({
  listReads: (connectionId) =>
    tx
      .select({
        list: libraryListReads.list,
        seenAs: libraryListReads.seenAs,
        digests: libraryListReads.digests,
      })
      .from(libraryListReads)
      .where(eq(libraryListReads.connectionId, connectionId)),

  async saveListReads(connectionId, reads) {
    await tx.delete(libraryListReads).where(eq(libraryListReads.connectionId, connectionId));
    if (reads.length === 0) return;
    await tx.insert(libraryListReads).values(reads.map((read) => ({ connectionId, ...read })));
  },
});
