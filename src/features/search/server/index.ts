import type { createPostTexts } from '#features/archive/server/index.ts';
import type { Db } from '#server/platform/db.ts';
import { createIndexService } from './index.service.ts';
import { createIndexStore } from './index.store.ts';
import { createItemSource } from './items.store.ts';
import { searchJobs, type SearchJobDeps } from './jobs.ts';
import { detectLanguage } from './language.ts';
import { createPostSource, type TextsOf } from './posts.source.ts';
import { createSearchService } from './search.service.ts';
import { createShownStore } from './shown.store.ts';
import { createWordsStore } from './words.store.ts';

export { searchApi } from './api.ts';
export { createWake } from './wake.ts';

export type SearchParts = {
  db: Db;
  postTexts: ReturnType<typeof createPostTexts>;
  textsOf: TextsOf;
  clock: { now(): Date };
  log: SearchJobDeps['log'];
};

/** One index over the archive and the library, and what is asked of it. */
export function createSearch({ db, postTexts, textsOf, clock, log }: SearchParts) {
  const indexing = createIndexService({
    store: createIndexStore(db),
    sources: [createPostSource(postTexts, textsOf), createItemSource(db)],
    detect: detectLanguage,
  });
  const { search, suggest } = createSearchService({
    words: createWordsStore(db),
    shown: createShownStore(db),
    clock,
  });
  return { search, suggest, indexing, jobs: searchJobs({ indexing, log }) };
}
