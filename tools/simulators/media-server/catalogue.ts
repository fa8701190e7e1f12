import type { JellyfinHouse, MediaRow } from '../../seed/household.ts';
import { sortName } from '../../seed/titles.ts';
import type { Catalogue } from './house.ts';

type Index = {
  byId: Map<string, MediaRow>;
  episodes: Map<string, MediaRow[]>;
  children: Map<string, MediaRow[]>;
  sorted: MediaRow[];
};

/** A sync reads one list per person, page after page. */
const KEPT_LISTS = 24;

export function createCatalogue(house: JellyfinHouse): Catalogue {
  let index: Index | undefined;
  const found = new Map<string, readonly MediaRow[]>();
  let texts = new WeakMap<MediaRow, Map<string, string>>();
  const get = (): Index => (index ??= build(house));
  return {
    byId: (id) => get().byId.get(id),
    episodesOf: (id) => get().episodes.get(id) ?? [],
    childrenOf: (id) => get().children.get(id) ?? [],
    sortedByName: () => get().sorted,
    keep: (key, find) => {
      const known = found.get(key) ?? find();
      if (found.size >= KEPT_LISTS) found.clear();
      found.set(key, known);
      return known;
    },
    keepText: (item, key, write) => {
      const kept = texts.get(item) ?? new Map<string, string>();
      const written = kept.get(key) ?? write();
      texts.set(item, kept.set(key, written));
      return written;
    },
    forgetLists: () => found.clear(),
    forget: () => {
      found.clear();
      texts = new WeakMap();
      index = undefined;
    },
  };
}

function build(house: JellyfinHouse): Index {
  const index: Index = { byId: new Map(), episodes: new Map(), children: new Map(), sorted: [] };
  const put = (map: Map<string, MediaRow[]>, key: string | null, item: MediaRow): void => {
    if (key === null || key === '') return;
    const list = map.get(key);
    if (list) list.push(item);
    else map.set(key, [item]);
  };
  for (const item of house.items) {
    index.byId.set(item.id, item);
    put(index.children, parentIdOf(item), item);
    if (item.kind !== 'Episode' || item.isVirtual) continue;
    put(index.episodes, item.seriesId, item);
    put(index.episodes, item.seasonId, item);
  }
  const names = new Map(house.items.map((item) => [item, sortKey(item, index.byId)]));
  index.sorted = [...house.items].sort((a, b) => compare(names.get(a) ?? '', names.get(b) ?? ''));
  return index;
}

export const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

export const parentIdOf = (item: MediaRow): string | null =>
  item.seasonId ?? item.seriesId ?? (item.libraryId || null);

/** Seasons and episodes are in order within their series; ids break ties so that pages are stable. */
function sortKey(item: MediaRow, byId: Map<string, MediaRow>): string {
  const series = item.seriesId === null ? '' : (byId.get(item.seriesId)?.name ?? '');
  const number = (value: number | null): string => String(value ?? 0).padStart(6, '0');
  const own =
    item.kind === 'Episode'
      ? `${number(item.parentIndex)} ${number(item.index)}`
      : item.kind === 'Season'
        ? number(item.index)
        : '';
  return `${sortName(series || item.name)} ${own} ${item.name} ${item.id}`;
}
