import { neighboursOf, type Neighbours, type Typed } from './neighbours.ts';
import type { SearchQuery, Unit } from './query.ts';
import { REPEATS, repeatedIn, SHORT, timesMeant, type Repeats } from './repeats.ts';

/** A unit of a query as the index knows it. */
export type ResolvedUnit = {
  unit: Unit;
  /** An expression of PostgreSQL's text search; null when no word of it is indexed. */
  query: string | null;
  /** So common in Spanish or English that texts of that language are indexed without it. */
  isStopWord: boolean;
  /** Both leave it out. */
  isStopWordOfAll: boolean;
  /** In how many passages it is found. */
  passages: number;
  /** In how many it stands, those included where it is a stop word. */
  written: number;
  /**
   * What to look up: a word in all languages at once; a phrase in each by itself, because one that has several words in some
   * language is compared with each passage that the index finds for any of them. No passage is found by two.
   */
  readings: readonly Reading[];
};

export type Reading = {
  query: string;
  /** Which begin words when the unit does; none when it is of several words. */
  stems: readonly string[];
  passages: number;
  /** In how many of them as often as `REPEATS` says, in that order; none when that is not counted. */
  repeated: readonly number[];
};

/**
 * What is asked of the index once: the passages of `query` have a word `now` times, and another scan counted it `before`
 * times. The difference is added to the rank, so that the scans of one word add up to how often it stands there.
 */
export type Scan = { query: string; weight: number; before: number; now: number };

/** What the words layer looks for. */
export type WordsPlan = {
  scans: readonly Scan[];
  /** When every word is usual: of those that have all words and none often, the shortest are ranked besides. */
  shortest: { query: string; weight: number } | null;
  /** About how many places the index is asked for. */
  places: number;
  /** Each adds to the rank by how rare it is. */
  terms: readonly { query: string; weight: number }[];
  /** What adds to the rank of the best besides. */
  neighbours: readonly Neighbours[];
  /** What everything has to fulfil besides: phrases stand there, and what is not wanted does not. */
  must: string | null;
};

/**
 * So many places of the rarest words are ranked one and all. Words that are more usual add to the rank of
 * what these found, and by themselves find where they stand often.
 */
export const MOST_PLACES = 6_000;

/** With filters most of what is looked at is not ranked. */
export const MOST_NARROWED = 10 * MOST_PLACES;
/** So many passages are of five hundred documents. */
const ENOUGH = 2_500;

const all = (queries: readonly string[]): string => queries.map((query) => `(${query})`).join(' & ');
const any = (queries: readonly string[]): string => queries.map((query) => `(${query})`).join(' | ');

/** What must be so, and the queries that say it already. */
type Must = { query: string; saidBy: readonly string[] };
/** What a query says already is not asked once more: reading where each word of a phrase stands is what takes long. */
const withAll = (query: string, musts: readonly Must[]): string => {
  const more = musts.filter(({ saidBy }) => !saidBy.includes(query)).map((must) => must.query);
  return more.length === 0 ? query : all([query, ...more]);
};

/** Rare words weigh more: the usual formula of BM25, which is never negative. */
export const weightOf = (passages: number, total: number): number => {
  const standing = Math.min(Math.max(passages, 0), total);
  return Math.log(1 + (total - standing + 0.5) / (standing + 0.5));
};

type Asked = ResolvedUnit & { query: string };
type Clause = readonly Asked[];
/** One that is not alone has others that stand for the same words of a query. */
type Term = Reading & { weight: number; unit: Unit; isAlone: boolean };

/**
 * "The" says no more in the Spanish texts that have it. But "sea", which Spanish leaves out, is a word in English ones, and
 * is less usual than that even when most texts are Spanish.
 */
const USUAL = 0.25;
const saysSomething = ({ isStopWord, isStopWordOfAll, written }: Asked, total: number): boolean =>
  !isStopWordOfAll && !(isStopWord && written > USUAL * total);

