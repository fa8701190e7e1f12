import type { Db } from '#server/platform/db.ts';
import { noSpeechModel } from '../../core/speech/model.ts';
import type { ModelStore } from '../ports.ts';
import { models } from '../tables.ts';

const THE_ONLY_ROW = 1;

export function createModelStore(db: Db): ModelStore {
  return {
    async read() {
      const [row] = await db.select().from(models);
      return { ...noSpeechModel, sealedKey: null, ...row?.speech };
    },
    async save(speech) {
      await db
        .insert(models)
        .values({ id: THE_ONLY_ROW, speech })
        .onConflictDoUpdate({ target: models.id, set: { speech } });
    },
  };
}
