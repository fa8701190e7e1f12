import { and, asc, count, eq, gte, sql } from 'drizzle-orm';
import type { Sha256 } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { ShownPicture } from '../../core/reading/shown.ts';
import { mediaFiles } from '../media/media.tables.ts';
import { postMedia } from '../media/post-media.tables.ts';
import { posts } from '../posts.tables.ts';
import { creators, sources } from '../tables.ts';
import { collectionsOf } from './collections.store.ts';
import type { ReadingStore } from './reading.ports.ts';

const picture = (sha256: Sha256 | null): ShownPicture | null =>
  sha256 && { sha256, kind: 'image', look: null };

/** One step into an index for each creator, where a maximum over all posts would read them all. */
const newestPostAt = sql<Date | null>`(
  select p.published_at from ${posts} p where p.creator_id = ${creators.id}
  order by p.published_at desc, p.id desc limit 1)`.mapWith(posts.publishedAt);

/** A damaged picture is none, until the next sync has fetched it again: there are the first letters of the name. */
const sound = (sha: typeof creators.avatarSha | typeof creators.coverSha) =>
  sql<Sha256 | null>`(
    select f.sha256 from ${mediaFiles} f where f.sha256 = ${sha} and f.damaged_at is null)`;

/** Of every creator on a page, so no more than that shows. */
const cardColumns = {
  id: creators.id,
  name: creators.name,
  membership: creators.membership,
  selected: creators.selected,
  avatarSha: sound(creators.avatarSha),
  source: { id: sources.id, name: sources.name },
  newestPostAt,
};

const pageColumns = {
  externalId: creators.externalId,
  url: creators.url,
  summary: creators.summary,
  tiers: creators.tiers,
  syncedAt: creators.syncedAt,
  coverSha: sound(creators.coverSha),
};

const withAvatar = <Row extends { avatarSha: Sha256 | null }>({ avatarSha, ...row }: Row) => ({
  ...row,
  avatar: picture(avatarSha),
});

export function createCreatorStore(
  db: Db,
): Pick<ReadingStore, 'creators' | 'creator' | 'counts' | 'storedBytes'> {
  return {
    async creators() {
      const rows = await db
        .select(cardColumns)
        .from(creators)
        .innerJoin(sources, eq(sources.id, creators.sourceId))
        .orderBy(sql`${newestPostAt} desc nulls last`, asc(creators.id));
      return rows.map(withAvatar);
    },

    async creator(id) {
      const [[row], collections] = await Promise.all([
        db
          .select({ ...cardColumns, ...pageColumns })
          .from(creators)
          .innerJoin(sources, eq(sources.id, creators.sourceId))
          .where(eq(creators.id, id)),
        collectionsOf(db, { creatorId: id }),
      ]);
      if (!row) return null;
      const { coverSha, ...creator } = row;
      return { ...withAvatar(creator), cover: picture(coverSha), collections };
    },

    async counts(since) {
      const [[ownSources], [own], [fresh], [gaps]] = await Promise.all([
        db.select({ count: count() }).from(sources),
        db.select({ count: count() }).from(creators),
        db.select({ count: count() }).from(posts).where(gte(posts.firstSeenAt, since)),
        db
          .select({ count: count() })
          .from(postMedia)
          .where(and(eq(postMedia.state, 'gap'), sql`${postMedia.withdrawnAt} is null`)),
      ]);
      return {
        sources: ownSources?.count ?? 0,
        creators: own?.count ?? 0,
        newPosts: fresh?.count ?? 0,
        gaps: gaps?.count ?? 0,
      };
    },

    async storedBytes() {
      const [files] = await db
        .select({ bytes: sql<number>`coalesce(sum(${mediaFiles.sizeBytes}), 0)::float8` })
        .from(mediaFiles);
      return files?.bytes ?? 0;
    },
  };
}
