import { and, arrayContains, asc, desc, eq, gte, isNotNull, lt, sql, type SQL } from 'drizzle-orm';
import type { PostId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import {
  MOST_COUNTED,
  type PostCursor,
  type PostFilter,
  type PostQuery,
  type PostState,
} from '../../core/reading/list.ts';
import { collectionPosts, creators, postMedia, posts } from '../tables.ts';
import { readCards } from './cards.store.ts';
import type { ReadingStore } from './reading.ports.ts';

/** Has to read as the partial index `archive_post_media_gaps` does, or it is not used. */
const hasGap = sql`${posts.id} in (
  select ${postMedia.postId} from ${postMedia} where ${postMedia.state} = 'gap' and ${postMedia.withdrawnAt} is null)`;

const states: Record<PostState, SQL> = {
  gaps: hasGap,
  locked: sql`${posts.locked}`,
  vanished: isNotNull(posts.vanishedAt),
};

const wanted = (filter: PostFilter): SQL | undefined =>
  and(
    filter.creatorId && eq(posts.creatorId, filter.creatorId),
    filter.collectionId &&
      sql`${posts.id} in (select ${collectionPosts.postId} from ${collectionPosts} where ${eq(collectionPosts.collectionId, filter.collectionId)})`,
    filter.sourceId &&
      sql`${posts.creatorId} in (select ${creators.id} from ${creators} where ${eq(creators.sourceId, filter.sourceId)})`,
    filter.kind && eq(posts.kind, filter.kind),
    filter.tag !== undefined ? arrayContains(posts.tags, [filter.tag]) : undefined,
    filter.from && gte(posts.publishedAt, filter.from),
    filter.before && lt(posts.publishedAt, filter.before),
    filter.state && states[filter.state],
  );

/** One comparison of both columns, which the index can begin at; two joined by `or` it could not. */
const beyond = ({ at, id }: PostCursor, descending: boolean): SQL =>
  descending
    ? sql`(${posts.publishedAt}, ${posts.id}) < (${at.toISOString()}::timestamptz, ${id})`
    : sql`(${posts.publishedAt}, ${posts.id}) > (${at.toISOString()}::timestamptz, ${id})`;

/** Tags go with kinds, creators and years, which whoever estimates how many posts pass does not know. */
const isNarrow = ({ tag, ...filter }: PostFilter): boolean =>
  tag !== undefined || Object.values(filter).filter((value) => value !== undefined).length > 1;

type Found = { id: PostId; at: Date };

export function createPostListStore(db: Db): Pick<ReadingStore, 'posts' | 'countPosts' | 'collectionPosts'> {
  const passing = ({ filter, from }: PostQuery, descending: boolean) =>
    db
      .select({ id: posts.id, at: posts.publishedAt })
      .from(posts)
      .where(and(wanted(filter), from ? beyond(from.cursor, descending) : undefined))
      .$dynamic();

  /**
   * All that pass, when they are few. The order is by far the best way to the first of many, and by far the worst to a
   * handful that stand at its end, or to none: it reads every post.
   */
  async function few(query: PostQuery, descending: boolean): Promise<Found[] | null> {
    if (!isNarrow(query.filter)) return null;
    const some = passing(query, descending).limit(MOST_COUNTED).as('some');
    const by = descending ? desc : asc;
    const found = await db
      .select({ id: some.id, at: some.at, all: sql<number>`(count(*) over ())::int` })
      .from(some)
      .orderBy(by(some.at), by(some.id))
      .limit(query.limit + 1);
    return (found[0]?.all ?? 0) < MOST_COUNTED ? found : null;
  }

  const page = async (query: PostQuery) => {
    const { order, from, limit } = query;
    const isBack = from?.way === 'back';
    const descending = (order === 'newest') !== isBack;
    const by = descending ? desc : asc;
    const found =
      (await few(query, descending)) ??
      (await passing(query, descending)
        .orderBy(by(posts.publishedAt), by(posts.id))
        .limit(limit + 1));
    const hasMore = found.length > limit;
    const shown = found.slice(0, limit);
    return { shown: isBack ? shown.toReversed() : shown, hasMore, isBack };
  };

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
