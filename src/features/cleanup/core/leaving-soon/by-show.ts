import type { ItemId } from '#core/ids.ts';
import { episodeOf } from '#features/library/core/item.ts';

type Leaver = { itemId: ItemId; title: string; sizeBytes: number | null; dueAt: Date };

export type ShowGroup<T> = {
  showId: ItemId;
  title: string;
  /** At least two episode files, in the order in which they came. */
  episodes: readonly T[];
  /** Null when nobody knows the size of one of them. */
  sizeBytes: number | null;
  /** Of the first to go. */
  dueAt: Date;
};

export type Grouped<T> = { is: 'one'; item: T } | { is: 'show'; group: ShowGroup<T> };

/**
 * Episode files of the same show, and of the same `day`, as one line: a daily show would fill a page by itself. The first of
 * them says where the line stands; a single episode stays by itself.
 */
export function byShow<T extends Leaver>(items: readonly T[], day: (item: T) => unknown): Grouped<T>[] {
  const groups = Map.groupBy(items, (item) => {
    const show = episodeOf(item.itemId)?.showId;
    return show === undefined ? item.itemId : `${show} ${String(day(item))}`;
  });
  return [...groups.values()].flatMap((group): Grouped<T>[] => {
    const [first] = group;
    const showId = first === undefined ? undefined : episodeOf(first.itemId)?.showId;
    if (first === undefined || showId === undefined || group.length < 2)
      return group.map((item) => ({ is: 'one', item }));
    return [{ is: 'show', group: groupOf(showId, first, group) }];
  });
}

const groupOf = <T extends Leaver>(showId: ItemId, first: T, episodes: readonly T[]): ShowGroup<T> => ({
  showId,
  title: first.title,
  episodes,
  sizeBytes: episodes.reduce<number | null>(
    (sum, { sizeBytes }) => (sum === null || sizeBytes === null ? null : sum + sizeBytes),
    0,
  ),
  dueAt: episodes.reduce((soonest, { dueAt }) => (dueAt < soonest ? dueAt : soonest), first.dueAt),
});
