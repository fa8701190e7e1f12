import { and, eq, inArray, isNull } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Sha256 } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import { postMedia } from './post-media.tables.ts';

const captions = alias(postMedia, 'captions');
const ofTheSamePost = and(
  eq(captions.postId, postMedia.postId),
  eq(captions.of, postMedia.externalId),
  eq(captions.role, 'captions'),
  isNull(captions.withdrawnAt),
  inArray(captions.state, ['waiting', 'stored']),
);

/** Which captions belong to which sounds and films, for whoever listens to those without. */
export function createCaptionLibrary(db: Db) {
  return {
    /** Of a sound or film: for each of its places of today, the captions that belong to it; null are still to come. */
    async captionsOf(sha256: Sha256): Promise<{ sha256: Sha256 | null }[][]> {
      const rows = await db
        .select({ place: postMedia.id, captions: captions.id, sha256: captions.sha256 })
        .from(postMedia)
        .leftJoin(captions, ofTheSamePost)
        .where(and(eq(postMedia.sha256, sha256), isNull(postMedia.withdrawnAt)));
      const places = Map.groupBy(rows, ({ place }) => place);
      return [...places.values()].map((all) =>
        all.flatMap((row) => (row.captions === null ? [] : [{ sha256: row.sha256 }])),
      );
    },

    /** The sounds and films that captions belong to. */
    async captionedBy(sha256: Sha256): Promise<Sha256[]> {
      const rows = await db
        .selectDistinct({ sha256: postMedia.sha256 })
        .from(postMedia)
        .innerJoin(captions, ofTheSamePost)
        .where(and(eq(captions.sha256, sha256), isNull(postMedia.withdrawnAt)));
      return rows.flatMap((row) => row.sha256 ?? []);
    },
  };
}
