import type { Item, Watch } from '#features/library/core/item.ts';
import type { AgeBasis } from '../policy/policy.ts';

/** The clock of one item. When it is not known, `why` says what was missing and the item never goes. */
export type Age = { importedAt: Date | null; lastWatchedAt: Date | null } & (
  { known: true; countsFrom: Date } | { known: false; why: string }
);

/**
 * J-30: age counts from the import, or from the last watch when that is later. So a watch can only extend life, and a
 * new download starts the clock again. Never watched (asked, and nobody did) is not the same as unknown (J-33, J-38 FIX).
 */
export function ageOf(item: Item, basis: AgeBasis): Age {
  const imported = importOf(item, basis);
  const importedAt = imported.known ? imported.at : null;
  const lastWatchedAt = item.watch.known ? item.watch.value.lastWatchedAt : null;
  const notKnown = (why: string): Age => ({ known: false, why, importedAt, lastWatchedAt });

  if (!imported.known) return notKnown(imported.why);
  if (!item.watch.known) return notKnown(item.watch.why);
  if (isWatchedWithoutDate(item.watch.value)) return notKnown('watched-without-date');

  const countsFrom =
    lastWatchedAt !== null && lastWatchedAt.getTime() > imported.at.getTime() ? lastWatchedAt : imported.at;
  return isReadable(countsFrom) && (lastWatchedAt === null || isReadable(lastWatchedAt))
    ? { known: true, countsFrom, importedAt, lastWatchedAt }
    : notKnown('date-not-readable');
}

export type Imported = { known: true; at: Date } | { known: false; why: string };

/** J-21: what no import tells of has an unknown age. It is shown, and it is never removed by itself. */
export function importOf(item: Item, basis: AgeBasis): Imported {
  const fact = basis === 'newest-import' ? item.newestFileAt : item.oldestImportAt;
  if (!fact.known) return fact;
  if (fact.value === null) return { known: false, why: 'no-import' };
  return { known: true, at: fact.value };
}

/** T-22: some players mark as played and give no date; then somebody watched, and nobody can say when. */
const isWatchedWithoutDate = (watch: Watch): boolean =>
  watch.watchers.some((watcher) => watcher.lastWatchedAt === null && (watcher.finished || watcher.halfWay));

const isReadable = (date: Date): boolean => !Number.isNaN(date.getTime());
