import type { MediaRow, Person } from '../../seed/household.ts';
import { compare } from './catalogue.ts';
import { mayToSee, parseId, parseIds, titleOf, type Jellyfin } from './house.ts';
import { isPlayed, markOf } from './user-data.ts';

type Test = (item: MediaRow) => boolean;

const kinds = ['Movie', 'Series', 'Season', 'Episode', 'BoxSet', 'CollectionFolder', 'Folder'] as const;

const words = (query: URLSearchParams, name: string): string[] =>
  query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .filter(Boolean);

const pageOnly = new Set([
  'startindex',
  'limit',
  'fields',
  'enableuserdata',
  'enableimages',
  'enabletotalrecordcount',
]);

/** Pages of one list are asked for one after the other: what was found is kept until something changes. */
export function findItems(
  jellyfin: Jellyfin,
  query: URLSearchParams,
  person: Person | undefined,
): readonly MediaRow[] {
  const asked = [...query].filter(([name]) => !pageOnly.has(name));
  return jellyfin.catalogue.keep(JSON.stringify([person?.userId, asked]), () =>
    find(jellyfin, query, person),
  );
}

/** Finds as `/Items` does; `query` has its names in lower case. Filters it does not know are ignored. */
function find(jellyfin: Jellyfin, query: URLSearchParams, person: Person | undefined): MediaRow[] {
  const tests = [(item: MediaRow) => mayToSee(jellyfin, person, item), ...filters(jellyfin, query, person)];
  const found = startingSet(jellyfin, query).filter((item) => tests.every((test) => test(item)));
  return sortItems(jellyfin, collapse(jellyfin, query, person, found), query, person);
}

function startingSet(jellyfin: Jellyfin, query: URLSearchParams): readonly MediaRow[] {
  const { catalogue } = jellyfin;
  const ids = parseIds(query.getAll('ids'));
  if (ids.length > 0) return [...new Set(ids)].flatMap((id) => catalogue.byId(id) ?? []);
  const isRecursive = query.get('recursive') === 'true';
  const parent = catalogue.byId(parseId(query.get('parentid') ?? '') ?? '');
  if (!parent)
    return isRecursive
      ? catalogue.sortedByName().filter((item) => item.kind !== 'CollectionFolder')
      : catalogue.sortedByName().filter((item) => item.kind === 'CollectionFolder');
  if (parent.kind === 'BoxSet') return parent.members.flatMap((id) => catalogue.byId(id) ?? []);
  if (!isRecursive) return catalogue.childrenOf(parent.id);
  return catalogue
    .sortedByName()
    .filter(
      (item) => item.libraryId === parent.id || item.seriesId === parent.id || item.seasonId === parent.id,
    );
}

function filters(jellyfin: Jellyfin, query: URLSearchParams, person: Person | undefined): Test[] {
  const tests: Test[] = [];
  const known = (name: string) =>
    words(query, name)
      .filter((word) => kinds.some((kind) => kind.toLowerCase() === word.toLowerCase()))
      .map((word) => word.toLowerCase());
  const wanted = known('includeitemtypes');
  const unwanted = known('excludeitemtypes');
  if (wanted.length > 0) tests.push((item) => wanted.includes(item.kind.toLowerCase()));
  if (unwanted.length > 0) tests.push((item) => !unwanted.includes(item.kind.toLowerCase()));
  const isMissing = query.get('ismissing');
  if (isMissing !== null) tests.push((item) => item.isVirtual === (isMissing === 'true'));
  const term = query.get('searchterm')?.toLowerCase();
  if (term) tests.push((item) => item.name.toLowerCase().includes(term));
  if (person) tests.push(...personalFilters(jellyfin, query, person));
  return tests;
}

function personalFilters(jellyfin: Jellyfin, query: URLSearchParams, person: Person): Test[] {
  const asked = words(query, 'filters').map((word) => word.toLowerCase());
  const tests: Test[] = [];
  const flag = (name: string, yes: string, no: string, test: Test): void => {
    const value = query.get(name);
    if (value === 'true' || asked.includes(yes)) tests.push(test);
    if (value === 'false' || asked.includes(no)) tests.push((item) => !test(item));
  };
  flag('isfavorite', 'isfavorite', '-', (item) => markOf(jellyfin, person, item).favourite);
  flag('isplayed', 'isplayed', 'isunplayed', (item) => isPlayed(jellyfin, person, item));
  if (asked.includes('isresumable')) tests.push((item) => markOf(jellyfin, person, item).positionTicks > 0);
  return tests;
}

/** With grouping on, a film that is in a collection is shown as the collection (T-24). */
function collapse(
  jellyfin: Jellyfin,
  query: URLSearchParams,
  person: Person | undefined,
  found: MediaRow[],
): MediaRow[] {
  if (
    !jellyfin.settings.groupsCollections ||
    !person ||
    query.get('collapseboxsetitems') === 'false' ||
    query.has('ids')
  )
    return found;
  const boxes = jellyfin.house.items.filter((item) => item.kind === 'BoxSet');
  return [...new Set(found.map((item) => boxes.find((box) => box.members.includes(item.id)) ?? item))];
}

function sortItems(
  jellyfin: Jellyfin,
  found: MediaRow[],
  query: URLSearchParams,
  person: Person | undefined,
): MediaRow[] {
  const [by] = words(query, 'sortby');
  const key = sortKeys(jellyfin, person)[by?.toLowerCase() ?? ''];
  const sorted = key ? [...found].sort((a, b) => compare(key(a), key(b)) || compare(a.id, b.id)) : found;
  return query.get('sortorder')?.toLowerCase().startsWith('desc') ? sorted.toReversed() : sorted;
}

/** By name is the order the catalogue is in. */
const sortKeys = (
  jellyfin: Jellyfin,
  person: Person | undefined,
): Record<string, (item: MediaRow) => string | number> => ({
  datecreated: (item) => item.createdAt,
  premieredate: (item) => item.premieredAt ?? '',
  productionyear: (item) => titleOf(jellyfin, item)?.year ?? 0,
  dateplayed: (item) => (person ? (markOf(jellyfin, person, item).lastAt ?? '') : ''),
  playcount: (item) => (person ? markOf(jellyfin, person, item).count : 0),
});
