import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { CollectionId, CreatorId, Sha256 } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { CollectionCard } from '../../core/reading/shown.ts';
import { postMedia } from '../media/post-media.tables.ts';
import { collectionPosts, collections, posts } from '../posts.tables.ts';
import { creators, sources } from '../tables.ts';
import type { ListChoices, ReadingStore } from './reading.ports.ts';

/** The newest posts whose tags are offered: all tags of a large archive would take longer than the page itself. */
const TAGS_FROM = 2_000;
const TAGS_OFFERED = 100;

const postCount = sql<number>`(
  select count(*) from ${collectionPosts} cp where cp.collection_id = ${collections.id})::int`;

/** The picture of the first post in its order that has one. */
const cover = sql<Sha256 | null>`(
  select m.sha256 from ${collectionPosts} cp join ${postMedia} m on m.post_id = cp.post_id
  where cp.collection_id = ${collections.id} and m.sha256 is not null and m.kind = 'image'
    and m.role <> 'attachment' and m.withdrawn_at is null
  order by cp.position, cp.post_id, m.role = 'cover' desc, m.position limit 1)`;

export async function collectionsOf(
  db: Db,
  where: { creatorId?: CreatorId | null; id?: CollectionId },
): Promise<CollectionCard[]> {
  const rows = await db
    .select({
      id: collections.id,
      creator: { id: creators.id, name: creators.name },
      title: collections.title,
      description: collections.description,
      saidCount: collections.postCount,
      vanishedAt: collections.vanishedAt,
      postCount,
      cover,
    })
    .from(collections)
    .innerJoin(creators, eq(creators.id, collections.creatorId))
    .where(
      and(
        where.creatorId ? eq(collections.creatorId, where.creatorId) : undefined,
        where.id === undefined ? undefined : eq(collections.id, where.id),
      ),
    )
    .orderBy(asc(creators.name), asc(collections.title), asc(collections.id));
  return rows.map((row) => ({
    ...row,
    cover: row.cover && { sha256: row.cover, kind: 'image', look: null },
  }));
}

export function createCollectionStore(db: Db): Pick<ReadingStore, 'collections' | 'collection' | 'choices'> {
  return {
    collections: (creatorId) => collectionsOf(db, { creatorId }),

    collection: async (id) => (await collectionsOf(db, { id }))[0] ?? null,

    async choices(creatorId): Promise<ListChoices> {
      const [ownCreators, ownSources, ownCollections, tags] = await Promise.all([
        db.select({ id: creators.id, name: creators.name }).from(creators).orderBy(asc(creators.name)),
        db.select({ id: sources.id, name: sources.name }).from(sources).orderBy(asc(sources.name)),
        creatorId
          ? db
              .select({ id: collections.id, title: collections.title })
              .from(collections)
              .where(eq(collections.creatorId, creatorId))
              .orderBy(asc(collections.title))
          : [],
        commonTags(db, creatorId),
      ]);
      return { creators: ownCreators, sources: ownSources, collections: ownCollections, tags };
    },
  };
}

async function commonTags(db: Db, creatorId: CreatorId | null): Promise<string[]> {
  const newest = db
    .select({ tags: posts.tags })
    .from(posts)
    .where(creatorId ? eq(posts.creatorId, creatorId) : undefined)
    .orderBy(desc(posts.publishedAt), desc(posts.id))
    .limit(TAGS_FROM)
    .as('newest');
  // Not a join with `unnest`: a call of a function for each row takes longer than reading them.
  const each = db
    .select({ tag: sql<string>`unnest(${newest.tags})`.as('tag') })
    .from(newest)
    .as('each');
  const rows = await db
    .select({ tag: each.tag })
    .from(each)
    .groupBy(each.tag)
    .orderBy(sql`count(*) desc`, asc(each.tag))
    .limit(TAGS_OFFERED);
  return rows.map((row) => row.tag);
}
