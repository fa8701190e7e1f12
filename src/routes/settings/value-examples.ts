import type { ValueExample } from '#features/cleanup/ui/value-example.ts';

type App = globalThis.App.Locals['app'];

/** Three films that differ: the largest, the one longest unwatched and, as any other, the first of the alphabet. */
export async function valueExamples({ planning, library }: App): Promise<ValueExample[]> {
  const asked = { kinds: ['film'], offset: 0, limit: 3 } as const;
  const found = await Promise.all([
    planning.searchMedia({ ...asked, sort: 'size', descending: true }),
    planning.searchMedia({ ...asked, sort: 'watched', descending: false }),
    planning.searchMedia({ ...asked, sort: 'title', descending: false }),
  ]);
  const chosen = new Set<(typeof found)[number]['rows'][number]['id']>();
  for (const { rows } of found) {
    const row = rows.find(({ id, sizeBytes }) => !chosen.has(id) && (sizeBytes ?? 0) > 0);
    if (row) chosen.add(row.id);
  }
  const details = await Promise.all([...chosen].map((id) => library.findItem(id)));
  return details.flatMap((detail): ValueExample[] => {
    if (!detail?.item.sizeBytes.known) return [];
    const { id, title, year, sizeBytes, rating, votes, watch, newestFileAt, addedAt } = detail.item;
    const watched = watch.known ? watch.value.lastWatchedAt : null;
    const came = (newestFileAt.known ? newestFileAt.value : null) ?? addedAt;
    const since = watched !== null && watched > came ? watched : came;
    return [{ id, title, year, sizeBytes: sizeBytes.value, rating, votes, since }];
  });
}
