import type { SearchQuery, Unit } from './query.ts';

/** A unit of a query as the index knows it. */
export type ResolvedUnit = {
  unit: Unit;
  /** An expression of PostgreSQL's text search; null when no word of it is indexed. */
  query: string | null;
  /** So common in Spanish or English that it says nothing of what is meant. */
  isStopWord: boolean;
  /** In how many passages it stands. */
  passages: number;
};

/** What the words layer looks for. */
export type WordsPlan = {
  /** Each gives a window of candidates: everything at once, and any of the rare words. */
  candidates: readonly string[];
  /** Each adds to the rank by how rare it is. */
  terms: readonly { query: string; weight: number }[];
  /** What every candidate has to fulfil besides: phrases stand there, and what is not wanted does not. */
  must: string | null;
};

/** So many passages are ranked for one window; beyond it a word tells nothing that the rarer ones do not. */
export const WINDOW = 3000;

const all = (queries: readonly string[]): string => queries.map((query) => `(${query})`).join(' & ');
const any = (queries: readonly string[]): string => queries.map((query) => `(${query})`).join(' | ');

/** Rare words weigh more: the usual formula of BM25, which is never negative. */
export const weightOf = (passages: number, total: number): number => {
  const standing = Math.min(Math.max(passages, 0), total);
  return Math.log(1 + (total - standing + 0.5) / (standing + 0.5));
};

type Asked = ResolvedUnit & { query: string };
type Clause = { units: readonly Asked[]; passages: number };

/** Null when nothing of the query is in the index's words. */
export function planWords(
  query: Pick<SearchQuery, 'clauses' | 'without'>,
  resolved: readonly ResolvedUnit[],
  total: number,
): WordsPlan | null {
  const known = new Map(resolved.map((one) => [one.unit, one]));
  const asked = ({ any: units }: { any: readonly Unit[] }): Clause => {
    const found = units.flatMap((unit) => {
      const one = known.get(unit);
      return one && one.query !== null ? [{ ...one, query: one.query }] : [];
    });
    return { units: found, passages: found.reduce((sum, { passages }) => sum + passages, 0) };
  };
  const clauses = query.clauses.map(asked).filter(({ units }) => units.length > 0);
  const telling = clauses.filter(({ units }) => units.some(({ isStopWord }) => !isStopWord));
  const used = telling.length > 0 ? telling : clauses;
  if (used.length === 0) return null;

  const queryOf = ({ units }: Clause): string => any(units.map((unit) => unit.query));
  const phrases = used.filter(({ units }) => units.every(({ unit }) => unit.isQuoted)).map(queryOf);
  const unwanted = query.without.flatMap((unit) => known.get(unit)?.query ?? []).map((one) => `!(${one})`);
  const must = [...phrases, ...unwanted];
  return {
    candidates: [...new Set([all(used.map(queryOf)), any(rarest(used).map(queryOf))])],
    terms: used.flatMap(({ units }) =>
      units.map(({ query: term, passages }) => ({ query: term, weight: weightOf(passages, total) })),
    ),
    must: must.length > 0 ? all(must) : null,
  };
}

/** As many of the rarest as fill a window together; at least one. */
function rarest(clauses: readonly Clause[]): Clause[] {
  const sorted = clauses.toSorted((a, b) => a.passages - b.passages);
  let sum = 0;
  return sorted.filter(({ passages }, index) => {
    sum += passages;
    return index === 0 || sum <= WINDOW;
  });
}
