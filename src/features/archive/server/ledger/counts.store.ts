import { sql } from 'drizzle-orm';
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

/** Why the body of a post is not here; null when it is, or when it is still to come. The one place that says so. */
export const missingPost = sql`case
  when p.readable or p.detail_due then null
  when p.vanished_at is not null then 'vanished'
  when p.locked then 'locked'
  else 'not-understood' end`;

/** One pass over the posts and one over their media, whatever the number of creators. */
export async function countByCreator(db: Db, creatorId: CreatorId | null): Promise<CreatorCounts[]> {
  const { rows } = await db.execute<CountRow>(sql`
    with told as (
      select p.creator_id, p.readable, p.vanished_at, p.detail_due and p.read_at is null as waiting,
        ${missingPost} as reason
      from archive_posts p
      where ${creatorId}::text is null or p.creator_id = ${creatorId}
    ),
    by_reason as (select creator_id, reason, count(*) as n from told where reason is not null group by 1, 2),
    of_posts as (
      select creator_id, count(*)::int as posts,
        count(*) filter (where readable and not waiting)::int as readable,
        count(*) filter (where waiting)::int as waiting,
        count(*) filter (where vanished_at is not null)::int as vanished,
        (select jsonb_object_agg(reason, n) from by_reason b where b.creator_id = told.creator_id) as missing
      from told group by creator_id
    ),
    places as (
      select p.creator_id, m.state, m.gap ->> 'code' as reason, m.sha256
      from archive_post_media m join archive_posts p on p.id = m.post_id
      where m.withdrawn_at is null and (${creatorId}::text is null or p.creator_id = ${creatorId})
    ),
    places_by_reason as (
      select creator_id, reason, count(*) as n from places where state = 'gap' group by 1, 2
    ),
    of_media as (
      select creator_id, count(*)::int as media,
        count(*) filter (where state = 'stored')::int as stored,
        count(*) filter (where state = 'waiting')::int as media_waiting,
        (select jsonb_object_agg(reason, n) from places_by_reason b where b.creator_id = places.creator_id) as missing
      from places group by creator_id
    ),
    bytes as (
      select creator_id, sum(f.size_bytes)::text as stored_bytes
      from (select distinct creator_id, sha256 from places where sha256 is not null) one
        join archive_media_files f on f.sha256 = one.sha256
      group by creator_id
    )
    select c.id, c.name, c.source_id, c.post_count,
      coalesce(o.posts, 0) as posts, coalesce(o.readable, 0) as readable, coalesce(o.waiting, 0) as waiting,
      coalesce(o.vanished, 0) as vanished, o.missing as posts_missing,
      coalesce(m.media, 0) as media, coalesce(m.stored, 0) as stored,
      coalesce(m.media_waiting, 0) as media_waiting, m.missing as media_missing,
      coalesce(b.stored_bytes, '0') as stored_bytes
    from archive_creators c
      left join of_posts o on o.creator_id = c.id
      left join of_media m on m.creator_id = c.id
      left join bytes b on b.creator_id = c.id
    where (c.selected or o.posts > 0) and (${creatorId}::text is null or c.id = ${creatorId})
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
