import type { Mode } from '../core/mode.ts';

/** The page of results for a query. What is usual is not in it. */
export function searchHref(
  query: string,
  { page = 1, mode = 'auto' }: { page?: number; mode?: Mode } = {},
): string {
  const params = new URLSearchParams({ q: query });
  if (mode !== 'auto') params.set('mode', mode);
  if (page > 1) params.set('page', String(page));
  return `/search?${params.toString()}`;
}

/** A filter as somebody would type it; quotation marks cannot stand within others. */
export const filterText = (name: string, value: string): string => {
  const bare = value.replaceAll(/["“”„«»]/g, ' ').trim();
  return `${name}:${/^[\p{L}\p{N}_-]+$/u.test(bare) ? bare : `"${bare}"`}`;
};

export const hasFilter = (query: string, name: string, value: string): boolean =>
  ` ${query} `.includes(` ${filterText(name, value)} `);

/** Adds the filter, or takes it away when it stands there. */
export const toggleFilter = (query: string, name: string, value: string): string =>
  hasFilter(query, name, value)
    ? ` ${query} `.replace(` ${filterText(name, value)} `, ' ').trim()
    : `${query.trim()} ${filterText(name, value)}`.trim();
