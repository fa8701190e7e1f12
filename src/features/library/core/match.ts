import type { ConnectionId, ItemId } from '#core/ids.ts';
import { pathAndParents, tidyPath } from './paths.ts';

export type MediaIds = { tmdb: number | null; tvdb: number | null; imdb: string | null };

/** A film or show of the catalogue, with its paths as this program sees them. */
export type CatalogueTitle = {
  id: ItemId;
  kind: 'film' | 'show';
  path: string;
  ids: MediaIds;
};

/** A film or show of a media server, with its path as this program sees it. */
export type MediaTitle = {
  key: MediaKey;
  kind: 'film' | 'show';
  path: string | null;
  ids: MediaIds;
};

/** `<connection>:<id at the media server>`: two media servers may give the same id. */
export type MediaKey = `${string}:${string}`;

export const mediaKey = (connectionId: ConnectionId, externalId: string): MediaKey =>
  `${connectionId}:${externalId}`;

/** The ids that one media server knows, of keys that may come from several. */
export const idsAt = (connectionId: ConnectionId, keys: readonly string[]): string[] =>
  keys.filter((key) => key.startsWith(`${connectionId}:`)).map((key) => key.slice(connectionId.length + 1));

export const serverOf = (key: MediaKey): string => key.slice(0, key.indexOf(':'));

/** Why nobody knows who watched a title that no media server has. */
export const NOT_THERE = 'not-in-media-server';
/** Why nobody knows who watched a title that has an entry which could be another's. */
export const UNCLEAR = 'unclear-in-media-server';

export type Match = {
  by: 'path' | 'ids';
  keys: readonly MediaKey[];
  /** Another media server has it, or a copy of it in another place, and nobody can say which of the two. */
  unclear?: true;
};

/**
 * Which media entries are the same thing as which title. A title that is not in the answer is not known to any
 * media server, which is not the same as "nobody watched it" (J-38).
 *
 * The path decides; provider ids are asked only for titles and entries that no path brought together, and only
 * when the ids lead to one path. So a 4K copy in another library stays another title (J-97, T-14).
 * Each media server is asked for itself: that one knows a title by its path says nothing about the other, whose
 * watchers would be lost (J-34). Where one of them has an entry that could be two titles, what the other says of these
 * is not enough: somebody may have watched it there.
 */
export function matchTitles(
  titles: readonly CatalogueTitle[],
  entries: readonly MediaTitle[],
): Map<ItemId, Match> {
  const servers = indexBy(entries, ({ key }) => [serverOf(key)]);
  const unclear = new Set<ItemId>();
  const all = new Map<ItemId, Match>();
  for (const own of servers.values()) {
    const { found, ambiguous } = matchWithServer(titles, own);
    for (const id of ambiguous) unclear.add(id);
    for (const [id, match] of found) {
      const before = all.get(id);
      const by = before?.by === 'path' ? before.by : match.by;
      all.set(id, { by, keys: [...(before?.keys ?? []), ...match.keys] });
    }
  }
  for (const id of unclear) {
    const match = all.get(id);
    if (match) all.set(id, { ...match, unclear: true });
  }
  return all;
}

type AtServer = { found: Map<ItemId, Match>; ambiguous: ItemId[] };

function matchWithServer(titles: readonly CatalogueTitle[], entries: readonly MediaTitle[]): AtServer {
  const ambiguous = new Set<ItemId>();
  const found = new Map<ItemId, { by: Match['by']; keys: MediaKey[] }>();
  const join = (title: CatalogueTitle, entry: MediaTitle, by: Match['by']) => {
    const match = found.get(title.id) ?? { by, keys: [] };
    match.keys.push(entry.key);
    found.set(title.id, match);
  };

  const homes = indexBy(titles, (title) => [`${title.kind} ${tidyPath(title.path)}`]);
  const homeless = entries.filter((entry) => {
    const owners = ownersOf(entry, homes);
    for (const title of owners) join(title, entry, 'path');
    return owners.length === 0;
  });

  const open = titles.filter((title) => !found.has(title.id));
  const byId = indexBy(open, idKeys);
  const everyId = indexBy(titles, idKeys);
  for (const group of indexBy(homeless, onePlace).values()) {
    // Two titles in two places with one id (HD and 4K): nobody can say which of them this entry is.
    const candidates = group.flatMap((entry) => sameIds(entry, everyId));
    const places = new Set(candidates.map((title) => tidyPath(title.path)));
    if (places.size > 1) for (const { id } of candidates) ambiguous.add(id);
    if (places.size !== 1) continue;
    for (const entry of group) for (const title of sameIds(entry, byId)) join(title, entry, 'ids');
  }
  // What this server knows by its own entry is not what the other entry could be.
  return { found, ambiguous: [...ambiguous].filter((id) => !found.has(id)) };
}

/** Entries of one file are judged together; an entry without a path stands for itself. */
const onePlace = ({ kind, path, key }: MediaTitle): string[] => [
  path === null ? key : `${kind} ${tidyPath(path)}`,
];

/** The titles of the nearest folder at or above the entry: several only when they have the very same path. */
function ownersOf(
  entry: MediaTitle,
  homes: ReadonlyMap<string, CatalogueTitle[]>,
): readonly CatalogueTitle[] {
  if (entry.path === null) return [];
  // A show is its folder; a film is a file somewhere in its folder.
  const places = entry.kind === 'show' ? [tidyPath(entry.path)] : pathAndParents(entry.path);
  for (const place of places) {
    const owners = homes.get(`${entry.kind} ${place}`);
    if (owners) return owners;
  }
  return [];
}

function sameIds(entry: MediaTitle, index: ReadonlyMap<string, CatalogueTitle[]>): CatalogueTitle[] {
  const candidates = new Set(idKeys(entry).flatMap((key) => index.get(key) ?? []));
  return [...candidates].filter((title) => agree(entry, title));
}

/** The first id that both know decides, so that one wrong id among three cannot join two things. */
function agree(entry: MediaTitle, title: CatalogueTitle): boolean {
  const order =
    title.kind === 'film' ? (['tmdb', 'imdb', 'tvdb'] as const) : (['tvdb', 'tmdb', 'imdb'] as const);
  const shared = order.find((name) => entry.ids[name] !== null && title.ids[name] !== null);
  return shared !== undefined && entry.ids[shared] === title.ids[shared];
}

const idKeys = ({ kind, ids }: { kind: string; ids: MediaIds }): string[] =>
  Object.entries(ids).flatMap(([name, id]) => (id === null ? [] : [`${kind} ${name} ${id}`]));

function indexBy<T>(values: readonly T[], keysOf: (value: T) => readonly string[]): Map<string, T[]> {
  const index = new Map<string, T[]>();
  for (const value of values) {
    for (const key of keysOf(value)) {
      const list = index.get(key);
      if (list) list.push(value);
      else index.set(key, [value]);
    }
  }
  return index;
}
