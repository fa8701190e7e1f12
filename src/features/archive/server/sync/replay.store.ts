import { and, asc, eq, gt, ne, sql } from 'drizzle-orm';
import type { PostId, PostMediaId, RevisionId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import { sortedJson } from '../../core/shown.ts';
import { chooseShown } from '../../core/revisions.ts';
import type { Plugin } from '../ports.ts';
import { posts, revisions } from '../posts.tables.ts';
import { creators, sources } from '../tables.ts';
import { revisionsOf, shownBy, type PostRow } from './copies.store.ts';
import { placeMedia } from './post-media.store.ts';
import { readCopy, unreadableDrift } from './read-copy.ts';
import type { ReadCopy } from './sync.ports.ts';

type Replay = { row: PostRow; plugin: Pick<Plugin, 'read' | 'parserVersion'>; newId: () => string };

export type Replayed = {
  wanted: PostMediaId[];
  /** Whether what is shown is another than before. */
  changed: boolean;
  /** Why none of its answers could be read; what was shown stays. */
  unreadable: string | null;
};

/**
 * Derives everything of a post from its raw answers again, all of them: one that an older parser could not read may be
 * the one to show. Their digests are made anew too, or the next answer would look like a new revision.
 */
export async function replayRow(transaction: Db, replay: Replay): Promise<Replayed> {
  const { row, plugin, newId } = replay;
  const { externalId } = row;
  const stored = await revisionsOf(transaction, row.id);
  const copies = stored.map(({ id, raw, digest }) => ({
    id,
    oldDigest: digest,
    ...readCopy(plugin, { externalId, raw }),
  }));
  await renewDigests(transaction, copies);
  const listed = row.listedRaw === null ? null : readCopy(plugin, { externalId, raw: row.listedRaw });
  const best = chooseShown(copies);
  const chosen = best ?? (row.currentRevision === null ? listed : null);
  const post = chosen?.post ?? null;
  if (chosen === null || post === null)
    return noteUnreadable(transaction, replay, stored.at(-1)?.raw ?? row.listedRaw);
  const shown = shownBy(post, chosen);
  const currentRevision = best?.id ?? null;
  await transaction
    .update(posts)
    .set({ ...shown, changedAt: sql`now()`, ...(currentRevision ? { currentRevision } : {}) })
    .where(eq(posts.id, row.id));
  const wanted = currentRevision ? await placeMedia(transaction, row, post, newId) : [];
  return { wanted, changed: visible(row) !== visible(shown), unreadable: null };
}

type Renewed = { id: RevisionId; digest: string; oldDigest: string; holds: ReadCopy['holds'] };

async function renewDigests(transaction: Db, copies: readonly Renewed[]): Promise<void> {
  for (const { id, digest, holds, oldDigest } of copies) {
    if (digest === oldDigest) continue;
    await transaction
      .update(revisions)
      .set({ digest, locked: holds === 'locked' })
      .where(eq(revisions.id, id));
  }
}

/** What was shown stays, and the post says what the parser stumbled over. */
async function noteUnreadable(transaction: Db, { row, plugin }: Replay, raw: unknown): Promise<Replayed> {
  const { externalId } = row;
  const { parserVersion } = plugin;
  const drift = raw === null ? [] : unreadableDrift(plugin, { externalId, raw });
  await transaction.update(posts).set({ parserVersion, drift }).where(eq(posts.id, row.id));
  return { wanted: [], changed: false, unreadable: drift[0]?.name ?? 'no answer is kept' };
}

const visible = ({
  title,
  kind,
  blocks,
  tags,
}: Pick<PostRow, 'title' | 'kind' | 'blocks' | 'tags'>): string => sortedJson({ title, kind, blocks, tags });

export type ReplayFilter = {
  plugin: string;
  /** Only those that another version derived. */
  not: number | null;
  after: PostId | null;
  limit: number;
};

export const postsToReplay = async (
  db: Db,
  { plugin, not, after, limit }: ReplayFilter,
): Promise<PostId[]> => {
  const rows = await db
    .select({ id: posts.id })
    .from(posts)
    .innerJoin(creators, eq(creators.id, posts.creatorId))
    .innerJoin(sources, eq(sources.id, creators.sourceId))
    .where(
      and(
        eq(sources.plugin, plugin),
        not === null ? undefined : ne(posts.parserVersion, not),
        after === null ? undefined : gt(posts.id, after),
      ),
    )
    .orderBy(asc(posts.id))
    .limit(limit);
  return rows.map(({ id }) => id);
};

/** What a replay is judged by: the same raw answers, counted as they are shown. */
export async function countShown(db: Db, plugin: string) {
  const { rows } = await db.execute<Record<'posts' | 'readable' | 'blocks' | 'media' | 'drift', number>>(sql`
    select count(*)::int as posts,
      count(*) filter (where p.readable)::int as readable,
      coalesce(sum(jsonb_array_length(p.blocks)), 0)::int as blocks,
      coalesce(sum((select count(*) from archive_post_media m where m.post_id = p.id and m.withdrawn_at is null)), 0)::int
        as media,
      coalesce(sum(jsonb_array_length(p.drift)), 0)::int as drift
    from archive_posts p
      join archive_creators c on c.id = p.creator_id
      join archive_sources s on s.id = c.source_id
    where s.plugin = ${plugin}`);
  return rows[0] ?? { posts: 0, readable: 0, blocks: 0, media: 0, drift: 0 };
}
