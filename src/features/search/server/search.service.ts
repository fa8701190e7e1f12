import { fuse, type FoundDocument } from '../core/fuse.ts';
import { AIM_WORDS } from '../core/passages.ts';
import { parseQuery, type SearchQuery } from '../core/query.ts';
import { MOST_RANKED, PAGE_SIZE, type SearchResults } from '../core/results.ts';
import { nearest } from '../core/spelling.ts';
import { fold, wordsOf } from '../core/text.ts';
import { MOST_NARROWED, MOST_PLACES, planWords, type ResolvedUnit } from '../core/words-plan.ts';
import { writtenForm } from '../core/written.ts';
import type { ShownStore, WordsStore } from './ports.ts';
import { createPresenter } from './present.ts';
import { createSuggest } from './suggest.ts';

export type SearchDeps = { words: WordsStore; shown: ShownStore; clock: { now(): Date } };
export type SearchWish = { text: string; page: number };
export type SearchService = ReturnType<typeof createSearchService>;

const MOST_RESPELT = 6;
/** One slip in a long word leaves half of its pieces; one in a short word, or two, may leave less, and many words are so. */
const ALIKE = [0.5, 0.3];

type Answer = { found: readonly FoundDocument[]; resolved: readonly ResolvedUnit[] };

/** Finds by words. Whoever may see the archive and the library may see all of both, so nothing is held back here. */
export function createSearchService({ words, shown, clock }: SearchDeps) {
  async function find(query: SearchQuery): Promise<Answer> {
    if (query.clauses.length === 0) {
      const isBrowsing = query.filters.length > 0;
      return { found: isBrowsing ? fuse([await words.newest(query, MOST_RANKED)]) : [], resolved: [] };
    }
    const units = [...query.clauses.flatMap(({ any }) => any), ...query.without];
    const [resolved, totals] = await Promise.all([words.resolve(units), words.totals()]);
    const plan = planWords(query, resolved, {
      passages: totals.passages,
      most: query.filters.length + query.parts.length > 0 ? MOST_NARROWED : MOST_PLACES,
    });
    if (!plan) return { found: [], resolved };
    // Measured against what passages are cut to and not against their average, which a crowd of short comments makes so small
    // that every whole passage counts as long-winded.
    const lengths = { ...totals, passageWords: AIM_WORDS };
    const found = await words.find({ plan, totals: lengths, narrowing: query, limit: MOST_RANKED });
    return { found: fuse([found]), resolved };
  }

  async function nearestTo(word: string): Promise<string | null> {
    for (const share of ALIKE) {
      const near = nearest(word, await words.alike(word, share));
      if (near !== null) return near;
    }
    return null;
  }

  /** The text with each word that stands nowhere replaced by its nearest; null when there is nothing better. */
  async function respell(text: string, resolved: readonly ResolvedUnit[]): Promise<string | null> {
    const unknown = resolved.filter(
      ({ unit, passages, isStopWord }) => passages === 0 && !isStopWord && unit.words.length === 1,
    );
    let better = text;
    for (const { unit } of unknown.slice(0, MOST_RESPELT)) {
      const word = unit.words[0] ?? '';
      const near = await nearestTo(word);
      if (near !== null) better = replaceWord(better, word, writtenForm(near, await shown.textsWith(near)));
    }
    return better === text ? null : better;
  }

  const present = createPresenter({ words, shown });

  return {
    async search({ text, page }: SearchWish): Promise<SearchResults> {
      const began = clock.now().getTime();
      const query = parseQuery(text);
      const first = await find(query);
      const better = await respell(text, first.resolved);
      const isLost = first.found.length === 0 && better !== null;
      const used = isLost ? parseQuery(better) : query;
      const { found } = isLost ? await find(used) : first;
      const [documents, facets] = await Promise.all([
        present(used, found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)),
        shown.facets(found.map(({ document }) => document)),
      ]);
      const corrected = isLost && found.length > 0 ? better : null;
      return {
        documents,
        total: found.length,
        facets,
        issues: query.issues,
        corrected,
        didYouMean: corrected === null && !isLost ? better : null,
        layers: ['words'],
        tookMs: clock.now().getTime() - began,
      };
    },

    suggest: createSuggest(words),
  };
}

/** Only whole words, and whatever accents they were typed with. */
function replaceWord(text: string, folded: string, by: string): string {
  const found = wordsOf(text).find(
    (word) => word.folded === folded && fold(text.slice(word.from, word.to)) === folded,
  );
  return found ? text.slice(0, found.from) + by + text.slice(found.to) : text;
}
