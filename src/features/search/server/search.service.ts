import { fuse } from '../core/fuse.ts';
import type { Mode } from '../core/mode.ts';
import { MOST_RANKED, PAGE_SIZE, type SearchResults } from '../core/results.ts';
import { createLayers } from './layers.ts';
import type { Meaning } from './meaning/meaning.service.ts';
import type { ShownStore, WordsStore } from './ports.ts';
import { createPresenter } from './present.ts';
import { createSuggest } from './suggest.ts';
import { createWordsLayer } from './words-layer.ts';

export type SearchDeps = {
  words: WordsStore;
  shown: ShownStore;
  meaning: Meaning;
  clock: { now(): Date };
  onTrouble: (what: string, problem: unknown) => void;
};
export type SearchWish = { text: string; page: number; mode?: Mode };
export type SearchService = ReturnType<typeof createSearchService>;

/** Finds by words and by meaning. Whoever may see the archive and the library may see all of both, so nothing is held back here. */
export function createSearchService({ words, shown, meaning, clock, onTrouble }: SearchDeps) {
  const answer = createLayers({ byWords: createWordsLayer({ words, shown }), meaning, onTrouble });
  const present = createPresenter({ shown, nearestSentences: meaning.nearestSentences });

  return {
    async search({ text, page, mode = 'auto' }: SearchWish): Promise<SearchResults> {
      const began = clock.now().getTime();
      const [answered, state] = await Promise.all([answer(text, mode), meaning.state()]);
      const { query, words: worded, meant, problem, layers } = answered;
      const found = fuse([worded.found, meant?.found ?? []]).slice(0, MOST_RANKED);
      const [documents, facets] = await Promise.all([
        present(worded.used, found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE), meant),
        shown.facets(found.map(({ document }) => document)),
      ]);
      return {
        documents,
        total: found.length,
        facets,
        issues: query.issues,
        corrected: worded.corrected,
        didYouMean: worded.didYouMean,
        mode,
        layers,
        meaning: state && { ...state, problem },
        tookMs: clock.now().getTime() - began,
      };
    },

    suggest: createSuggest(words),
  };
}
