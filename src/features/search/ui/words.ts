import { clockText, kindWords } from '#features/archive/ui/words.ts';
import { m } from '#i18n/messages.js';
import { getLocale } from '#i18n/runtime.js';
import { formatCount } from '#ui/format.ts';
import { modelWords } from '#features/enrichment/ui/words.ts';
import type { Part } from '../core/document.ts';
import type { Mode } from '../core/mode.ts';
import type { QueryIssue } from '../core/query.ts';
import type { Facets, Layer, MeaningProblem, ShownPassage } from '../core/results.ts';

const partWords: Readonly<Record<Part, () => string>> = {
  body: m.search_part_body,
  comments: m.search_part_comments,
  pdf: m.search_part_pdf,
  transcript: m.search_part_transcript,
  library: m.search_part_library,
  cast: m.search_part_cast,
  makers: m.search_part_makers,
};

/** Which part of a document a passage is of, and where in it. */
export function placeText({ part, locator }: Pick<ShownPassage, 'part' | 'locator'>): string {
  if (locator.at === 'page') return m.search_place_page({ number: count(locator.page) });
  return locator.at === 'said' ? `${partWords[part]()} · ${clockText(locator.fromMs)}` : partWords[part]();
}

export const facetWords: Readonly<Record<keyof Facets, () => string>> = {
  creator: m.search_facet_creator,
  source: m.search_facet_source,
  type: m.search_facet_type,
  tag: m.search_facet_tag,
};

const typeWords: Readonly<Record<string, () => string>> = {
  ...kindWords,
  film: m.kind_film,
  show: m.kind_show,
};

export const typeText = (type: string): string => (typeWords[type] ?? m.archive_kind_other)();

const count = (number: number) => formatCount(number, getLocale());

export function issueText(issue: QueryIssue): string {
  switch (issue.code) {
    case 'too-long':
      return m.search_issue_too_long({ most: count(issue.most) });
    case 'too-many-words':
      return m.search_issue_too_many_words({ most: count(issue.most) });
    case 'too-many-filters':
      return m.search_issue_too_many_filters({ most: count(issue.most) });
    case 'unclosed-quote':
      return m.search_issue_unclosed_quote();
    case 'only-without':
      return m.search_issue_only_without();
    case 'nothing-to-look-for':
      return m.search_issue_nothing();
    case 'bad-filter':
      return issue.value === ''
        ? m.search_issue_empty_filter({ filter: issue.filter })
        : m.search_issue_bad_filter({ filter: issue.filter, value: issue.value });
  }
}

export const modeWords: Readonly<Record<Mode, () => string>> = {
  auto: m.search_mode_auto,
  words: m.search_mode_words,
  meaning: m.search_mode_meaning,
  both: m.search_mode_both,
};

/** What answered. */
export function layersText(layers: readonly Layer[]): string {
  if (layers.length > 1) return m.search_by_both();
  return layers[0] === 'meaning' ? m.search_by_meaning() : m.search_by_words();
}

export function meaningProblemText({ code, ...facts }: MeaningProblem): string {
  const told = Object.fromEntries(
    Object.entries(facts).filter((entry): entry is [string, number | string] => entry[1] !== null),
  );
  return modelWords[code]?.(told) ?? m.search_meaning_broken();
}
