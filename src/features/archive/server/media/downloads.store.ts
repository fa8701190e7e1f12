import { and, count, eq, sql } from 'drizzle-orm';
import type { PostMediaId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { SourceMedia } from '../../core/media.ts';
import { postMedia } from './post-media.tables.ts';
import { posts } from '../posts.tables.ts';
import { creators } from '../tables.ts';
import type { DownloadRows, OnStored, WantedMedia } from './downloads.ports.ts';
import type { StoredFile } from './ports.ts';

type Row = typeof postMedia.$inferSelect;

const toMedia = (row: Row): SourceMedia => ({
  externalId: row.externalId,
  kind: row.kind,
  role: row.role,
  fileName: row.fileName,
  mimeType: row.mimeType,
  sizeBytes: row.expectedBytes,
  width: row.width,
  height: row.height,
  durationMs: row.durationMs,
  caption: row.caption,
  of: row.of,
  language: row.language,
});

export function createDownloadRows(db: Db): DownloadRows {
  return {
    async find(id): Promise<WantedMedia | null> {
      const [found] = await db
        .select({
          row: postMedia,
          postId: posts.externalId,
          creatorId: creators.externalId,
          sourceId: creators.sourceId,
        })
        .from(postMedia)
        .innerJoin(posts, eq(posts.id, postMedia.postId))
        .innerJoin(creators, eq(creators.id, posts.creatorId))
        .where(eq(postMedia.id, id));
      if (!found) return null;
      const { row, ...where } = found;
      return { id, ...where, media: toMedia(row), state: row.state, tries: row.tries };
    },

    async tried(id, { tries, triedAt, gap }) {
      await db
        .update(postMedia)
        .set({ tries, triedAt, ...(gap ? { state: 'gap' as const, gap } : {}) })
        .where(and(eq(postMedia.id, id), eq(postMedia.state, 'waiting')));
    },

    async waitingOf(sourceId) {
      const [found] = await db
        .select({ waiting: count() })
        .from(postMedia)
        .innerJoin(creators, eq(creators.id, postMedia.creatorId))
        .where(and(eq(postMedia.state, 'waiting'), eq(creators.sourceId, sourceId)));
      return found?.waiting ?? 0;
    },
  };
}

/** The place of the post has its bytes, and the name that its host gave them when its post gave none. */
export const attachTo =
  (
    place: { id: PostMediaId; fileName: string | null },
    file: StoredFile,
    triedAt: Date,
    onStored: OnStored,
  ) =>
  async (transaction: Db): Promise<void> => {
    await transaction
      .update(postMedia)
      .set({
        state: 'stored',
        sha256: file.sha256,
        storedBytes: file.sizeBytes,
        gap: null,
        tries: 0,
        triedAt,
        fileName: sql`coalesce(${postMedia.fileName}, ${place.fileName})`,
      })
      .where(eq(postMedia.id, place.id));
    await onStored(transaction, file, place.id);
  };