/** Null when nothing of the query is in the index's words. */
export function planWords(
  query: Pick<SearchQuery, 'clauses' | 'without'>,
  resolved: readonly ResolvedUnit[],
  { passages, most = MOST_PLACES }: { passages: number; most?: number },
): WordsPlan | null {
  const known = new Map(resolved.map((one) => [one.unit, one]));
  const asked = ({ any: units }: { any: readonly Unit[] }): Clause =>
    units.flatMap((unit) => {
      const one = known.get(unit);
      return one && one.query !== null ? [{ ...one, query: one.query }] : [];
    });
  const clauses = query.clauses.map(asked).filter((units) => units.length > 0);
  const telling = clauses.filter((units) => units.some((unit) => saysSomething(unit, passages)));
  const used = telling.length > 0 ? telling : clauses;
  if (used.length === 0) return null;

  const queryOf = (units: Clause): string => any(units.map((unit) => unit.query));
  const phrases = used
    .filter((units) => units.every(({ unit }) => unit.isQuoted))
    .map((units): Must => ({
      query: queryOf(units),
      saidBy: units.flatMap(({ query: whole, readings }) => [whole, ...readings.map((one) => one.query)]),
    }));
  const unwanted = query.without
    .flatMap((unit) => known.get(unit)?.query ?? [])
    .map((one): Must => ({ query: `!(${one})`, saidBy: [] }));
  const musts = [...new Map([...phrases, ...unwanted].map((must) => [must.query, must])).values()];
  const weighed = weighedOf(used.flat(), passages);
  return {
    ...scansOf(weighed, [...new Set(used.map(queryOf))], musts, most),
    terms: weighed.map(({ query: term, weight }) => ({ query: term, weight })),
    neighbours: neighboursOf(bareOf(query.clauses, used.flat(), passages)),
    must: musts.length > 0 ? all(musts.map((must) => must.query)) : null,
  };
}

/** Words that stand alone in their clause, where they stand in the query. */
const bareOf = (clauses: SearchQuery['clauses'], used: Clause, total: number): Typed[] =>
  clauses.flatMap(({ any: [unit, ...others] }, place) => {
    const one = used.find((asked) => asked.unit === unit);
    return one && others.length === 0 && !one.unit.isQuoted
      ? [{ place, query: one.query, weight: weightOf(one.written, total), unit: one.unit }]
      : [];
  });

type Weighed = Asked & { weight: number };

const rarestFirst = (a: { passages: number }, b: { passages: number }): number => a.passages - b.passages;

/** A word that was typed twice counts twice, and is looked for once. */
const weighedOf = (units: readonly Asked[], total: number): Weighed[] =>
  [...Map.groupBy(units, ({ query }) => query).values()]
    .flatMap((same) =>
      same.slice(0, 1).map((one) => ({ ...one, weight: same.length * weightOf(one.written, total) })),
    )
    .toSorted(rarestFirst);

const termsOf = (weighed: readonly Weighed[]): Term[] =>
  weighed
    .flatMap(({ readings, weight, unit }) =>
      readings.map((reading): Term => ({ ...reading, weight, unit, isAlone: readings.length === 1 })),
    )
    .toSorted(rarestFirst);

const often = ({ stems, repeated, unit }: Term, times: Repeats): string | null =>
  stems.length === 0 || repeated.length === 0
    ? null
    : any(stems.map((stem) => repeatedIn(stem, times) + (unit.isPrefix ? ':*' : '')));

/** Where a word stands so often or more; `before` is the number of the place that this one is part of. */
type Place = { term: Term; query: string; passages: number; before: number; times: number };

