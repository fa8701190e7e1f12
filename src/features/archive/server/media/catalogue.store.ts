import { asc, eq, gt } from 'drizzle-orm';
import type { Sha256 } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import { mediaFiles } from '../tables.ts';
import type { MediaStore } from './ports.ts';

const columns = { sha256: mediaFiles.sha256, kind: mediaFiles.kind, mimeType: mediaFiles.mimeType };

/** The media files as those see them who make something out of each: which there are, and where their bytes lie. */
export function createMediaCatalogue(db: Db, store: Pick<MediaStore, 'sizeOf' | 'pathOf'>) {
  return {
    find: async (sha256: Sha256) =>
      (await db.select(columns).from(mediaFiles).where(eq(mediaFiles.sha256, sha256)))[0] ?? null,

    after: (sha256: Sha256 | null, limit: number) =>
      db
        .select(columns)
        .from(mediaFiles)
        .where(sha256 ? gt(mediaFiles.sha256, sha256) : undefined)
        .orderBy(asc(mediaFiles.sha256))
        .limit(limit),

    /** A folder that is not there is not a file that is gone. */
    async locate(sha256: Sha256) {
      const size = await store.sizeOf(sha256);
      if (!size.known) return { is: 'store-missing' } as const;
      return size.value === null
        ? ({ is: 'gone' } as const)
        : ({ is: 'here', path: store.pathOf(sha256) } as const);
    },
  };
}
