import { openCandidates } from '#features/search/server/meaning/candidates-of.store.ts';
import { createEmbeddingService } from '#features/search/server/meaning/embedding.service.ts';
import { createMeaning } from '#features/search/server/meaning/meaning.service.ts';
import { createModelsStore } from '#features/search/server/meaning/models.store.ts';
import { createVectorStore } from '#features/search/server/meaning/vectors.store.ts';
import type { Embedder } from '#features/search/server/ports.ts';
import { createSearchService } from '#features/search/server/search.service.ts';
import { createShownStore } from '#features/search/server/shown.store.ts';
import { createWordsStore } from '#features/search/server/words.store.ts';
import type { Db } from '#server/platform/db.ts';

/** A model in this process, which is no model: what is measured is what comes of its vectors. */
export const inProcess = (
  embed: (text: string) => Float32Array,
  { name, dimensions }: { name: string; dimensions: number },
): Embedder => ({
  chosen: () => Promise.resolve({ id: name, name, dimensions }),
  embed: ({ texts }) => Promise.resolve({ ok: true, value: texts.map(embed) }),
  keepOnly: () => Promise.resolve(),
});

/** The search as the program has it, with both its layers. */
export async function openLayers(db: Db, embedder: Embedder) {
  const candidatesOf = await openCandidates(db);
  const [models, vectors] = [createModelsStore(db, candidatesOf), createVectorStore(db, candidatesOf)];
  const [words, clock] = [createWordsStore(db), { now: () => new Date() }];
  const embedding = createEmbeddingService({ models, vectors, embedder, clock });
  const { search } = createSearchService({
    words,
    shown: createShownStore(db),
    meaning: createMeaning({ models, vectors, words, embedder, clock }),
    clock,
    onTrouble: (what, problem) => console.error(what, problem),
  });
  return {
    words,
    search,
    embedAll: () => embedding.run({ signal: new AbortController().signal, progress: () => undefined }),
    embedded: async () => (await models.kept())[0]?.embedded ?? 0,
  };
}
