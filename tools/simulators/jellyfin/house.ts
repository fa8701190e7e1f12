import type { JellyfinHouse, MediaRow, Person, Title } from '../../seed/household.ts';
import type { World } from '../world.ts';

export type JellyfinOptions = {
  port?: number;
  host?: string;
  urlBase?: string;
  apiKey?: string;
  /** 10.10 has no storage page, 12 refuses the old ways to send a key. */
  version?: string;
  /** The old headers and `api_key`; on up to 10.11 unless said otherwise. */
  legacyAuth?: boolean;
  /** Items that vanished and were watched stay, as 10.11 leaves them (jellyfin#17662). */
  keepsGhosts?: boolean;
  /** Members of collections hide behind them unless `collapseBoxSetItems=false` (T-24). */
  groupsCollections?: boolean;
};

export type Jellyfin = {
  house: JellyfinHouse;
  world: World;
  settings: Required<
    Pick<
      JellyfinOptions,
      'urlBase' | 'apiKey' | 'version' | 'legacyAuth' | 'keepsGhosts' | 'groupsCollections'
    >
  >;
  isStarting: boolean;
  catalogue: Catalogue;
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
  /** Marks have changed, items have not. */
  forgetLists: () => void;
  forget: () => void;
};

export const titleOf = ({ world }: Jellyfin, item: MediaRow): Title | undefined =>
  item.title === null ? undefined : world.household.titles[item.title];

/** 32 digits, with or without dashes; anything else is no id. */
export function parseId(text: string): string | undefined {
  const plain = text.replaceAll('-', '').toLowerCase();
  return /^[0-9a-f]{32}$/.test(plain) ? plain : undefined;
}

/** What cannot be read as an id is left out without a word, as Jellyfin does (T-20). */
export const parseIds = (values: readonly string[]): string[] =>
  values.flatMap((value) => value.split(',')).flatMap((value) => parseId(value) ?? []);

export const personOf = (jellyfin: Jellyfin, id: string | null): Person | undefined => {
  const wanted = id === null ? undefined : parseId(id);
  return jellyfin.world.household.people.find((person) => person.userId === wanted);
};

export const isFolder = (item: MediaRow): boolean => item.kind !== 'Movie' && item.kind !== 'Episode';

export function mayToSee(jellyfin: Jellyfin, person: Person | undefined, item: MediaRow): boolean {
  const allowed = person?.libraries;
  if (!allowed) return true;
  if (item.kind === 'CollectionFolder') return allowed.includes(item.id);
  if (item.kind !== 'BoxSet') return allowed.includes(item.libraryId);
  if (item.members.length === 0) return true;
  return item.members.some((member) => allowed.includes(jellyfin.catalogue.byId(member)?.libraryId ?? ''));
}
