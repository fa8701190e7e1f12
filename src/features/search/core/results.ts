import type { ModelProblem } from '#features/enrichment/core/model.ts';
import type { DocumentKind, Locator, Part } from './document.ts';
import type { Mode } from './mode.ts';
import type { QueryIssue } from './query.ts';
import type { SnippetPart } from './snippet.ts';

export type ShownPassage = {
  part: Part;
  locator: Locator;
  /** Where it opens. */
  href: string;
  snippet: readonly SnippetPart[];
};

export type ShownDocument = {
  kind: DocumentKind;
  id: string;
  title: string;
  type: string;
  creator: { id: string; name: string } | null;
  source: string | null;
  at: Date | null;
  href: string;
  passages: readonly ShownPassage[];
};

export type Facet = { value: string; count: number };
export type Facets = Record<'creator' | 'source' | 'type' | 'tag', readonly Facet[]>;

/** What part of search answered. */
export type Layer = 'words' | 'meaning';

/** Why the meaning did not answer: its model, or something of ours that the log tells more about. */
export type MeaningProblem = ModelProblem | { code: 'search.meaning-broken' };

/** Where search by meaning stands: how many texts there are, and how many the chosen model knows. */
export type MeaningNews = { model: string; total: number; embedded: number; problem: MeaningProblem | null };

export type SearchResults = {
  documents: readonly ShownDocument[];
  /** Of those that were ranked; there may be more when it is `MOST_RANKED`. */
  total: number;
  facets: Facets;
  issues: readonly QueryIssue[];
  /** What is shown was found with this instead, because nothing was found with what was typed. */
  corrected: string | null;
  /** Something else that may have been meant. */
  didYouMean: string | null;
  mode: Mode;
  layers: readonly Layer[];
  /** Null while no model is chosen. */
  meaning: MeaningNews | null;
  tookMs: number;
};

export const MOST_RANKED = 500;
export const PAGE_SIZE = 10;

/** Addresses that the pages of posts and titles understand. */
export function hrefOf(kind: DocumentKind, ref: string, locator: Locator): string {
  if (kind === 'item') return `/media/${encodeURIComponent(ref)}`;
  const post = `/archive/posts/${encodeURIComponent(ref)}`;
  switch (locator.at) {
    case 'start':
      return post;
    case 'block':
      return `${post}#block-${locator.block}`;
    case 'comment':
      return `${post}?comments=all#comment-${encodeURIComponent(locator.comment)}`;
    case 'page': {
      // In the question too, because what stands behind the # is known to scripts only.
      const page = `${locator.media}-${locator.page}`;
      return `${post}?pdf=${page}#page-${page}`;
    }
    case 'said':
      return `${post}#said-${locator.media}-${locator.fromMs}`;
  }
}
