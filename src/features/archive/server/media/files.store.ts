import { eq, sql } from 'drizzle-orm';
import type { Sha256 } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import { mediaFiles } from './media.tables.ts';
import type { FileRows } from './downloads.ports.ts';

/** Until the end of the transaction nobody else places or removes these bytes, nor writes their row. */
const lock = (transaction: Db, sha256: Sha256) =>
  transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`media file ${sha256}`}, 0))`);

const rowOf = async (db: Db, sha256: Sha256) =>
  (await db.select().from(mediaFiles).where(eq(mediaFiles.sha256, sha256)))[0];

export function createFileRows(db: Db, clock: { now(): Date }): FileRows {
  return {
    keep: (received, attach) =>
      db.transaction(async (transaction) => {
        const { sha256, sizeBytes, mimeType, kind } = received;
        await lock(transaction, sha256);
        const before = await rowOf(transaction, sha256);
        const placed = await received.place({ replace: Boolean(before?.damagedAt) });
        if (!placed.ok) return placed;
        const now = clock.now();
        await transaction
          .insert(mediaFiles)
          .values({ sha256, sizeBytes, mimeType, kind, storedAt: now, verifiedAt: now })
          .onConflictDoUpdate({
            target: mediaFiles.sha256,
            set: { damagedAt: null, orphanedAt: null, ...(before?.damagedAt ? { verifiedAt: now } : {}) },
          });
        await attach(transaction);
        return placed;
      }),

    whenUnnamed: (sha256, work) =>
      db.transaction(async (transaction) => {
        await lock(transaction, sha256);
        return (await rowOf(transaction, sha256)) ? null : work();
      }),
  };
}
