import type { JellyfinHouse, MediaRow, Person, Title } from '../../seed/household.ts';
import type { World } from '../world.ts';
import type { View } from './view.ts';

/** What the simulators of Jellyfin and Emby share, as the real ones share where they came from. */
export type MediaServer = {
  house: JellyfinHouse;
  world: World;
  people: readonly Person[];
  settings: MediaServerSettings;
  catalogue: Catalogue;
  /** Undefined when it is no id of this server. */
  parseId: (text: string) => string | undefined;
  /** An item as this server writes it, without what anybody did with it. */
  write: (item: MediaRow, view: View) => object;
  /** What somebody did with it. */
  writeUserData: (item: MediaRow, person: Person, view: View) => object;
};

export type MediaServerSettings = {
  /** Items that vanished and were watched stay, as Jellyfin 10.11 leaves them (jellyfin#17662). */
  keepsGhosts: boolean;
  /** Members of collections hide behind them unless `collapseBoxSetItems=false` (T-24). */
  groupsCollections: boolean;
  /** Real folders of this machine that this server sees by another path. */
  mounts: readonly { here: string; there: string }[];
  /** False as on a share that shows links as small files (T-61). */
  followsLinks: boolean;
};

/** Look-ups over the items, made again after the items have changed. */
export type Catalogue = {
  byId: (id: string) => MediaRow | undefined;
  /** Episodes of a series or a season, without the virtual ones. */
  episodesOf: (id: string) => readonly MediaRow[];
  childrenOf: (id: string) => readonly MediaRow[];
  sortedByName: () => readonly MediaRow[];
  /** Answers from memory until `forget`. */
  keep: (key: string, find: () => readonly MediaRow[]) => readonly MediaRow[];
  keepText: (item: MediaRow, key: string, write: () => string) => string;
  /** Marks have changed, items have not. */
  forgetLists: () => void;
  forget: () => void;
};

export const titleOf = ({ world }: MediaServer, item: MediaRow): Title | undefined =>
  item.title === null ? undefined : world.household.titles[item.title];

/** What cannot be read as an id is left out without a word, as Jellyfin does (T-20). */
export const parseIds = ({ parseId }: MediaServer, values: readonly string[]): string[] =>
  values.flatMap((value) => value.split(',')).flatMap((value) => parseId(value) ?? []);

export const itemAt = ({ catalogue, parseId }: MediaServer, id: string | undefined): MediaRow | undefined =>
  catalogue.byId(parseId(id ?? '') ?? '');

/** 32 digits, with or without dashes; anything else is no id. Users have such ids in both. */
export function parseGuid(text: string): string | undefined {
  const plain = text.replaceAll('-', '').toLowerCase();
  return /^[0-9a-f]{32}$/.test(plain) ? plain : undefined;
}

export const personOf = ({ people }: MediaServer, id: string | null): Person | undefined => {
  const wanted = id === null ? undefined : parseGuid(id);
  return people.find((person) => person.userId === wanted);
};

export const isFolder = (item: MediaRow): boolean => item.kind !== 'Movie' && item.kind !== 'Episode';

export function mayToSee(server: MediaServer, person: Person | undefined, item: MediaRow): boolean {
  const allowed = person?.libraries;
  if (!allowed) return true;
  if (item.kind === 'CollectionFolder') return allowed.includes(item.id);
  if (item.kind !== 'BoxSet') return allowed.includes(item.libraryId);
  if (item.members.length === 0) return true;
  return item.members.some((member) => allowed.includes(server.catalogue.byId(member)?.libraryId ?? ''));
}
