import type { ItemId } from '#core/ids.ts';
import { daysBetween } from '#core/time-span.ts';
import type { ItemKind } from '#features/library/core/item.ts';

/** Something that an armed policy will remove when its day comes. */
export type LeavingItem = { itemId: ItemId; kind: ItemKind; title: string; dueAt: Date };

export const shelfKinds = ['films', 'shows'] as const;
/** One collection for each in every media server; seasons stand with the shows. */
export type ShelfKind = (typeof shelfKinds)[number];

export const shelfKindOf = (kind: ItemKind): ShelfKind => (kind === 'film' ? 'films' : 'shows');

/** Whole days, rounded up, so that "1 day" never means "in an hour"; 0 is today or overdue. */
export const daysLeft = (dueAt: Date, now: Date): number => Math.max(0, Math.ceil(daysBetween(now, dueAt)));

/** What a poster tells: how many titles, and the days until the first of them goes. */
export type ShelfSummary = { titles: number; days: number | null };

export const summarise = (items: readonly LeavingItem[], now: Date): ShelfSummary => ({
  titles: new Set(items.map((item) => item.title)).size,
  days: items.length === 0 ? null : Math.min(...items.map((item) => daysLeft(item.dueAt, now))),
});

type Wanted = { itemId: ItemId; dueAt: Date };

/** Two policies may want the same item: the earlier day counts. */
export function soonestOfEach<T extends Wanted>(items: readonly T[]): T[] {
  const soonest = new Map<ItemId, T>();
  for (const item of items) {
    const known = soonest.get(item.itemId);
    if (known === undefined || item.dueAt < known.dueAt) soonest.set(item.itemId, item);
  }
  return [...soonest.values()].sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
}

/** Each item once, however many policies want it; a size that nobody knows adds nothing. */
export function leavingTotal(items: readonly (Wanted & { sizeBytes: number | null })[]) {
  const each = soonestOfEach(items);
  return { count: each.length, bytes: each.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0) };
}

export type MembershipChange = {
  add: readonly (readonly string[])[];
  remove: readonly (readonly string[])[];
};

/** Ids travel in the address, which media servers cut at 8 KB (T-28). */
export const LARGEST_BATCH = 50;

/**
 * What must be added and taken out. A media server may tell an empty collection for a moment (T-28): then members are
 * added again, which changes nothing, and those we remember and want no more are taken out although it does not show them.
 */
export function membershipChange(input: {
  wanted: readonly string[];
  present: readonly string[];
  remembered: readonly string[];
}): MembershipChange {
  const wanted = new Set(input.wanted);
  const present = new Set(input.present);
  const seemsEmpty = present.size === 0;
  const old = new Set(seemsEmpty ? input.remembered : input.present);
  return {
    add: inBatches([...wanted].filter((id) => !present.has(id))),
    remove: inBatches([...old].filter((id) => !wanted.has(id))),
  };
}

function inBatches(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / LARGEST_BATCH);
  return Array.from({ length: count }, (_, index) =>
    ids.slice(index * LARGEST_BATCH, (index + 1) * LARGEST_BATCH),
  );
}
