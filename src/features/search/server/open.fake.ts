import type { Db } from '#server/platform/db.ts';
import type { DetectLanguage } from '../core/document.ts';
import { createIndexService, type Indexing } from './index.service.ts';
import { createIndexStore } from './index.store.ts';
import { detectLanguage } from './language.ts';
import { noMeaning } from './meaning/embedder.fake.ts';
import type { FakeTexts } from './ports.fake.ts';
import { createSearchService } from './search.service.ts';
import { createShownStore } from './shown.store.ts';
import { createWordsStore } from './words.store.ts';

export const indexing: Indexing = { signal: new AbortController().signal, progress: () => undefined };

/** The search over a real database and texts that were made up; each call is as if the program began anew. */
export const openSearch = (
  db: Db,
  texts: FakeTexts,
  { detect = detectLanguage }: { detect?: DetectLanguage } = {},
) => ({
  index: createIndexService({ store: createIndexStore(db), sources: [texts], detect }),
  search: createSearchService({
    words: createWordsStore(db),
    shown: createShownStore(db),
    meaning: noMeaning,
    onTrouble: () => undefined,
    clock: { now: () => new Date() },
  }),
});
