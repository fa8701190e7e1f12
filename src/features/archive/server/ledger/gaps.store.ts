import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { CreatorId, PostId, PostMediaId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { Gap, MissingReason, ReasonCode } from '../../core/ledger.ts';
import type { MediaKind } from '../../core/media.ts';
import { reopenMedia } from '../sync/post-media.store.ts';
import type { Later } from '../sync/sync.ports.ts';
import { postMedia } from '../media/post-media.tables.ts';
import { posts } from '../posts.tables.ts';
import { countByCreator, countDrift, isMissing, missingPost, ofCreator } from './counts.store.ts';
import type { GapFilter, LedgerStore } from './ledger.ports.ts';

type GapRow = {
  id: Gap['id'];
  creator_id: string;
  creator_name: string;
  post_id: string;
  title: string | null;
  published_ms: string;
  reason: MissingReason;
  kind: MediaKind | null;
  file_name: string | null;
};

export function createLedgerStore(db: Db, later: Later): LedgerStore {
  const reopen = (which: { posts: readonly PostId[]; media: readonly PostMediaId[] }): Promise<number> =>
    db.transaction(async (transaction) => {
      const media = await reopenMedia(transaction, which.media);
      const asked = await dueAgain(transaction, which.posts);
      await later.fetchMedia(transaction, media);
      await later.readPosts(transaction, asked);
      return media.length + asked.length;
    });

  return {
    counts: (creatorId) => countByCreator(db, creatorId),
    gaps: (filter) => listGaps(db, filter),
    drift: (limit) => countDrift(db, limit),
    reopen,

    async reopenAll(creatorId, reason) {
      const [ofPosts, ofMedia] = await Promise.all([
        missingPosts(db, creatorId, reason),
        missingMedia(db, creatorId, reason),
      ]);
      return reopen({ posts: ofPosts, media: ofMedia });
    },
  };
}

/** What has vanished for good may be asked for once more, too: it may be back. */
async function dueAgain(transaction: Db, ids: readonly PostId[]): Promise<PostId[]> {
  if (ids.length === 0) return [];
  const asked = await transaction
    .update(posts)
    .set({ detailDue: true })
    .where(and(inArray(posts.id, [...ids]), sql`not ${posts.readable}`))
    .returning({ id: posts.id });
  return asked.map(({ id }) => id);
}

async function missingPosts(db: Db, creatorId: CreatorId, reason: ReasonCode | null): Promise<PostId[]> {
  const { rows } = await db.execute<{ id: PostId }>(sql`
    select p.id from archive_posts p
    where p.creator_id = ${creatorId} and ${isMissing}
      and (${reason}::text is null or ${missingPost} = ${reason})`);
  return rows.map(({ id }) => id);
}

async function missingMedia(db: Db, creatorId: CreatorId, reason: ReasonCode | null): Promise<PostMediaId[]> {
  const rows = await db
    .select({ id: postMedia.id })
    .from(postMedia)
    .where(
      and(
        eq(postMedia.creatorId, creatorId),
        eq(postMedia.state, 'gap'),
        isNull(postMedia.withdrawnAt),
        // media of a locked post come with the post
        reason === null
          ? sql`${postMedia.gap} ->> 'code' <> 'locked'`
          : sql`${postMedia.gap} ->> 'code' = ${reason}`,
      ),
    );
  return rows.map(({ id }) => id);
}

async function listGaps(db: Db, { creatorId, reason, after, limit }: GapFilter): Promise<Gap[]> {
  const before = after
    ? sql`where (g.published_at, g.id) < (${after.publishedAt.toISOString()}::timestamptz, ${after.id})`
    : sql``;
  const isOwn = creatorId === null ? sql`true` : sql`m.creator_id = ${creatorId}`;
  const { rows } = await db.execute<GapRow>(sql`
    select g.id, g.creator_id, c.name as creator_name, g.post_id, g.title, g.reason, g.kind, g.file_name,
      (extract(epoch from g.published_at) * 1000)::text as published_ms
    from (
      select 'post-' || p.id as id, p.creator_id, p.id as post_id, p.title, p.published_at,
        case ${missingPost} when 'locked' then jsonb_build_object('code', 'locked', 'tiers', to_jsonb(p.tiers))
          else jsonb_build_object('code', ${missingPost}) end as reason,
        null as kind, null as file_name
      from archive_posts p where ${ofCreator(creatorId)} and ${isMissing}
        and (${reason}::text is null or ${missingPost} = ${reason})
      union all
      select 'media-' || m.id, p.creator_id, p.id, p.title, p.published_at, m.gap, m.kind, m.file_name
      from archive_post_media m join archive_posts p on p.id = m.post_id
      where ${isOwn} and m.state = 'gap' and m.withdrawn_at is null
        and (${reason}::text is null or m.gap ->> 'code' = ${reason})
    ) g join archive_creators c on c.id = g.creator_id
    ${before}
    order by g.published_at desc, g.id desc
    limit ${limit}`);
  return rows.map(toGap);
}

const toGap = (row: GapRow): Gap => ({
  id: row.id,
  creatorId: row.creator_id as CreatorId,
  creatorName: row.creator_name,
  postId: row.post_id as PostId,
  postTitle: row.title,
  publishedAt: new Date(Number(row.published_ms)),
  media: row.kind === null ? null : { kind: row.kind, fileName: row.file_name },
  reason: row.reason,
});
