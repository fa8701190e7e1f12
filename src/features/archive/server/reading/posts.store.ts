import { asc, eq, sql } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import { MOST_COUNTED } from '../../core/reading/list.ts';
import { collectionPosts, posts } from '../posts.tables.ts';
import { readCards } from './cards.store.ts';
import { createPostFinder, wanted } from './found-posts.store.ts';
import type { ReadingStore } from './reading.ports.ts';

export function createPostListStore(db: Db): Pick<ReadingStore, 'posts' | 'countPosts' | 'collectionPosts'> {
  const page = createPostFinder(db);

  return {
    async posts(query) {
      const { shown, hasMore, isBack } = await page(query);
      const [first, last] = [shown[0] ?? null, shown.at(-1) ?? null];
      return {
        posts: await readCards(
          db,
          shown.map(({ id }) => id),
        ),
        // Who came from a page finds it again in the other direction.
        next: (isBack ? query.from !== null : hasMore) ? last : null,
        previous: (isBack ? hasMore : query.from !== null) ? first : null,
      };
    },

    async countPosts(filter) {
      const some = db
        .select({ one: sql`1` })
        .from(posts)
        .where(wanted(filter))
        .limit(MOST_COUNTED + 1)
        .as('some');
      const [row] = await db.select({ count: sql<number>`count(*)::int` }).from(some);
      return row?.count ?? 0;
    },

    async collectionPosts(id, { offset, limit }) {
      const found = await db
        .select({ id: collectionPosts.postId })
        .from(collectionPosts)
        .where(eq(collectionPosts.collectionId, id))
        .orderBy(asc(collectionPosts.position), asc(collectionPosts.postId))
        .offset(offset)
        .limit(limit);
      return readCards(
        db,
        found.map((row) => row.id),
      );
    },
  };
}
