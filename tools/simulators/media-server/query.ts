import type { MediaRow, Person } from '../../seed/household.ts';
import { compare } from './catalogue.ts';
import { itemAt, mayToSee, parseIds, titleOf, type MediaServer } from './house.ts';
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
  server: MediaServer,
  query: URLSearchParams,
  person: Person | undefined,
): readonly MediaRow[] {
  const asked = [...query].filter(([name]) => !pageOnly.has(name));
  return server.catalogue.keep(JSON.stringify([person?.userId, asked]), () => find(server, query, person));
}

/** Finds as `/Items` does; `query` has its names in lower case. Filters it does not know are ignored. */
function find(server: MediaServer, query: URLSearchParams, person: Person | undefined): MediaRow[] {
  const tests = [(item: MediaRow) => mayToSee(server, person, item), ...filters(server, query, person)];
  const found = startingSet(server, query).filter((item) => tests.every((test) => test(item)));
  return sortItems(server, collapse(server, query, person, found), query, person);
}

function startingSet(server: MediaServer, query: URLSearchParams): readonly MediaRow[] {
  const { catalogue } = server;
  const ids = parseIds(server, query.getAll('ids'));
  if (ids.length > 0) return [...new Set(ids)].flatMap((id) => catalogue.byId(id) ?? []);
  const isRecursive = query.get('recursive') === 'true';
  const parent = itemAt(server, query.get('parentid') ?? undefined);
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

function filters(server: MediaServer, query: URLSearchParams, person: Person | undefined): Test[] {
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
  if (person) tests.push(...personalFilters(server, query, person));
  return tests;
}

function personalFilters(server: MediaServer, query: URLSearchParams, person: Person): Test[] {
  const asked = words(query, 'filters').map((word) => word.toLowerCase());
  const tests: Test[] = [];
  const flag = (name: string, yes: string, no: string, test: Test): void => {
    const value = query.get(name);
    if (value === 'true' || asked.includes(yes)) tests.push(test);
    if (value === 'false' || asked.includes(no)) tests.push((item) => !test(item));
  };
  flag('isfavorite', 'isfavorite', '-', (item) => markOf(server, person, item).favourite);
  flag('isplayed', 'isplayed', 'isunplayed', (item) => isPlayed(server, person, item));
  if (asked.includes('isresumable')) tests.push((item) => markOf(server, person, item).positionTicks > 0);
  return tests;
}

/** With grouping on, a film that is in a collection is shown as the collection (T-24). */
function collapse(
  server: MediaServer,
  query: URLSearchParams,
  person: Person | undefined,
  found: MediaRow[],
): MediaRow[] {
  if (
    !server.settings.groupsCollections ||
    !person ||
    query.get('collapseboxsetitems') === 'false' ||
    query.has('ids')
  )
    return found;
  const boxes = server.house.items.filter((item) => item.kind === 'BoxSet');
  return [...new Set(found.map((item) => boxes.find((box) => box.members.includes(item.id)) ?? item))];
}

function sortItems(
  server: MediaServer,
  found: MediaRow[],
  query: URLSearchParams,
  person: Person | undefined,
): MediaRow[] {
  const [by] = words(query, 'sortby');
  const key = sortKeys(server, person)[by?.toLowerCase() ?? ''];
  const sorted = key ? [...found].sort((a, b) => compare(key(a), key(b)) || compare(a.id, b.id)) : found;
  return query.get('sortorder')?.toLowerCase().startsWith('desc') ? sorted.toReversed() : sorted;
}

/** By name is the order the catalogue is in. */
const sortKeys = (
  server: MediaServer,
  person: Person | undefined,
): Record<string, (item: MediaRow) => string | number> => ({
  datecreated: (item) => item.createdAt,
  premieredate: (item) => item.premieredAt ?? '',
  productionyear: (item) => titleOf(server, item)?.year ?? 0,
  dateplayed: (item) => (person ? (markOf(server, person, item).lastAt ?? '') : ''),
  playcount: (item) => (person ? markOf(server, person, item).count : 0),
});
