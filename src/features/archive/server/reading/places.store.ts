import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { CollectionId, PostId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { Neighbour, PlaceInCollection } from '../../core/reading/shown.ts';
import { collectionPosts, collections, posts } from '../posts.tables.ts';

/** The collections that a post is in, each with what stands before and after it there. */
export async function placesOf(db: Db, id: PostId): Promise<PlaceInCollection[]> {
  const rows = await db
    .select({
      id: collections.id,
      title: collections.title,
      position: collectionPosts.position,
    })
    .from(collectionPosts)
    .innerJoin(collections, eq(collections.id, collectionPosts.collectionId))
    .where(eq(collectionPosts.postId, id))
    .orderBy(asc(collections.title), asc(collections.id));
  return Promise.all(
    rows.map(async ({ position, ...collection }) => ({
      ...collection,
      ...(await around(db, { collectionId: collection.id, postId: id, position })),
    })),
  );
}

type Place = { collectionId: CollectionId; postId: PostId; position: number };

async function around(
  db: Db,
  { collectionId, postId, position }: Place,
): Promise<Pick<PlaceInCollection, 'number' | 'count' | 'previous' | 'next'>> {
  const own = sql`(${collectionPosts.position}, ${collectionPosts.postId})`;
  const here = sql`(${position}, ${postId})`;
  const neighbour = async (isNext: boolean): Promise<Neighbour | null> => {
    const by = isNext ? asc : desc;
    const [row] = await db
      .select({ id: posts.id, title: posts.title, publishedAt: posts.publishedAt })
      .from(collectionPosts)
      .innerJoin(posts, eq(posts.id, collectionPosts.postId))
      .where(
        and(
          eq(collectionPosts.collectionId, collectionId),
          isNext ? sql`${own} > ${here}` : sql`${own} < ${here}`,
        ),
      )
      .orderBy(by(collectionPosts.position), by(collectionPosts.postId))
      .limit(1);
    return row ?? null;
  };
  const counting = db
    .select({
      count: sql<number>`count(*)::int`,
      number: sql<number>`(count(*) filter (where ${own} <= ${here}))::int`,
    })
    .from(collectionPosts)
    .where(eq(collectionPosts.collectionId, collectionId));
  const [previous, next, [counted]] = await Promise.all([neighbour(false), neighbour(true), counting]);
  return { previous, next, number: counted?.number ?? 1, count: counted?.count ?? 1 };
}
