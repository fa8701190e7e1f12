import type { ConnectionId } from '#core/ids.ts';
import type { LeavingItem, ShelfKind } from '../../core/leaving-soon/leaving-soon.ts';
import type { LinkProblem } from '../../core/leaving-soon/link-problem.ts';
import type { LeavingTitle, LinkTree, SeenFile } from '../../core/leaving-soon/link-tree.ts';
import type { Surface } from '../../core/policy/settings.ts';

/** What we know of the links for one media server in one folder. */
export type LinkShelf = {
  connectionId: ConnectionId;
  /** The folder of the settings, as this program sees it; the paths of the tree are below it. */
  folder: string;
  tree: LinkTree;
  /** Folders that were made for the links, and go with them. */
  folders: readonly string[];
  /** Names of the libraries that were made or found; null while nothing ever left. */
  libraries: Readonly<Record<ShelfKind, string | null>>;
  untold: Untold;
  /** The last time that all went well. */
  updatedAt: Date | null;
  problem: LinkProblem | null;
};

/** What was changed and the media server does not know yet, because it could not be told. */
export type Untold = {
  changes: readonly { path: string; is: 'new' | 'gone' }[];
  /** A library was made: it has to look at everything once. */
  everything: boolean;
};

export type LinkStore = {
  /** Who we are: made up at the first question, and the same for ever. */
  instanceId(): Promise<string>;
  /** Folders that have had our marker. */
  folders(): Promise<readonly string[]>;
  noteFolder(folder: string): Promise<void>;
  /** A person looked at it: an empty folder may be taken again. */
  forgetFolder(folder: string): Promise<void>;
  shelves(): Promise<LinkShelf[]>;
  save(shelf: LinkShelf): Promise<void>;
  forget(connectionId: ConnectionId, folder: string): Promise<void>;
};

export type LinkSettings = {
  surfaces: Readonly<Record<ShelfKind, Surface>>;
  folder: string | null;
  names: Readonly<Record<ShelfKind, string>>;
};

export type LinkSource = {
  leaving(): Promise<readonly LeavingItem[]>;
  settings(): Promise<LinkSettings>;
  /** What leaves, with its files as this program and as the media server see them. */
  titles(connectionId: ConnectionId, items: readonly LeavingItem[]): Promise<LeavingTitle[]>;
  /** Any file of the library, to try a link with; of what leaves when anything does. Null when there is none. */
  anyFile(connectionId: ConnectionId, items: readonly LeavingItem[]): Promise<SeenFile | null>;
  /** Our path as the media server sees it. */
  asSeenBy(connectionId: ConnectionId, path: string): Promise<string>;
  /** Root folders of Radarr and Sonarr as this program sees them. */
  mediaFolders(): Promise<readonly string[]>;
  /** Connections that exist, also those that are switched off. */
  connections(): Promise<readonly { id: ConnectionId; name: string }[]>;
};
