import { and, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm';
import type { CollectionId, CreatorId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { SourceCollection } from '../../core/post.ts';
import { collectionPosts, collections, posts } from '../posts.tables.ts';

/** A statement takes 65 535 values. */
const AT_ONCE = 5_000;

type Told = { told: readonly SourceCollection[]; at: Date; newId: () => string };

/** All collections of a creator with their order. One that is not told any more stays as it was, with the date. */
export const saveCollections = (db: Db, creatorId: CreatorId, { told, at, newId }: Told): Promise<void> =>
  db.transaction(async (transaction) => {
    for (const { postIds, ...collection } of told) {
      const [row] = await transaction
        .insert(collections)
        .values({ ...collection, id: newId() as CollectionId, creatorId })
        .onConflictDoUpdate({
          target: [collections.creatorId, collections.externalId],
          set: { ...collection, vanishedAt: null },
        })
        .returning({ id: collections.id });
      if (row) await placePosts(transaction, row.id, creatorId, postIds);
    }
    const names = told.map(({ externalId }) => externalId);
    const left = names.length > 0 ? notInArray(collections.externalId, names) : undefined;
    await transaction
      .update(collections)
      .set({ vanishedAt: at })
      .where(and(eq(collections.creatorId, creatorId), isNull(collections.vanishedAt), left));
  });

/** A post that vanished upstream is named by no collection there, and keeps the place that it had. */
async function placePosts(
  transaction: Db,
  collectionId: CollectionId,
  creatorId: CreatorId,
  externalIds: readonly string[],
): Promise<void> {
  const named = [...new Set(externalIds)];
  const rows =
    named.length > 0
      ? await transaction
          .select({ id: posts.id, externalId: posts.externalId })
          .from(posts)
          .where(and(eq(posts.creatorId, creatorId), inArray(posts.externalId, named)))
      : [];
  const idOf = new Map(rows.map(({ id, externalId }) => [externalId, id]));
  const standing = transaction
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.creatorId, creatorId), isNull(posts.vanishedAt), isNull(posts.missingSince)));
  await transaction
    .delete(collectionPosts)
    .where(and(eq(collectionPosts.collectionId, collectionId), inArray(collectionPosts.postId, standing)));
  const places = named.flatMap((externalId, position) => {
    const postId = idOf.get(externalId);
    return postId ? [{ collectionId, postId, position }] : [];
  });
  for (let from = 0; from < places.length; from += AT_ONCE) {
    await transaction
      .insert(collectionPosts)
      .values(places.slice(from, from + AT_ONCE))
      .onConflictDoUpdate({
        target: [collectionPosts.collectionId, collectionPosts.postId],
        set: { position: sql`excluded.position` },
      });
  }
}
