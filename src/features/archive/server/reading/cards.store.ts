import { inArray, sql } from 'drizzle-orm';
import type { PostId, Sha256 } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import { excerptOf, minutesToRead } from '../../core/reading/plain-text.ts';
import type { PostCard, ShownPicture } from '../../core/reading/shown.ts';
import { postMedia } from '../media/post-media.tables.ts';
import { posts } from '../posts.tables.ts';
import { creators } from '../tables.ts';

const EXCERPT_LETTERS = 180;

const columns = {
  id: posts.id,
  creatorId: posts.creatorId,
  creatorName: creators.name,
  kind: posts.kind,
  title: posts.title,
  teaser: posts.teaser,
  blocks: posts.blocks,
  publishedAt: posts.publishedAt,
  locked: posts.locked,
  readable: posts.readable,
  vanishedAt: posts.vanishedAt,
  commentCount: posts.commentCount,
};

type MediaSummary = {
  id: PostId;
  pictures: number;
  files: number;
  gaps: number;
  ms: number | null;
  cover: Sha256 | null;
  coverKind: ShownPicture['kind'] | null;
};

/** A cover goes before the pictures of the post, those before a frame of its film, and that before the first page of a PDF. */
async function mediaOf(db: Db, ids: readonly PostId[]): Promise<ReadonlyMap<PostId, MediaSummary>> {
  const isPicture = sql`${postMedia.kind} = 'image' and ${postMedia.role} in ('gallery', 'inline', 'main', 'product')`;
  const isPdf = sql`${postMedia.kind} = 'file' and (${postMedia.mimeType} = 'application/pdf' or ${postMedia.fileName} ilike '%.pdf')`;
  const hasFace = sql`${postMedia.sha256} is not null and (${postMedia.kind} in ('image', 'video') or ${isPdf})`;
  const byWorth = sql`${postMedia.role} = 'cover' desc, ${postMedia.kind} = 'image' desc, ${postMedia.kind} = 'video' desc, ${postMedia.position}`;
  const rows = await db
    .select({
      id: postMedia.postId,
      pictures: sql<number>`(count(*) filter (where ${isPicture}))::int`,
      files: sql<number>`(count(*) filter (where ${postMedia.role} = 'attachment'))::int`,
      gaps: sql<number>`(count(*) filter (where ${postMedia.state} = 'gap'))::int`,
      ms: sql<
        number | null
      >`max(${postMedia.durationMs}) filter (where ${postMedia.kind} in ('audio', 'video'))`,
      cover: sql<Sha256 | null>`(array_agg(${postMedia.sha256} order by ${byWorth}) filter (where ${hasFace}))[1]`,
      coverKind: sql<
        MediaSummary['coverKind']
      >`(array_agg(${postMedia.kind} order by ${byWorth}) filter (where ${hasFace}))[1]`,
    })
    .from(postMedia)
    .where(sql`${inArray(postMedia.postId, [...ids])} and ${postMedia.withdrawnAt} is null`)
    .groupBy(postMedia.postId);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The cards of these posts, in the order of the ids. */
export async function readCards(db: Db, ids: readonly PostId[]): Promise<PostCard[]> {
  if (ids.length === 0) return [];
  const [rows, media] = await Promise.all([
    db
      .select(columns)
      .from(posts)
      .innerJoin(creators, sql`${creators.id} = ${posts.creatorId}`)
      .where(inArray(posts.id, [...ids])),
    mediaOf(db, ids),
  ]);
  const cards = new Map(rows.map((row) => [row.id, cardOf(row, media.get(row.id))]));
  return ids.flatMap((id) => cards.get(id) ?? []);
}

type Row = Pick<typeof posts.$inferSelect, Exclude<keyof typeof columns, 'creatorName'>> & {
  creatorName: string;
};

const noMedia = { pictures: 0, files: 0, gaps: 0, ms: null, cover: null, coverKind: null };

function cardOf(row: Row, media: Omit<MediaSummary, 'id'> = noMedia): PostCard {
  const { creatorId, creatorName, blocks, teaser, ...rest } = row;
  const { cover, coverKind, ms, pictures, files, gaps } = media;
  return {
    ...rest,
    creator: { id: creatorId, name: creatorName },
    excerpt: excerptOf(blocks, EXCERPT_LETTERS) ?? teaser,
    minutes: minutesToRead(blocks),
    pictures,
    files,
    gaps,
    durationMs: ms,
    cover: cover && coverKind && { sha256: cover, kind: coverKind, look: null },
  };
}
