import { itemKinds, type ItemKind } from '#features/library/core/item.ts';
import { m } from '#i18n/messages.js';
import { getLocale } from '#i18n/runtime.js';
import { formatBytes, formatCount } from '#ui/format.ts';

const counted: Readonly<Record<ItemKind, (count: { count: number; number: string }) => string>> = {
  film: m.delete_films,
  show: m.delete_shows,
  season: m.delete_seasons,
  episode: m.delete_episodes,
};

/** What deleting takes: "12 films, 2 seasons, 340 GB". */
export function costText(items: readonly { kind: ItemKind; bytes: number }[]): string {
  const parts = itemKinds.flatMap((kind) => {
    const count = items.filter((item) => item.kind === kind).length;
    return count === 0 ? [] : [counted[kind]({ count, number: formatCount(count, getLocale()) })];
  });
  const bytes = items.reduce((sum, item) => sum + item.bytes, 0);
  return [...parts, formatBytes(bytes, getLocale())].join(', ');
}

export const filesText = (count: number): string =>
  m.delete_files({ count, number: formatCount(count, getLocale()) });

const refusals: Readonly<Record<string, () => string>> = {
  'cleanup.item-not-found': m.delete_not_found,
  'cleanup.item-without-files': m.delete_no_files,
  'cleanup.removal-under-way': m.delete_under_way,
};

/** Why an item cannot be deleted by hand now, after its title. */
export const refusalText = (code: string): string => (refusals[code] ?? m.delete_not_found)();
