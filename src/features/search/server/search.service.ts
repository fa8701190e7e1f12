import { fuse, type FoundDocument } from '../core/fuse.ts';
import { parseQuery, type SearchQuery, type Unit } from '../core/query.ts';
import {
  hrefOf,
  MOST_RANKED,
  PAGE_SIZE,
  type SearchResults,
  type ShownDocument,
  type ShownPassage,
} from '../core/results.ts';
import { snippetOf } from '../core/snippet.ts';
import { nearest } from '../core/spelling.ts';
import { fold, wordsOf } from '../core/text.ts';
import { planWords, type ResolvedUnit } from '../core/words-plan.ts';
import type { ShownStore, StoredDocument, StoredPassage, TitleHit, WordsStore } from './ports.ts';

export type SearchDeps = { words: WordsStore; shown: ShownStore; clock: { now(): Date } };
export type SearchWish = { text: string; page: number };
export type SearchService = ReturnType<typeof createSearchService>;

const FIRST_PASSAGE: Pick<StoredPassage, 'hits'> = { hits: [] };
const SUGGESTED = 6;

type Answer = { found: readonly FoundDocument[]; resolved: readonly ResolvedUnit[] };

/** Finds by words. Whoever may see the archive and the library may see all of both, so nothing is held back here. */
export function createSearchService({ words, shown, clock }: SearchDeps) {
  async function find(query: SearchQuery): Promise<Answer> {
    if (query.clauses.length === 0) {
      const isBrowsing = query.filters.length > 0;
      return { found: isBrowsing ? fuse([await words.newest(query, MOST_RANKED)]) : [], resolved: [] };
    }
    const units = [...query.clauses.flatMap(({ any }) => any), ...query.without];
    const [resolved, total] = await Promise.all([words.resolve(units), words.passages()]);
    const plan = planWords(query, resolved, total);
    return { found: plan ? fuse([await words.find(plan, query, MOST_RANKED)]) : [], resolved };
  }

  /** The text with each word that stands nowhere replaced by its nearest; null when there is nothing better. */
  async function respell(text: string, resolved: readonly ResolvedUnit[]): Promise<string | null> {
    const unknown = resolved.filter(
      ({ unit, passages, isStopWord }) => passages === 0 && !isStopWord && unit.words.length === 1,
    );
    let better = text;
    for (const { unit } of unknown.slice(0, SUGGESTED)) {
      const word = unit.words[0] ?? '';
      const near = nearest(word, await words.alike(word));
      if (near !== null) better = replaceWord(better, word, near);
    }
    return better === text ? null : better;
  }

  async function hitQuery({ clauses }: SearchQuery): Promise<string | null> {
    const asked = clauses.flatMap(({ any }) =>
      any.flatMap(({ words: all, isPrefix }) =>
        all.map((word): Unit => ({ words: [word], isPrefix, isQuoted: false })),
      ),
    );
    if (asked.length === 0) return null;
    const queries = (await words.resolve(asked)).flatMap(({ query }) => query ?? []);
    return queries.length === 0 ? null : queries.join(' | ');
  }

  async function show(query: SearchQuery, found: readonly FoundDocument[]): Promise<ShownDocument[]> {
    const hits = await hitQuery(query);
    const bare = found.filter(({ passages }) => passages.length === 0).map(({ document }) => document);
    const [documents, passages, first] = await Promise.all([
      shown.documents(found.map(({ document }) => document)),
      shown.passages(
        found.flatMap((one) => one.passages),
        hits ?? '',
      ),
      shown.firstPassages(bare),
    ]);
    const byId = new Map(documents.map((document) => [document.id, document]));
    const passageById = new Map(passages.map((passage) => [passage.id, passage]));
    const firstOf = new Map(first.map((passage) => [passage.documentId, { ...passage, ...FIRST_PASSAGE }]));
    return found.flatMap(({ document: id, passages: ids }) => {
      const document = byId.get(id);
      const own = ids.length > 0 ? ids.map((one) => passageById.get(one)) : [firstOf.get(id)];
      return document
        ? [
            shownDocument(
              document,
              own.filter((one) => one !== undefined),
            ),
          ]
        : [];
    });
  }

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
        show(used, found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)),
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

    /** While somebody types: titles that hold what stands there, the last word being only begun, and how it may go on. */
    async suggest(text: string): Promise<{ titles: readonly TitleHit[]; words: readonly string[] }> {
      const typed = wordsOf(text.slice(-200))
        .map(({ folded }) => folded)
        .slice(-8);
      const last = typed.at(-1);
      if (last === undefined) return { titles: [], words: [] };
      const units = typed.map((word, index): Unit => ({
        words: [word],
        isPrefix: index === typed.length - 1,
        isQuoted: false,
      }));
      const [resolved, known] = await Promise.all([words.resolve(units), words.beginning(last, SUGGESTED)]);
      const queries = resolved.flatMap(({ query, isStopWord }) =>
        query === null || isStopWord ? [] : [`(${query})`],
      );
      const titles = queries.length === 0 ? [] : await words.titles(queries.join(' & '), SUGGESTED);
      return { titles, words: known.map(({ word }) => word).filter((word) => word !== last) };
    },
  };
}

/** Only whole words, and whatever accents they were typed with. */
function replaceWord(text: string, folded: string, by: string): string {
  const found = wordsOf(text).find(
    (word) => word.folded === folded && fold(text.slice(word.from, word.to)) === folded,
  );
  return found ? text.slice(0, found.from) + by + text.slice(found.to) : text;
}

const shownDocument = (
  { kind, ref, title, type, creator, source, at }: StoredDocument,
  passages: readonly StoredPassage[],
): ShownDocument => ({
  kind,
  id: ref,
  title,
  type,
  creator,
  source,
  at,
  href: hrefOf(kind, ref, passages[0]?.hits.length ? passages[0].locator : { at: 'start' }),
  passages: passages.map(({ part, locator, text, hits }): ShownPassage => ({
    part,
    locator,
    href: hrefOf(kind, ref, locator),
    snippet: snippetOf(text, hits),
  })),
});
