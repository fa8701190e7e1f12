import { eq } from 'drizzle-orm';
import type { Transaction } from '#server/platform/db.ts';
import type { MarkReadWriter } from './store.ports.ts';
import { libraryMarkReads } from './tables.ts';

export const createMarkReadWriter = (tx: Transaction): MarkReadWriter => ({
  markReads: (connectionId) =>
    tx
      .select({
        userExternalId: libraryMarkReads.userExternalId,
        userName: libraryMarkReads.userName,
        digests: libraryMarkReads.digests,
      })
      .from(libraryMarkReads)
      .where(eq(libraryMarkReads.connectionId, connectionId)),

  async saveMarkReads(connectionId, reads) {
    await tx.delete(libraryMarkReads).where(eq(libraryMarkReads.connectionId, connectionId));
    if (reads.length === 0) return;
    await tx.insert(libraryMarkReads).values(reads.map((read) => ({ connectionId, ...read })));
  },
});
