import type { ConnectionId, ItemId } from '#core/ids.ts';
import type { LeavingItem, ShelfKind } from '../../core/leaving-soon/leaving-soon.ts';
import type { Language, PosterText } from '../../core/leaving-soon/poster.ts';
import type { Surface } from '../../core/policy/settings.ts';

/** What we know of one of our collections in one media server. */
export type KnownShelf = {
  connectionId: ConnectionId;
  kind: ShelfKind;
  collectionId: string;
  members: readonly string[];
  /** Of the picture that was set last; null when it has to be set. */
  posterKey: string | null;
};

export type ShelfStore = {
  get(connectionId: ConnectionId, kind: ShelfKind): Promise<KnownShelf | null>;
  save(shelf: KnownShelf): Promise<void>;
  forget(connectionId: ConnectionId, kind: ShelfKind): Promise<void>;
};

export type ShelfSettings = {
  names: Readonly<Record<ShelfKind, string>>;
  language: Language;
  surfaces: Readonly<Record<ShelfKind, Surface>>;
};

/** Where the collections get their contents from. */
export type LeavingSource = {
  /**
   * What leaves soon or is due in the last plan of every armed policy. The collections are the warning, so a policy that
   * is not armed announces nothing: what is announced must be what happens.
   */
  leaving(): Promise<readonly LeavingItem[]>;
  /** Ids of items in one media server; an item that is not in it is left out. */
  membersOf(connectionId: ConnectionId, itemIds: readonly ItemId[]): Promise<ReadonlyMap<ItemId, string>>;
  settings(): Promise<ShelfSettings>;
};

export type DrawPoster = (text: PosterText) => Promise<Uint8Array>;
