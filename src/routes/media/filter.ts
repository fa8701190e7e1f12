import { mediaFilter } from '#features/cleanup/server/media/filter.schemas.ts';

type Filter = ReturnType<typeof mediaFilter.parse>;

/** Which way people expect a list to begin. */
const natural: Readonly<Record<string, 'up' | 'down'>> = { size: 'down', year: 'down' };

/** What the API asks with, and the page's own list `watched` says in one word. */
const apiWords = ['neverWatched', 'unwatchedDays', 'watchedDays'];

/** One list of the page stands for three fields of the API: `never`, `not-90` (days), `in-30`. */
function watchedFields(choice: string | undefined): Record<string, string> {
  if (choice === 'never') return { neverWatched: 'true' };
  const [, way, days] = /^(not|in)-(\d{1,5})$/.exec(choice ?? '') ?? [];
  if (days === undefined) return {};
  return way === 'not' ? { unwatchedDays: days } : { watchedDays: days };
}

function watchedChoice(given: Readonly<Record<string, string>>): string | undefined {
  const [never, not, within] = apiWords.map((name) => given[name]);
  if (never === 'true' || never === 'on') return 'never';
  if (not !== undefined) return `not-${not}`;
  return within === undefined ? undefined : `in-${within}`;
}

const wishOf = ({ watched, ...given }: Readonly<Record<string, string>>): Record<string, string> => ({
  direction: natural[given['sort'] ?? ''] ?? 'up',
  ...given,
  ...watchedFields(watched),
});

const notUnderstood = (wish: Readonly<Record<string, string>>): ReadonlySet<string> =>
  new Set(mediaFilter.safeParse(wish).error?.issues.map(({ path }) => String(path[0])));

/**
 * The address as the page itself would write it: without what says nothing (a form sends every field, also the
 * empty ones), what is given twice or what nobody understands, and in the page's words where the API has others.
 * So every filter that is in force stands on the page, and can be taken away there.
 */
export function asThePageWrites(params: URLSearchParams): URLSearchParams {
  const filled = Object.fromEntries([...params].filter(([, value]) => value.trim() !== ''));
  const { watched = watchedChoice(filled), ...given } = filled;
  const fields = watchedFields(watched);
  const wrong = notUnderstood({ ...given, ...fields });
  const next = new URLSearchParams(
    Object.entries(given).filter(([name]) => !wrong.has(name) && !apiWords.includes(name)),
  );
  const isWatchedRight = Object.keys(fields).some((name) => !wrong.has(name));
  if (watched !== undefined && isWatchedRight) next.set('watched', watched);
  return next;
}

export const isSame = (one: URLSearchParams, other: URLSearchParams): boolean =>
  one.size === other.size && [...one].every(([name, value]) => other.get(name) === value);

/** Anybody can write anything into an address: only what the page shows of it is asked for. */
export const readFilter = (params: URLSearchParams): Filter =>
  mediaFilter.parse(wishOf(Object.fromEntries(asThePageWrites(params))));
