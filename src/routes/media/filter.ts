import { mediaFilter } from '#features/cleanup/server/media/filter.schemas.ts';

type Filter = ReturnType<typeof mediaFilter.parse>;

/** Which way people expect a list to begin. */
const natural: Readonly<Record<string, 'up' | 'down'>> = { size: 'down', year: 'down' };

/** The address without what says nothing: a form sends every field, also the empty ones. */
export const cleaned = (params: URLSearchParams): URLSearchParams =>
  new URLSearchParams([...params].filter(([, value]) => value.trim() !== ''));

/** One list of the page stands for three fields of the API: `never`, `not-90` (days), `in-30`. */
function watchedFields(choice: string | undefined): Record<string, string> {
  if (choice === 'never') return { neverWatched: 'true' };
  const [, way, days] = /^(not|in)-(\d{1,5})$/.exec(choice ?? '') ?? [];
  if (days === undefined) return {};
  return way === 'not' ? { unwatchedDays: days } : { watchedDays: days };
}

/** Anybody can write anything into an address: what cannot be understood is left out. */
export function readFilter(params: URLSearchParams): Filter {
  const { watched, ...given } = Object.fromEntries(cleaned(params)) as Record<string, string>;
  const wish: Record<string, string> = {
    direction: natural[given['sort'] ?? ''] ?? 'up',
    ...given,
    ...watchedFields(watched),
  };
  const first = mediaFilter.safeParse(wish);
  if (first.success) return first.data;
  const wrong = new Set(first.error.issues.map(({ path }) => String(path[0])));
  const rest = Object.fromEntries(Object.entries(wish).filter(([name]) => !wrong.has(name)));
  const second = mediaFilter.safeParse(rest);
  return second.success ? second.data : mediaFilter.parse({});
}
