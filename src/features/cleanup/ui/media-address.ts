/** The filters of the Media page, as they stand in its address. */
export const filterNames = [
  'q',
  'type',
  'status',
  'service',
  'disk',
  'requester',
  'tag',
  'minBytes',
  'maxBytes',
  'minAgeDays',
  'maxAgeDays',
  'watched',
] as const;
export type FilterName = (typeof filterNames)[number];

/** The part of URLSearchParams that is read here, so that also the read-only ones of a page will do. */
type Params = Iterable<[string, string]> & { get(name: string): string | null };

/** The same list with something changed. Another filter or order begins again on its first page. */
export function addressWith(
  params: Params,
  changes: Readonly<Record<string, string | number | null>>,
): string {
  const next = new URLSearchParams([...params].filter(([name, value]) => name !== 'page' && value !== ''));
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '' || (name === 'page' && value === 1)) next.delete(name);
    else next.set(name, String(value));
  }
  return next.size > 0 ? `/media?${next.toString()}` : '/media';
}

export const activeFilters = (params: Params): { name: FilterName; value: string }[] =>
  filterNames.flatMap((name) => {
    const value = params.get(name);
    return value === null || value === '' ? [] : [{ name, value }];
  });

const GIGABYTE = 1_000_000_000;
export const sizeChoices = [1, 5, 20, 50, 100].map((size) => size * GIGABYTE);
export const ageChoices = [30, 90, 180, 365, 730];
export const watchedChoices = ['never', 'not-30', 'not-90', 'not-180', 'not-365', 'in-7', 'in-30', 'in-90'];
