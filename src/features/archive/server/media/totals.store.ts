import { asc, eq, isNotNull, lt, sql } from 'drizzle-orm';
import type { CreatorId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { MediaKind } from '../../core/media.ts';
import { mediaFiles } from './media.tables.ts';
import { postMedia } from './post-media.tables.ts';
import { creators } from '../tables.ts';

type Amount = { files: number; bytes: number };

export type MediaTotals = Amount & {
  damaged: number;
  orphans: number;
  orphanBytes: number;
  byKind: readonly (Amount & { kind: MediaKind })[];
};

export type CreatorBytes = Amount & { creatorId: CreatorId; creator: string; kind: MediaKind };

export type FileTotals = ReturnType<typeof createFileTotals>;

/** How much of what there is. */
export function createFileTotals(db: Db) {
  return {
    async read(): Promise<MediaTotals> {
      const files = sql<number>`count(*)::int`;
      const bytes = sql<number>`coalesce(sum(${mediaFiles.sizeBytes}), 0)::float8`;
      const byKind = await db
        .select({
          kind: mediaFiles.kind,
          files,
          bytes,
          damaged: sql<number>`count(${mediaFiles.damagedAt})::int`,
          orphans: sql<number>`count(${mediaFiles.orphanedAt})::int`,
          orphanBytes: sql<number>`coalesce(sum(${mediaFiles.sizeBytes}) filter (where ${mediaFiles.orphanedAt} is not null), 0)::float8`,
        })
        .from(mediaFiles)
        .groupBy(mediaFiles.kind)
        .orderBy(asc(mediaFiles.kind));
      const sum = (value: (row: (typeof byKind)[number]) => number) => sumOf(byKind.map(value));
      return {
        files: sum((row) => row.files),
        bytes: sum((row) => row.bytes),
        damaged: sum((row) => row.damaged),
        orphans: sum((row) => row.orphans),
        orphanBytes: sum((row) => row.orphanBytes),
        byKind: byKind.map((row) => ({ kind: row.kind, files: row.files, bytes: row.bytes })),
      };
    },

    /** Files whose last proof is older than that. */
    proofsDue: (before: Date): Promise<number> => db.$count(mediaFiles, lt(mediaFiles.verifiedAt, before)),

    /** What somebody may have to know at once. */
    async concerns(): Promise<{ damaged: number; waiting: number }> {
      const [damaged, waiting] = await Promise.all([
        db.$count(mediaFiles, isNotNull(mediaFiles.damagedAt)),
        db.$count(postMedia, eq(postMedia.state, 'waiting')),
      ]);
      return { damaged, waiting };
    },

    /** A file that two creators use is counted with both, once each. */
    byCreator(): Promise<CreatorBytes[]> {
      const used = db
        .selectDistinct({ creatorId: postMedia.creatorId, sha256: postMedia.sha256 })
        .from(postMedia)
        .where(isNotNull(postMedia.sha256))
        .as('used');
      return db
        .select({
          creatorId: creators.id,
          creator: creators.name,
          kind: mediaFiles.kind,
          files: sql<number>`count(*)::int`,
          bytes: sql<number>`sum(${mediaFiles.sizeBytes})::float8`,
        })
        .from(used)
        .innerJoin(mediaFiles, eq(mediaFiles.sha256, used.sha256))
        .innerJoin(creators, eq(creators.id, used.creatorId))
        .groupBy(creators.id, creators.name, mediaFiles.kind)
        .orderBy(asc(creators.name), asc(creators.id), asc(mediaFiles.kind));
    },
  };
}

const sumOf = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
