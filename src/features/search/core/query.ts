import { isPart, readFilter, type QueryFilter } from './query-filter.ts';
import type { Part } from './document.ts';
import { cleanText, wordsOf } from './text.ts';

/** One thing that is looked for. Several words are a phrase: they stand in this order, side by side. */
export type Unit = { words: readonly string[]; isPrefix: boolean; isQuoted: boolean };

/** `any` are alternatives (OR); every clause adds to the rank of what it is found in. */
export type Clause = { any: readonly Unit[] };

export type QueryIssue =
  | { code: 'too-long'; most: number }
  | { code: 'too-many-words'; most: number }
  | { code: 'too-many-filters'; most: number }
  | { code: 'unclosed-quote' }
  | { code: 'only-without' }
  | { code: 'nothing-to-look-for' }
  | { code: 'bad-filter'; filter: string; value: string };

export type SearchQuery = {
  clauses: readonly Clause[];
  /** What is looked for as it was typed, without filters, signs and what is not wanted: a meaning is made of that. */
  asked: string;
  without: readonly Unit[];
  filters: readonly QueryFilter[];
  /** Empty: everywhere. */
  parts: readonly Part[];
  issues: readonly QueryIssue[];
};

export const MOST_CHARACTERS = 1000;
export const MOST_UNITS = 32;
export const MOST_FILTERS = 20;

type Token = { minus: boolean; name: string | null; text: string; isQuoted: boolean; isClosed: boolean };

const TOKEN = /(-?)(?:(\p{L}+):)?(?:["“”„«]([^"“”„«»]*)(["“”»]?)|([^\s"“”„«»]+))/gu;

function tokensOf(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map(([, minus, name, quoted, end, bare]) => ({
    minus: minus === '-',
    name: name?.toLowerCase() ?? null,
    text: quoted ?? bare ?? '',
    isQuoted: quoted !== undefined,
    isClosed: quoted === undefined || end !== '',
  }));
}

function unitOf({ text, isQuoted }: Pick<Token, 'text' | 'isQuoted'>): Unit | null {
  const words = wordsOf(text).map(({ folded }) => folded);
  if (words.length === 0) return null;
  return {
    words: words.slice(0, MOST_UNITS),
    isPrefix: !isQuoted && words.length === 1 && text.endsWith('*'),
    isQuoted,
  };
}

type Draft = {
  clauses: Unit[][];
  asked: string[];
  without: Unit[];
  filters: QueryFilter[];
  parts: Part[];
  issues: QueryIssue[];
  joins: boolean;
};

function addUnit(draft: Draft, token: Token): void {
  const unit = unitOf(token);
  if (!unit) return;
  const count = draft.without.length + draft.clauses.reduce((sum, clause) => sum + clause.length, 0);
  if (count >= MOST_UNITS) return addIssue(draft, { code: 'too-many-words', most: MOST_UNITS });
  const last = draft.clauses.at(-1);
  if (token.minus) draft.without.push(unit);
  else if (draft.joins && last) last.push(unit);
  else draft.clauses.push([unit]);
  if (!token.minus) draft.asked.push(token.text);
  draft.joins = false;
}

function addIssue(draft: Draft, issue: QueryIssue): void {
  if (!draft.issues.some(({ code }) => code === issue.code && code !== 'bad-filter'))
    draft.issues.push(issue);
}

/** Gives whether the token was a filter; `http://…` and other words with a colon are words. */
function addFilter(draft: Draft, { name, text, minus }: Token): boolean {
  if (name === null) return false;
  const read = readFilter(name, text);
  if (read === null) return false;
  if (draft.filters.length + draft.parts.length >= MOST_FILTERS)
    addIssue(draft, { code: 'too-many-filters', most: MOST_FILTERS });
  else if (read.is === 'bad') addIssue(draft, { code: 'bad-filter', filter: name, value: text.slice(0, 60) });
  else if (read.is === 'part') draft.parts.push(...(minus || !isPart(text) ? [] : [text]));
  else draft.filters.push({ ...read.filter, isWithout: minus });
  return true;
}

const isOr = ({ isQuoted, name, minus, text }: Token): boolean =>
  !isQuoted && name === null && !minus && (text === 'OR' || text === '|');

function take(draft: Draft, token: Token): void {
  if (!token.isClosed) addIssue(draft, { code: 'unclosed-quote' });
  if (isOr(token)) draft.joins = true;
  else if (!addFilter(draft, token))
    addUnit(draft, token.name === null ? token : { ...token, text: `${token.name} ${token.text}` });
}

/**
 * Reads what somebody typed. It never fails: what cannot be used is an issue beside what can. Words, "phrases", -without,
 * OR, `begin*`, and filters as `name:value`.
 */
export function parseQuery(typed: string): SearchQuery {
  const text = cleanText(typed).slice(0, MOST_CHARACTERS).toWellFormed();
  const draft: Draft = {
    clauses: [],
    asked: [],
    without: [],
    filters: [],
    parts: [],
    issues: [],
    joins: false,
  };
  if (typed.length > MOST_CHARACTERS) addIssue(draft, { code: 'too-long', most: MOST_CHARACTERS });
  for (const token of tokensOf(text)) take(draft, token);
  const { joins: _joins, clauses, asked, ...read } = draft;
  if (clauses.length === 0 && read.filters.length === 0)
    addIssue(draft, { code: read.without.length > 0 ? 'only-without' : 'nothing-to-look-for' });
  return { ...read, asked: asked.join(' '), clauses: clauses.map((any) => ({ any })) };
}
