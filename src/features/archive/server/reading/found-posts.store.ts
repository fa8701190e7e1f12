import {
  and,
  arrayContains,
  asc,
  desc,
  eq,
  getTableName,
  gte,
  isNotNull,
  lt,
  sql,
  type SQL,
} from 'drizzle-orm';
import type { PostId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import {
  MOST_COUNTED,
  type PostCursor,
  type PostFilter,
  type PostQuery,
  type PostState,
} from '../../core/reading/list.ts';
import { postMedia } from '../media/post-media.tables.ts';
import { collectionPosts, posts } from '../posts.tables.ts';
import { creators } from '../tables.ts';

/** Has to read as the partial index `archive_post_media_gaps` does, or it is not used. */
const hasGap = sql`${posts.id} in (
  select ${postMedia.postId} from ${postMedia} where ${postMedia.state} = 'gap' and ${postMedia.withdrawnAt} is null)`;

const states: Record<PostState, SQL> = {
  gaps: hasGap,
  locked: sql`${posts.locked}`,
  vanished: isNotNull(posts.vanishedAt),
};

export const wanted = (filter: PostFilter): SQL | undefined =>
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

/** They lie side by side and are read in a millisecond; of what passes more rarely than once in forty, this finds no page. */
const LOOKED_AT = 1_000;

type Found = { id: PostId; at: Date };

export function createPostFinder(db: Db) {
  const passing = ({ filter, from }: PostQuery, descending: boolean) =>
    db
      .select({ id: posts.id, at: posts.publishedAt })
      .from(posts)
      .where(and(wanted(filter), from ? beyond(from.cursor, descending) : undefined))
      .$dynamic();

  /** Those that pass among the next of all dates that do; null when a page needs more. What passes often is found here. */
  async function near(query: PostQuery, descending: boolean): Promise<Found[] | null> {
    const { filter, from, limit } = query;
    const by = descending ? desc : asc;
    const next = db
      .select()
      .from(posts)
      .where(
        and(
          wanted({ from: filter.from, before: filter.before }),
          from ? beyond(from.cursor, descending) : undefined,
        ),
      )
      .orderBy(by(posts.publishedAt), by(posts.id))
      .limit(LOOKED_AT)
      // By the name of the table, so that the filters mean it.
      .as(getTableName(posts));
    const found = await db
      .select({ id: posts.id, at: posts.publishedAt })
      .from(next)
      .where(wanted(filter))
      .orderBy(by(posts.publishedAt), by(posts.id))
      .limit(limit + 1);
    return found.length > limit ? found : null;
  }

  /**
   * All that pass, when they are few. The order is by far the best way to the first of many, and by far the worst to a
   * handful that stand at its end, or to none: it reads every post.
   */
  async function few(query: PostQuery, descending: boolean): Promise<Found[] | null> {
    const some = passing(query, descending).limit(MOST_COUNTED).as('some');
    const by = descending ? desc : asc;
    const found = await db
      .select({ id: some.id, at: some.at, all: sql<number>`(count(*) over ())::int` })
      .from(some)
      .orderBy(by(some.at), by(some.id))
      .limit(query.limit + 1);
    return (found[0]?.all ?? 0) < MOST_COUNTED ? found : null;
  }

  /** A page of them, in the order of the list, and whether there are more on its far side. */
  return async (query: PostQuery) => {
    const { order, from, limit } = query;
    const isBack = from?.way === 'back';
    const descending = (order === 'newest') !== isBack;
    const by = descending ? desc : asc;
    const found =
      (isNarrow(query.filter) ? ((await near(query, descending)) ?? (await few(query, descending))) : null) ??
      (await passing(query, descending)
        .orderBy(by(posts.publishedAt), by(posts.id))
        .limit(limit + 1));
    const hasMore = found.length > limit;
    const shown = found.slice(0, limit);
    return { shown: isBack ? shown.toReversed() : shown, hasMore, isBack };
  };
}
