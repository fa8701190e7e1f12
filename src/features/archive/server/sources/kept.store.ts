import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { SourceId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { Kept, RawPost } from '../ports.ts';
import { posts, revisions } from '../posts.tables.ts';
import { creators } from '../tables.ts';

/** What lists told after the newest revision was kept is newer than it. */
const raw = sql<unknown>`coalesce(${posts.listedRaw}, ${revisions.raw})`;

/** What a source told of its posts: of this one source, and of no other. */
export function createKept(db: Db, sourceId: SourceId): Kept {
  const told = () =>
    db
      .select({ externalId: posts.externalId, raw })
      .from(posts)
      .innerJoin(creators, eq(creators.id, posts.creatorId))
      .leftJoin(revisions, eq(revisions.id, posts.currentRevision));
  const ofSource = eq(creators.sourceId, sourceId);

  return {
    async post(externalId): Promise<RawPost | null> {
      const [row] = await told().where(and(ofSource, eq(posts.externalId, externalId)));
      return row ?? null;
    },
    posts: (creatorId) =>
      told()
        .where(and(ofSource, eq(creators.externalId, creatorId)))
        .orderBy(desc(posts.lastSeenAt), desc(posts.id)),
    async hasAny() {
      const [row] = await db
        .select({ id: posts.id })
        .from(posts)
        .innerJoin(creators, eq(creators.id, posts.creatorId))
        .where(and(ofSource, isNull(posts.vanishedAt)))
        .limit(1);
      return row !== undefined;
    },
  };
}