/** Where a word stands at all, where it stands twice, and so on, as far as there is such a place. */
const placesOf = (term: Term): Place[] => [
  { term, query: term.query, passages: term.passages, before: 0, times: 1 },
  ...REPEATS.flatMap((times, index) => {
    const query = often(term, times);
    return query === null || term.repeated[index] === 0
      ? []
      : [
          {
            term,
            query,
            passages: term.repeated[index] ?? 0,
            before: timesMeant(REPEATS[index - 1]),
            times: timesMeant(times),
          },
        ];
  }),
];

/** What of a word is few enough for `left`; of the rarest, more when that would not fill the pages. */
function placeOf(term: Term, left: number, most: number, isRarest: boolean): Place | undefined {
  const places = placesOf(term);
  const fits = places.findIndex(({ passages }) => passages <= left);
  const larger = fits < 0 ? places.at(-1) : places[fits - 1];
  const isTooFew = isRarest && (places[fits]?.passages ?? 0) < ENOUGH;
  if (isTooFew && larger && larger.passages <= 2 * most) return larger;
  // A rare reading of a phrase is no reason to leave out where the usual one stands.
  return places[fits] ?? (term.isAlone ? undefined : places.findLast(isAnywhere));
}

/** Of each word, rarest first, what is still few enough; and something in any case. */
function candidatesOf(terms: readonly Term[], most: number): Place[] {
  let left = most;
  const taken = terms.flatMap((term, index) => {
    const place = placeOf(term, left, most, index === 0);
    left -= place?.passages ?? 0;
    return place && place.passages > 0 ? [place] : [];
  });
  return taken.length > 0 ? taken : terms.flatMap((term) => placesOf(term).findLast(isAnywhere) ?? []);
}

const isAnywhere = ({ passages, times }: Place): boolean => passages > 0 || times === 1;

/** What is part of the only candidates needs no looking up: they stand in all that this place is part of. */
function scannedOf(term: Term, candidates: readonly string[]): Place[] {
  const places = placesOf(term);
  const own = candidates.length === 1 ? places.findIndex(({ query }) => query === candidates[0]) : -1;
  return own < 0
    ? places
    : places.slice(own).map((place, index) => (index === 0 ? { ...place, before: 0 } : place));
}

/** No passage has two readings of the same words. */
const isShared = (term: Term, place: Place): boolean => place.term === term || place.term.unit !== term.unit;

function scansOf(
  weighed: readonly Weighed[],
  clauses: readonly string[],
  must: readonly Must[],
  most: number,
): Pick<WordsPlan, 'scans' | 'shortest' | 'places'> {
  const terms = termsOf(weighed);
  const places = candidatesOf(terms, most);
  const candidates = places.map(({ query }) => query);
  const isWhole = ({ query }: Term): boolean => candidates.includes(query);
  const candidatePlaces = places.reduce((sum, { passages }) => sum + passages, 0);
  const scanned = terms.flatMap((term) => {
    const shared = places.filter((place) => isShared(term, place)).map(({ query }) => query);
    const unsaid = must.filter(({ saidBy }) => !saidBy.includes(term.query));
    return scannedOf(term, shared).map(({ query, before, times, passages }) => {
      const isCandidate = isWhole(term) || shared.includes(query);
      const scan: Scan = {
        query: withAll(isCandidate ? query : all([query, any(shared)]), unsaid),
        weight: term.weight,
        before,
        now: times,
      };
      return { scan, places: isCandidate ? passages : Math.min(passages, candidatePlaces) };
    });
  });
  const asked = {
    scans: scanned.map(({ scan }) => scan),
    places: scanned.reduce((sum, one) => sum + one.places, 0),
  };
  if (terms.some(isWhole)) return { ...asked, shortest: null };
  // Short ones may rank among those that have a word often; when there are few of these, longer ones fill up.
  const isEnough = candidatePlaces >= ENOUGH;
  const others = all([...clauses, `!(${any(candidates)})`, ...(isEnough ? [SHORT] : [])]);
  return {
    ...asked,
    shortest: { query: withAll(others, must), weight: weighed.reduce((sum, { weight }) => sum + weight, 0) },
  };
}
