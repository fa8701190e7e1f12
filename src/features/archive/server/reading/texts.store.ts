import { and, asc, eq, gte, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { CreatorId, PostId, PostMediaId, Sha256, SourceId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { Block } from '../../core/content.ts';
import type { PostKind } from '../../core/post.ts';
import type { Named } from '../../core/reading/shown.ts';
import { mediaFiles } from '../media/media.tables.ts';
import { postMedia } from '../media/post-media.tables.ts';
import { collectionPosts, collections, comments, posts } from '../posts.tables.ts';
import { creators, sources } from '../tables.ts';

/** All words of a post, for whoever makes them findable. */
export type PostText = {
  id: PostId;
  creator: Named<CreatorId>;
  source: Named<SourceId>;
  kind: PostKind;
  title: string | null;
  teaser: string | null;
  blocks: readonly Block[];
  tags: readonly string[];
  publishedAt: Date;
  locked: boolean;
  vanishedAt: Date | null;
  collections: readonly string[];
  captions: readonly string[];
  /** Stored files that may have words in them, each once, by the place where the page of the post shows it. */
  files: readonly FileOfPost[];
  /** Oldest first. */
  comments: readonly { externalId: string; author: string; body: string }[];
};

/** `of` of captions: the external id of what they belong to. */
export type FileOfPost = { id: PostMediaId; sha256: Sha256; externalId: string; of: string | null };

export type ChangedPost = { id: PostId; changedAt: Date };

/** What changes by itself is told by `changedAt`: a name or a collection that changes is found by reading all again. */
export function createPostTexts(db: Db) {
  return {
    /** By the moment of their last change, those of the very moment `since` too; the next `limit` after one. */
    changed(since: Date | null, after: ChangedPost | null, limit: number): Promise<ChangedPost[]> {
      const beyond =
        after &&
        sql`(${posts.changedAt}, ${posts.id}) > (${after.changedAt.toISOString()}::timestamptz, ${after.id})`;
      return db
        .select({ id: posts.id, changedAt: posts.changedAt })
        .from(posts)
        .where(and(since ? gte(posts.changedAt, since) : undefined, beyond ?? undefined))
        .orderBy(asc(posts.changedAt), asc(posts.id))
        .limit(limit);
    },

    async existing(ids: readonly PostId[]): Promise<ReadonlySet<PostId>> {
      const rows = await db
        .select({ id: posts.id })
        .from(posts)
        .where(inArray(posts.id, [...ids]));
      return new Set(rows.map(({ id }) => id));
    },

    async read(ids: readonly PostId[]): Promise<PostText[]> {
      if (ids.length === 0) return [];
      const [rows, said, placed, captions, files] = await Promise.all([
        postRows(db, ids),
        commentRows(db, ids),
        collectionRows(db, ids),
        captionRows(db, ids),
        fileRows(db, ids),
      ]);
      return rows.map((row) => ({
        ...row,
        comments: said.get(row.id) ?? [],
        collections: (placed.get(row.id) ?? []).map(({ title }) => title),
        captions: (captions.get(row.id) ?? []).flatMap(({ caption }) => caption ?? []),
        files: eachOnce(files.get(row.id) ?? []),
      }));
    },

    /** Words were found in this file: the posts that show it are others than before. */
    async touch(sha256: Sha256): Promise<void> {
      const showing = db.select({ id: postMedia.postId }).from(postMedia).where(eq(postMedia.sha256, sha256));
      await db
        .update(posts)
        .set({ changedAt: sql`now()` })
        .where(inArray(posts.id, showing));
    },
  };
}

const postRows = (db: Db, ids: readonly PostId[]) =>
  db
    .select({
      id: posts.id,
      creator: { id: creators.id, name: creators.name },
      source: { id: sources.id, name: sources.name },
      kind: posts.kind,
      title: posts.title,
      teaser: posts.teaser,
      blocks: posts.blocks,
      tags: posts.tags,
      publishedAt: posts.publishedAt,
      locked: posts.locked,
      vanishedAt: posts.vanishedAt,
    })
    .from(posts)
    .innerJoin(creators, eq(creators.id, posts.creatorId))
    .innerJoin(sources, eq(sources.id, creators.sourceId))
    .where(inArray(posts.id, [...ids]));

const byPost = <T extends { postId: PostId }>(rows: readonly T[]): Map<PostId, T[]> =>
  Map.groupBy(rows, ({ postId }) => postId);

const commentRows = async (db: Db, ids: readonly PostId[]) =>
  byPost(
    await db
      .select({
        postId: comments.postId,
        externalId: comments.externalId,
        author: comments.author,
        body: comments.body,
      })
      .from(comments)
      .where(inArray(comments.postId, [...ids]))
      .orderBy(asc(comments.createdAt), asc(comments.externalId)),
  );

const collectionRows = async (db: Db, ids: readonly PostId[]) =>
  byPost(
    await db
      .select({ postId: collectionPosts.postId, title: collections.title })
      .from(collectionPosts)
      .innerJoin(collections, eq(collections.id, collectionPosts.collectionId))
      .where(inArray(collectionPosts.postId, [...ids]))
      .orderBy(asc(collections.title)),
  );

const captionRows = async (db: Db, ids: readonly PostId[]) =>
  byPost(
    await db
      .select({ postId: postMedia.postId, caption: postMedia.caption })
      .from(postMedia)
      .where(
        and(inArray(postMedia.postId, [...ids]), isNotNull(postMedia.caption), isNull(postMedia.withdrawnAt)),
      )
      .orderBy(asc(postMedia.position)),
  );

const fileRows = async (db: Db, ids: readonly PostId[]) =>
  byPost(
    await db
      .select({
        postId: postMedia.postId,
        id: postMedia.id,
        sha256: postMedia.sha256,
        externalId: postMedia.externalId,
        of: postMedia.of,
      })
      .from(postMedia)
      .innerJoin(mediaFiles, eq(mediaFiles.sha256, postMedia.sha256))
      .where(
        and(
          inArray(postMedia.postId, [...ids]),
          // A page shows what was withdrawn, but no captions that are not those of today.
          or(
            and(
              or(eq(postMedia.role, 'captions'), inArray(mediaFiles.kind, ['audio', 'video'])),
              isNull(postMedia.withdrawnAt),
            ),
            eq(mediaFiles.mimeType, 'application/pdf'),
          ),
        ),
      )
      .orderBy(sql`${postMedia.withdrawnAt} nulls first`, asc(postMedia.position)),
  );

function eachOnce(
  rows: readonly (Omit<FileOfPost, 'sha256'> & { sha256: Sha256 | null })[],
): PostText['files'] {
  const places = new Map<Sha256, FileOfPost>();
  for (const { id, sha256, externalId, of } of rows)
    if (sha256 && !places.has(sha256)) places.set(sha256, { id, sha256, externalId, of });
  return [...places.values()];
}
