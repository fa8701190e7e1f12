import type { createPostTexts } from '#features/archive/server/index.ts';
import type { Db } from '#server/platform/db.ts';
import { createIndexService } from './index.service.ts';
import { createIndexStore } from './index.store.ts';
import { createItemSource } from './items.store.ts';
import { searchJobs, type SearchJobDeps } from './jobs.ts';
import { detectLanguage } from './language.ts';
import { createPostSource, type TextsOf } from './posts.source.ts';
import type { CandidatesOf } from './meaning/candidates.ts';
import { createEmbeddingService } from './meaning/embedding.service.ts';
import { createMeaning } from './meaning/meaning.service.ts';
import { createModelsStore } from './meaning/models.store.ts';
import { createVectorStore } from './meaning/vectors.store.ts';
import type { Embedder } from './ports.ts';
import { createSearchService } from './search.service.ts';
import { createShownStore } from './shown.store.ts';
import { createWordsStore } from './words.store.ts';

export { searchApi } from './api.ts';
export { createWake } from './wake.ts';
export { openCandidates } from './meaning/candidates-of.store.ts';

export type SearchParts = {
  db: Db;
  postTexts: ReturnType<typeof createPostTexts>;
  textsOf: TextsOf;
  embedder: Embedder;
  /** What this server finds near vectors with: see `openCandidates`. */
  candidatesOf: CandidatesOf;
  /** Asks for the job that embeds. */
  wakeEmbedding: () => Promise<void>;
  clock: { now(): Date };
  log: SearchJobDeps['log'] & { warn: (what: string, facts: object) => void };
};

/** One index over the archive and the library, and what is asked of it. */
export function createSearch(parts: SearchParts) {
  const { db, postTexts, textsOf, embedder, candidatesOf, wakeEmbedding, clock, log } = parts;
  const indexing = createIndexService({
    store: createIndexStore(db),
    sources: [createPostSource(postTexts, textsOf), createItemSource(db)],
    detect: detectLanguage,
  });
  const models = createModelsStore(db, candidatesOf);
  const vectors = createVectorStore(db, candidatesOf);
  const words = createWordsStore(db);
  const meaning = createMeaning({ models, vectors, words, embedder, clock });
  const { search, suggest } = createSearchService({
    words,
    shown: createShownStore(db),
    meaning,
    clock,
    onTrouble: (what, problem) => log.warn(what, { err: problem }),
  });
  const embedding = createEmbeddingService({ models, vectors, embedder, clock });
  const embedSoon = async () => {
    if (await embedder.chosen()) await wakeEmbedding();
  };
  return {
    search,
    suggest,
    meaning: { state: meaning.state, forgetQuestions: meaning.forgetQuestions },
    indexing,
    embedSoon,
    jobs: searchJobs({ indexing, embedding, embedSoon, log }),
  };
}
