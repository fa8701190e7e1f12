import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, ne, not, sql, type SQL } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import { mediaFiles } from './media.tables.ts';
import { postMedia } from './post-media.tables.ts';
import { creators } from '../tables.ts';
import { forgetVersionsOf } from './creator-pictures.store.ts';
import type { FetchMedia, OrphanRows, VerifyRows, WaitingRows } from './upkeep.ports.ts';

/** Every column that refers to a file. A new one belongs here; until then its foreign key keeps the file all the same. */
const isUsed: SQL = sql`(
  exists (select from ${postMedia} where ${postMedia.sha256} = ${mediaFiles.sha256})
  or exists (select from ${creators}
    where ${creators.avatarSha} = ${mediaFiles.sha256} or ${creators.coverSha} = ${mediaFiles.sha256}))`;

export function createOrphanRows(db: Db): OrphanRows {
  return {
    mark: (now) =>
      db.transaction(async (transaction) => {
        const orphaned = await transaction
          .update(mediaFiles)
          .set({ orphanedAt: now })
          .where(and(isNull(mediaFiles.orphanedAt), not(isUsed)))
          .returning({ sha256: mediaFiles.sha256 });
        const revived = await transaction
          .update(mediaFiles)
          .set({ orphanedAt: null })
          .where(and(isNotNull(mediaFiles.orphanedAt), isUsed))
          .returning({ sha256: mediaFiles.sha256 });
        return { orphaned: orphaned.length, revived: revived.length };
      }),

    async before(date, limit) {
      const rows = await db
        .select({ sha256: mediaFiles.sha256 })
        .from(mediaFiles)
        .where(lt(mediaFiles.orphanedAt, date))
        .limit(limit);
      return rows.map(({ sha256 }) => sha256);
    },

    async forget(sha256, before) {
      const gone = await db
        .delete(mediaFiles)
        .where(and(eq(mediaFiles.sha256, sha256), lt(mediaFiles.orphanedAt, before), not(isUsed)))
        .returning({ sha256: mediaFiles.sha256 });
      return gone.length > 0;
    },

    async named(shas) {
      const rows = await db
        .select({ sha256: mediaFiles.sha256 })
        .from(mediaFiles)
        .where(inArray(mediaFiles.sha256, [...shas]));
      return new Set(rows.map(({ sha256 }) => sha256));
    },

    async adopt(file, now) {
      await db
        .insert(mediaFiles)
        .values({ ...file, storedAt: now, verifiedAt: new Date(0), orphanedAt: now })
        .onConflictDoNothing();
    },
  };
}

export function createVerifyRows(db: Db, fetchMedia: FetchMedia): VerifyRows {
  return {
    next: (before, limit) =>
      db
        .select({
          sha256: mediaFiles.sha256,
          sizeBytes: mediaFiles.sizeBytes,
          verifiedAt: mediaFiles.verifiedAt,
        })
        .from(mediaFiles)
        .where(lt(mediaFiles.verifiedAt, before))
        .orderBy(asc(mediaFiles.verifiedAt), asc(mediaFiles.sha256))
        .limit(limit),

    sound: ({ sha256, verifiedAt }, now) =>
      db.transaction(async (transaction) => {
        const [row] = await transaction
          .update(mediaFiles)
          .set({ verifiedAt: now, damagedAt: null })
          .where(and(eq(mediaFiles.sha256, sha256), eq(mediaFiles.verifiedAt, verifiedAt)))
          .returning();
        if (!row) return;
        await transaction
          .update(postMedia)
          .set({ state: 'stored', gap: null, tries: 0 })
          .where(and(eq(postMedia.sha256, sha256), ne(postMedia.state, 'stored')));
      }),

    damaged: ({ sha256, verifiedAt }, now) =>
      db.transaction(async (transaction) => {
        const [row] = await transaction
          .update(mediaFiles)
          .set({ verifiedAt: now, damagedAt: sql`coalesce(${mediaFiles.damagedAt}, ${now.toISOString()})` })
          .where(and(eq(mediaFiles.sha256, sha256), eq(mediaFiles.verifiedAt, verifiedAt)))
          .returning();
        if (!row) return;
        const places = await transaction
          .update(postMedia)
          .set({ state: 'waiting', gap: null, tries: 0 })
          .where(and(eq(postMedia.sha256, sha256), eq(postMedia.state, 'stored')))
          .returning({ id: postMedia.id });
        await forgetVersionsOf(transaction, sha256);
        await fetchMedia(
          transaction,
          places.map(({ id }) => id),
        );
      }),
  };
}

export function createWaitingRows(db: Db): WaitingRows {
  return {
    async after(id, limit) {
      const rows = await db
        .select({ id: postMedia.id })
        .from(postMedia)
        .where(and(eq(postMedia.state, 'waiting'), id === null ? undefined : gt(postMedia.id, id)))
        .orderBy(asc(postMedia.id))
        .limit(limit);
      return rows.map((row) => row.id);
    },
  };
}
