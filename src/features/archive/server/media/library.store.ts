import { and, asc, desc, eq, gt, isNotNull, sql } from 'drizzle-orm';
import type { CreatorId, PostId, PostMediaId, Sha256 } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import { mediaFiles } from './media.tables.ts';
import { postMedia } from './post-media.tables.ts';
import { posts } from '../posts.tables.ts';
import type { StoredFile } from './ports.ts';

export type FileRow = StoredFile & {
  storedAt: Date;
  verifiedAt: Date;
  damagedAt: Date | null;
  orphanedAt: Date | null;
};

export type FileUse = { id: PostMediaId; postId: PostId; creatorId: CreatorId; fileName: string | null };

export type FileLibrary = ReturnType<typeof createFileLibrary>;

/** What is known of files, for whoever shows or derives something. */
export function createFileLibrary(db: Db) {
  const find = async (sha256: Sha256): Promise<FileRow | null> =>
    (await db.select().from(mediaFiles).where(eq(mediaFiles.sha256, sha256)))[0] ?? null;

  return {
    find,

    /** By hash, the next after one. */
    after: (sha256: Sha256 | null, limit: number): Promise<FileRow[]> =>
      db
        .select()
        .from(mediaFiles)
        .where(sha256 === null ? undefined : gt(mediaFiles.sha256, sha256))
        .orderBy(asc(mediaFiles.sha256))
        .limit(limit),

    /** As the place calls it, or, when it is not one of the file, as the first post called it that gave it a name. */
    async nameOf(sha256: Sha256, as: PostMediaId | null): Promise<string | null> {
      const [found] = await db
        .select({ fileName: postMedia.fileName })
        .from(postMedia)
        .innerJoin(posts, eq(posts.id, postMedia.postId))
        .where(and(eq(postMedia.sha256, sha256), isNotNull(postMedia.fileName)))
        .orderBy(desc(sql`${postMedia.id} = ${as ?? ''}`), asc(posts.publishedAt), asc(postMedia.id))
        .limit(1);
      return found?.fileName ?? null;
    },

    /** Of captions, as the first post says that has them. */
    async languageOf(sha256: Sha256): Promise<string | null> {
      const [found] = await db
        .select({ language: postMedia.language })
        .from(postMedia)
        .where(and(eq(postMedia.sha256, sha256), isNotNull(postMedia.language)))
        .orderBy(asc(postMedia.id))
        .limit(1);
      return found?.language ?? null;
    },

    usesOf: (sha256: Sha256): Promise<FileUse[]> =>
      db
        .select({
          id: postMedia.id,
          postId: postMedia.postId,
          creatorId: posts.creatorId,
          fileName: postMedia.fileName,
        })
        .from(postMedia)
        .innerJoin(posts, eq(posts.id, postMedia.postId))
        .where(eq(postMedia.sha256, sha256))
        .orderBy(asc(posts.publishedAt), asc(postMedia.id)),
  };
}
