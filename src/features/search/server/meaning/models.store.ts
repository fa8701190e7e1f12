import { asc, eq } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { ModelsStore } from '../ports.ts';
import { searchModels, searchVectorBits, searchVectors } from '../tables.ts';
import type { CandidatesOf } from './candidates.ts';

export const createModelsStore = (db: Db, candidatesOf: CandidatesOf): ModelsStore => ({
  kept: () => db.select().from(searchModels).orderBy(asc(searchModels.number)),

  async keep({ id, name, dimensions }) {
    const fresh = { id, name, dimensions, isWhole: false, total: 0, embedded: 0 };
    const [row] = await db
      .insert(searchModels)
      .values(fresh)
      .onConflictDoUpdate({ target: searchModels.id, set: { name } })
      .returning();
    if (!row) throw new Error('a model that was kept is not there');
    return row;
  },

  async saveCounts({ number }, counts) {
    await db.update(searchModels).set(counts).where(eq(searchModels.number, number));
  },

  async makeWhole({ number }) {
    await db.update(searchModels).set({ isWhole: true }).where(eq(searchModels.number, number));
  },

  remove: (model) =>
    db.transaction(async (transaction) => {
      await candidatesOf(model).remove(transaction, model);
      // Also those from before the server had something better.
      await transaction.delete(searchVectorBits).where(eq(searchVectorBits.model, model.number));
      await transaction.delete(searchVectors).where(eq(searchVectors.model, model.number));
      await transaction.delete(searchModels).where(eq(searchModels.number, model.number));
    }),
});
