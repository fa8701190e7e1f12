import { and, desc, eq, ne, notInArray } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import { noMeaningModel } from '../../core/meaning/model.ts';
import type { KnownEmbedder, MeaningStore, StoredMeaningModel } from '../ports.ts';
import { embedders, models } from '../tables.ts';

const THE_ONLY_ROW = 1;

export function createMeaningStore(db: Db): MeaningStore {
  const read = async (): Promise<StoredMeaningModel> => {
    const [row] = await db.select({ meaning: models.meaning }).from(models);
    return { ...noMeaningModel, sealedKey: null, chosen: null, ...row?.meaning };
  };
  const write = (inside: Pick<Db, 'insert'>, meaning: StoredMeaningModel) =>
    inside
      .insert(models)
      .values({ id: THE_ONLY_ROW, meaning })
      .onConflictDoUpdate({ target: models.id, set: { meaning } });

  return {
    read,
    save: async (model) => void (await write(db, model)),

    async embedders() {
      const rows = await db.select().from(embedders).orderBy(desc(embedders.chosenAt), embedders.id);
      return rows.map(known);
    },

    async find(id) {
      const [row] = await db.select().from(embedders).where(eq(embedders.id, id));
      return row ? known(row) : null;
    },

    async choose(model, embedder, chosenAt) {
      const row = { ...embedder, chosenAt };
      await db.transaction(async (inside) => {
        await inside.insert(embedders).values(row).onConflictDoUpdate({ target: embedders.id, set: row });
        await write(inside, model);
      });
    },

    async keepOnly(ids) {
      const { chosen } = await read();
      await db
        .delete(embedders)
        .where(
          and(
            ids.length > 0 ? notInArray(embedders.id, [...ids]) : undefined,
            chosen === null ? undefined : ne(embedders.id, chosen),
          ),
        );
    },
  };
}

const known = ({ chosenAt: _, ...row }: typeof embedders.$inferSelect): KnownEmbedder => row;
