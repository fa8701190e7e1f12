import { and, eq } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { DocumentPictureStore } from '../ports.ts';
import { putDerivative } from '../store.ts';
import { documentPictures } from '../tables.ts';

export function createDocumentPictureStore(db: Db): DocumentPictureStore {
  return {
    async of(sha) {
      const [row] = await db.select().from(documentPictures).where(eq(documentPictures.sha256, sha));
      return row?.pictures ?? [];
    },

    save: (row, pictures, at) =>
      db.transaction(async (transaction) => {
        const { sha256, kind } = row;
        await putDerivative(transaction, row, at);
        const own = and(eq(documentPictures.sha256, sha256), eq(documentPictures.kind, kind));
        await transaction.delete(documentPictures).where(own);
        if (pictures.length > 0)
          await transaction.insert(documentPictures).values({ sha256, kind, pictures });
      }),
  };
}
