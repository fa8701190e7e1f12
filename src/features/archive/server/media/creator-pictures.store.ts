import { and, asc, eq } from 'drizzle-orm';
import type { CreatorId, Sha256, SourceId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { PicturedCreator, PictureRole } from '../../core/creator-pictures.ts';
import { creators } from '../tables.ts';

export type CreatorPictureRows = ReturnType<typeof createCreatorPictureRows>;

export function createCreatorPictureRows(db: Db) {
  return {
    /** Those whose posts are fetched. */
    of: (sourceId: SourceId): Promise<PicturedCreator[]> =>
      db
        .select({
          id: creators.id,
          externalId: creators.externalId,
          avatar: creators.avatarVersion,
          cover: creators.coverVersion,
        })
        .from(creators)
        .where(and(eq(creators.sourceId, sourceId), eq(creators.selected, true)))
        .orderBy(asc(creators.id)),

    async attach(
      transaction: Db,
      { creatorId, role }: { creatorId: CreatorId; role: PictureRole },
      { sha256, version }: { sha256: Sha256; version: string },
    ): Promise<void> {
      const set =
        role === 'avatar'
          ? { avatarSha: sha256, avatarVersion: version }
          : { coverSha: sha256, coverVersion: version };
      await transaction.update(creators).set(set).where(eq(creators.id, creatorId));
    },
  };
}

/** Its bytes are damaged, so whatever the source tells of it is another picture. */
export async function forgetVersionsOf(transaction: Db, sha256: Sha256): Promise<void> {
  await transaction.update(creators).set({ avatarVersion: null }).where(eq(creators.avatarSha, sha256));
  await transaction.update(creators).set({ coverVersion: null }).where(eq(creators.coverSha, sha256));
}
