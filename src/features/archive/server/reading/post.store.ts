import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { CreatorId, PostId, RevisionId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { Neighbours, RevisionRow, ShownComment, ShownMedia } from '../../core/reading/shown.ts';
import { mediaFiles } from '../media/media.tables.ts';
import { postMedia } from '../media/post-media.tables.ts';
import { comments, posts, revisions } from '../posts.tables.ts';
import { creators, sources } from '../tables.ts';
import { placesOf } from './places.store.ts';
import type { ReadingStore, StoredRevision } from './reading.ports.ts';

const postColumns = {
  id: posts.id,
  externalId: posts.externalId,
  kind: posts.kind,
  title: posts.title,
  url: posts.url,
  publishedAt: posts.publishedAt,
  editedAt: posts.editedAt,
  locked: posts.locked,
  readable: posts.readable,
  teaser: posts.teaser,
  blocks: posts.blocks,
  tags: posts.tags,
  tiers: posts.tiers,
  commentCount: posts.commentCount,
  likeCount: posts.likeCount,
  readAt: posts.readAt,
  firstSeenAt: posts.firstSeenAt,
  lastSeenAt: posts.lastSeenAt,
  vanishedAt: posts.vanishedAt,
};

export function createPostStore(db: Db): Pick<ReadingStore, 'post' | 'comments' | 'revision'> {
  return {
    async post(id) {
      const [row] = await db
        .select({
          post: postColumns,
          creator: { id: creators.id, name: creators.name },
          source: { id: sources.id, name: sources.name },
          currentRevision: posts.currentRevision,
        })
        .from(posts)
        .innerJoin(creators, eq(creators.id, posts.creatorId))
        .innerJoin(sources, eq(sources.id, creators.sourceId))
        .where(eq(posts.id, id));
      if (!row) return null;
      const { post, creator, source, currentRevision } = row;
      const [media, collections, beside, versions] = await Promise.all([
        mediaOf(db, id),
        placesOf(db, id),
        neighboursOf(db, { id, creatorId: creator.id, publishedAt: post.publishedAt }),
        revisionsOf(db, id),
      ]);
      return {
        ...post,
        creator,
        source,
        media,
        collections,
        beside,
        shownFrom: versions.find((version) => version.id === currentRevision)?.seenAt ?? post.readAt,
        revisions: versions.map((version) => ({ ...version, isShown: version.id === currentRevision })),
      };
    },

    comments: (id) => commentsOf(db, id),

    revision: (postId, id) => storedRevision(db, postId, id),
  };
}

async function mediaOf(db: Db, id: PostId): Promise<ShownMedia[]> {
  const rows = await db
    .select({ media: postMedia, file: mediaFiles })
    .from(postMedia)
    .leftJoin(mediaFiles, eq(mediaFiles.sha256, postMedia.sha256))
    .where(eq(postMedia.postId, id))
    .orderBy(asc(postMedia.position), asc(postMedia.externalId));
  return rows.map(({ media, file }) => {
    const {
      postId: _post,
      creatorId: _creator,
      expectedBytes,
      storedBytes: _bytes,
      tries: _tries,
      triedAt: _at,
      ...rest
    } = media;
    return {
      ...rest,
      // What is in the store is known from its own bytes; the rest as the source says.
      kind: file?.kind ?? rest.kind,
      mimeType: file?.mimeType ?? rest.mimeType,
      sizeBytes: file?.sizeBytes ?? expectedBytes,
      isDamaged: file !== null && file.damagedAt !== null,
      look: null,
    };
  });
}

const revisionsOf = (db: Db, id: PostId): Promise<Omit<RevisionRow, 'isShown'>[]> =>
  db
    .select({ id: revisions.id, seenAt: revisions.seenAt, locked: revisions.locked })
    .from(revisions)
    .where(eq(revisions.postId, id))
    .orderBy(desc(revisions.seenAt), desc(revisions.id));

async function neighboursOf(
  db: Db,
  { id, creatorId, publishedAt }: { id: PostId; creatorId: CreatorId; publishedAt: Date },
): Promise<Neighbours> {
  const columns = { id: posts.id, title: posts.title, publishedAt: posts.publishedAt };
  const own = sql`(${posts.publishedAt}, ${posts.id})`;
  const here = sql`(${publishedAt.toISOString()}::timestamptz, ${id})`;
  const ofCreator = eq(posts.creatorId, creatorId);
  const [[previous], [next]] = await Promise.all([
    db
      .select(columns)
      .from(posts)
      .where(and(ofCreator, sql`${own} < ${here}`))
      .orderBy(desc(posts.publishedAt), desc(posts.id))
      .limit(1),
    db
      .select(columns)
      .from(posts)
      .where(and(ofCreator, sql`${own} > ${here}`))
      .orderBy(asc(posts.publishedAt), asc(posts.id))
      .limit(1),
  ]);
  return { previous: previous ?? null, next: next ?? null };
}

const commentsOf = (db: Db, id: PostId): Promise<ShownComment[]> =>
  db
    .select({
      externalId: comments.externalId,
      parentId: comments.parentId,
      author: comments.author,
      isCreator: comments.isCreator,
      body: comments.body,
      createdAt: comments.createdAt,
      vanishedAt: comments.vanishedAt,
      votes: comments.votes,
    })
    .from(comments)
    .where(eq(comments.postId, id))
    .orderBy(asc(comments.createdAt), asc(comments.externalId));

async function storedRevision(db: Db, postId: PostId, id: RevisionId): Promise<StoredRevision | null> {
  const [row] = await db
    .select({
      id: revisions.id,
      raw: revisions.raw,
      locked: revisions.locked,
      seenAt: revisions.seenAt,
      postExternalId: posts.externalId,
      plugin: sources.plugin,
    })
    .from(revisions)
    .innerJoin(posts, eq(posts.id, revisions.postId))
    .innerJoin(creators, eq(creators.id, posts.creatorId))
    .innerJoin(sources, eq(sources.id, creators.sourceId))
    .where(and(eq(revisions.id, id), eq(revisions.postId, postId)));
  return row ?? null;
}
