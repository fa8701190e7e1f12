import { sql, type SQL } from 'drizzle-orm';
import type { CreatorId, PostId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { ReasonCode } from '../../core/ledger.ts';
import type { CreatorCounts, DriftCount } from './ledger.ports.ts';

type Missing = Partial<Record<ReasonCode, number>> | null;

type CountRow = Record<
  'posts' | 'readable' | 'waiting' | 'vanished' | 'media' | 'stored' | 'media_waiting',
  number
> & {
  id: string;
  name: string;
  source_id: string;
  post_count: number | null;
  stored_bytes: string;
  posts_missing: Missing;
  media_missing: Missing;
};

/** Reads as the index `archive_posts_ledger` does. */
export const isMissing = sql`(not p.readable and not p.detail_due)`;

/** Why the body of a post is not here; null when it is, or when it is still to come. The one place that says so. */
export const missingPost = sql`case
  when not ${isMissing} then null
  when p.vanished_at is not null then 'vanished'
  when p.locked then 'locked'
  else 'not-understood' end`;

export const ofCreator = (creatorId: CreatorId | null): SQL =>
  creatorId === null ? sql`true` : sql`p.creator_id = ${creatorId}`;

/**
 * Bytes that a creator uses more than once, which take their room once. Of one creator the places are few enough to tell
 * them all apart by their hash; of all an index says which hashes it has more than once, and only those are looked at.
 */
const repeated = (creatorId: CreatorId | null): SQL =>
  creatorId === null
    ? sql`select m.creator_id, (count(*) - 1) * max(m.stored_bytes) as bytes from ${places(creatorId)}
        and m.sha256 in (
          select sha256 from archive_post_media where sha256 is not null group by sha256 having count(*) > 1)
        group by m.creator_id, m.sha256`
    : sql`select creator_id, (sum(n) - 1) * max(each_bytes) as bytes from placed
        where sha256 is not null group by creator_id, sha256`;

const places = (creatorId: CreatorId | null): SQL =>
  sql`archive_post_media m
    where m.withdrawn_at is null and ${creatorId === null ? sql`true` : sql`m.creator_id = ${creatorId}`}`;

/** In one statement, so that all numbers are of one moment: the posts from an index, their media in one pass. */
export async function countByCreator(db: Db, creatorId: CreatorId | null): Promise<CreatorCounts[]> {
  const { rows } = await db.execute<CountRow>(sql`
    with told as (
      select p.creator_id, p.readable, p.detail_due and p.read_at is null as waiting,
        p.vanished_at is not null as vanished, ${missingPost} as reason, count(*)::int as n
      from archive_posts p where ${ofCreator(creatorId)} group by 1, 2, 3, 4, 5
    ),
    missing as (select creator_id, reason, sum(n)::int as n from told where reason is not null group by 1, 2),
    of_posts as (
      select creator_id, sum(n)::int as posts,
        sum(n) filter (where readable and not waiting)::int as readable,
        sum(n) filter (where waiting)::int as waiting,
        sum(n) filter (where vanished)::int as vanished,
        (select jsonb_object_agg(b.reason, b.n) from missing b where b.creator_id = told.creator_id) as missing
      from told group by creator_id
    ),
    placed as (
      select m.creator_id, m.state, ${creatorId === null ? sql`null` : sql`m.sha256`} as sha256,
        count(*)::int as n, sum(m.stored_bytes) as bytes, max(m.stored_bytes) as each_bytes
      from ${places(creatorId)} group by 1, 2, 3
    ),
    missing_media as (
      select m.creator_id, m.gap ->> 'code' as reason, count(*)::int as n
      from ${places(creatorId)} and m.state = 'gap' group by 1, 2
    ),
    repeated as (select creator_id, sum(bytes) as bytes from (${repeated(creatorId)}) by_hash group by creator_id),
    of_media as (
      select creator_id, sum(n)::int as media, sum(bytes) as bytes,
        sum(n) filter (where state = 'stored')::int as stored,
        sum(n) filter (where state = 'waiting')::int as media_waiting,
        (select jsonb_object_agg(b.reason, b.n) from missing_media b where b.creator_id = placed.creator_id) as missing
      from placed group by creator_id
    )
    select c.id, c.name, c.source_id, c.post_count,
      coalesce(o.posts, 0) as posts, coalesce(o.readable, 0) as readable, coalesce(o.waiting, 0) as waiting,
      coalesce(o.vanished, 0) as vanished, o.missing as posts_missing,
      coalesce(m.media, 0) as media, coalesce(m.stored, 0) as stored,
      coalesce(m.media_waiting, 0) as media_waiting, m.missing as media_missing,
      (coalesce(m.bytes, 0) - coalesce(r.bytes, 0))::text as stored_bytes
    from archive_creators c
      left join of_posts o on o.creator_id = c.id
      left join of_media m on m.creator_id = c.id
      left join repeated r on r.creator_id = c.id
    where (c.selected or o.posts > 0) and ${creatorId === null ? sql`true` : sql`c.id = ${creatorId}`}
    order by lower(c.name), c.id`);
  return rows.map(toCounts);
}

const toCounts = (row: CountRow): CreatorCounts => ({
  creatorId: row.id as CreatorCounts['creatorId'],
  creatorName: row.name,
  sourceId: row.source_id as CreatorCounts['sourceId'],
  postsStated: row.post_count,
  posts: row.posts,
  postsReadable: row.readable,
  postsWaiting: row.waiting,
  postsVanished: row.vanished,
  postsMissing: row.posts_missing ?? {},
  media: row.media,
  mediaStored: row.stored,
  mediaWaiting: row.media_waiting,
  mediaMissing: row.media_missing ?? {},
  storedBytes: Number(row.stored_bytes),
});

type DriftRow = {
  plugin: string;
  what: DriftCount['what'];
  name: string;
  post_count: number;
  first_seen_at: string;
  last_seen_at: string;
  example_post: string;
};

/** Counted from the posts that have any, which an index names. */
export async function countDrift(db: Db, limit: number): Promise<DriftCount[]> {
  const { rows } = await db.execute<DriftRow>(sql`
    select s.plugin, d.one ->> 'what' as what, d.one ->> 'name' as name, count(distinct p.id)::int as post_count,
      min(p.first_seen_at)::text as first_seen_at, max(p.last_seen_at)::text as last_seen_at,
      min(p.id) as example_post
    from archive_posts p
      join archive_creators c on c.id = p.creator_id
      join archive_sources s on s.id = c.source_id
      cross join lateral jsonb_array_elements(p.drift) as d(one)
    where p.drift <> '[]'::jsonb
    group by 1, 2, 3
    order by post_count desc, 1, 2, 3
    limit ${limit}`);
  return rows.map(({ plugin, what, name, post_count, first_seen_at, last_seen_at, example_post }) => ({
    plugin,
    what,
    name,
    postCount: post_count,
    firstSeenAt: new Date(first_seen_at),
    lastSeenAt: new Date(last_seen_at),
    examplePost: example_post as PostId,
  }));
}
