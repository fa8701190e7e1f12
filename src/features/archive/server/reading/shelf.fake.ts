import { sql } from 'drizzle-orm';
import type {
  CollectionId,
  CreatorId,
  PostId,
  PostMediaId,
  RevisionId,
  Sha256,
  SourceId,
} from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import { mediaFiles } from '../media/media.tables.ts';
import { postMedia } from '../media/post-media.tables.ts';
import { collectionPosts, collections, comments, posts, revisions } from '../posts.tables.ts';
import { creators, sources } from '../tables.ts';

type Row<Table extends { $inferInsert: object }> = Partial<Table['$inferInsert']>;

const EPOCH = Date.UTC(2026, 0, 1);
export const minute = (number: number): Date => new Date(EPOCH + number * 60_000);
/** 64 hexadecimal digits that tell whose they are. */
export const aSha = (number: number): Sha256 => number.toString(16).padStart(64, '0') as Sha256;

/** Writes an archive straight into the tables; each row is whole, and a test names only what matters to it. */
export function aShelf(db: Db) {
  const shelf = {
    async clear() {
      await db.execute(
        sql`truncate archive_sources, archive_creators, archive_posts, archive_media_files cascade`,
      );
    },

    /** Empty but for one source and one creator. */
    async begin(): Promise<void> {
      await shelf.clear();
      await shelf.source();
      await shelf.creator();
    },

    async source(row: Row<typeof sources> = {}): Promise<SourceId> {
      const id = row.id ?? ('source' as SourceId);
      await db.insert(sources).values({
        plugin: 'patreon',
        name: `Source ${id}`,
        settings: {
          pacing: { minPauseMs: 0, maxPauseMs: 0, downloads: 1 },
          userAgent: '',
          mostBytes: null,
        },
        cron: '0 4 * * *',
        timeZone: 'UTC',
        state: { is: 'unchecked' },
        ...row,
        id,
      });
      return id;
    },

    async creator(row: Row<typeof creators> = {}): Promise<CreatorId> {
      const id = row.id ?? ('ana' as CreatorId);
      await db.insert(creators).values({
        sourceId: 'source' as SourceId,
        externalId: id,
        name: `Creator ${id}`,
        tiers: [],
        membership: 'paid',
        ...row,
        id,
      });
      return id;
    },

    async post(row: Omit<Row<typeof posts>, 'id'> & { id: string }): Promise<PostId> {
      const id = row.id as PostId;
      await db.insert(posts).values({
        creatorId: 'ana' as CreatorId,
        externalId: id,
        kind: 'text',
        title: `Post ${id}`,
        publishedAt: minute(0),
        locked: false,
        readable: true,
        blocks: [],
        tags: [],
        tiers: [],
        commentCount: 0,
        parserVersion: 1,
        listedAs: '',
        detailDue: false,
        firstSeenAt: minute(0),
        lastSeenAt: minute(0),
        ...row,
        id,
      });
      return id;
    },

    async file(sha256: Sha256, row: Row<typeof mediaFiles> = {}): Promise<Sha256> {
      await db.insert(mediaFiles).values({
        sizeBytes: 1000,
        mimeType: 'image/webp',
        kind: 'image',
        storedAt: minute(0),
        verifiedAt: minute(0),
        ...row,
        sha256,
      });
      return sha256;
    },

    async media(postId: string, row: Row<typeof postMedia> & { externalId: string }): Promise<void> {
      await db.insert(postMedia).values({
        id: `${postId}-${row.externalId}` as PostMediaId,
        postId: postId as PostId,
        creatorId: sql`(select creator_id from archive_posts where id = ${postId})`,
        position: 0,
        kind: 'image',
        role: 'gallery',
        state: row.sha256 ? 'stored' : row.gap ? 'gap' : 'waiting',
        storedBytes: row.sha256
          ? sql`(select size_bytes from archive_media_files where sha256 = ${row.sha256})`
          : null,
        ...row,
      });
    },

    async collection(id: string, postIds: readonly string[], row: Row<typeof collections> = {}) {
      await db.insert(collections).values({
        creatorId: 'ana' as CreatorId,
        externalId: id,
        title: `Collection ${id}`,
        ...row,
        id: id as CollectionId,
      });
      const places = postIds.map((postId, position) => ({
        collectionId: id as CollectionId,
        postId: postId as PostId,
        position,
      }));
      if (places.length > 0) await db.insert(collectionPosts).values(places);
      return id as CollectionId;
    },

    async comment(postId: string, row: Row<typeof comments> & { externalId: string }) {
      await db.insert(comments).values({
        postId: postId as PostId,
        author: 'Luis',
        isCreator: false,
        body: `Comment ${row.externalId}`,
        createdAt: minute(0),
        ...row,
      });
    },

    async revision(postId: string, row: Omit<Row<typeof revisions>, 'id'> & { id: string }) {
      await db.insert(revisions).values({
        postId: postId as PostId,
        raw: {},
        digest: row.id,
        locked: false,
        seenAt: minute(0),
        ...row,
        id: row.id as RevisionId,
      });
    },
  };
  return shelf;
}
