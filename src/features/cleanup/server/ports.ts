import type { ConnectionId } from '#core/ids.ts';
import type { Result } from '#core/result.ts';
import type { ShelfKind } from '../core/leaving-soon/leaving-soon.ts';
import type { Torrent, TorrentFile } from '../core/removal/torrent.ts';
import type {
  AddedTitle,
  MonitoringChange,
  RestoreNow,
  RestorePlaces,
  SearchScope,
} from '../core/restore/restore-now.ts';
import type { Scope, StepProblem, TitleNow, TitleRequest } from '../core/removal/title-now.ts';
import type { RecycleBin, TitleSettings } from '../core/removal/title-settings.ts';

export type { Scope, StepProblem, TitleNow, TitleRequest } from '../core/removal/title-now.ts';

/** Radarr and Sonarr as the removal saga needs them. */
export type MediaManager = {
  /** `null` when the service itself says that it does not know the title (404), never because it could not be asked. */
  read(externalId: number): Promise<Result<TitleNow | null, StepProblem>>;
  /** All that giving the title back would need (C-14), read before it is touched; `null` as for `read`. */
  settings(externalId: number): Promise<Result<TitleSettings | null, StepProblem>>;
  unmonitor(externalId: number, scope: Scope): Promise<Result<void, StepProblem>>;
  /**
   * Removes a title with its files, files of one season, or one episode file: exactly the `files` named and never one that came later,
   * so that nothing beyond the plan can go (for a whole title the service takes the folder; the list is then only a note).
   * Answers before the files are gone; verify by `read`.
   */
  remove(
    externalId: number,
    scope: Scope,
    options: { addImportExclusion: boolean; files: readonly number[] },
  ): Promise<Result<void, StepProblem>>;
};

/** Radarr and Sonarr as undoing needs them. Nothing here deletes a title or a file. */
export type TitleRestorer = {
  /** By what it is: a query for one title may be answered with others, and numbers change (T-02, T-14). */
  find(title: RestoreTarget): Promise<Result<Omit<RestoreNow, 'places'>, StepProblem>>;
  places(): Promise<Result<RestorePlaces, StepProblem>>;
  /** Lets the import lists bring the title again. Not excluded is as good. */
  unexclude(title: RestoreTarget): Promise<Result<void, StepProblem>>;
  /** Whether it was added, only a look tells. Labels that are missing are made. */
  add(title: AddedTitle): Promise<Result<void, StepProblem>>;
  monitor(externalId: number, change: MonitoringChange): Promise<Result<void, StepProblem>>;
  search(externalId: number, scope: SearchScope): Promise<Result<void, StepProblem>>;
  /** Null: it deletes for good. */
  recycleBin(): Promise<Result<RecycleBin | null, StepProblem>>;
};

/** The title by its ids; by its number only where it has none. */
export type RestoreTarget = { externalId: number; tmdb: number | null; tvdb: number | null; path: string };

/** Null when the connection was taken away or switched off. */
export type Restorers = (id: ConnectionId) => Promise<TitleRestorer | null>;

/** Seerr and its relatives. */
export type RequestManager = {
  /** Every request for the title, by media type and provider id; which of them are ours is decided in core (J-95). */
  find(title: {
    kind: 'film' | 'show';
    tmdb: number | null;
    tvdb: number | null;
  }): Promise<Result<readonly TitleRequest[], StepProblem>>;
  remove(requestExternalId: number): Promise<Result<void, StepProblem>>;
};

/** A request server finds out what is no longer there; it answers when it has begun. */
export type AvailabilitySync = () => Promise<Result<void, StepProblem>>;

/** A media server as clean-up needs it. It is told to look; it never deletes media for us (J-97 FIX). */
export type Shelf = {
  tellRemoved(paths: readonly string[]): Promise<Result<void, StepProblem>>;
  /**
   * Finds or makes the collection; the id changes when somebody deleted it. Without a `firstMember` it is never made,
   * and null says that there is none.
   */
  openCollection(
    name: string,
    lastKnownId: string | null,
    firstMember: string | null,
  ): Promise<Result<{ id: string; members: readonly string[] } | null, StepProblem>>;
  /** Members that the media server does not know are left out; only a problem with the collection is one. */
  addToCollection(id: string, members: readonly string[]): Promise<Result<void, StepProblem>>;
  removeFromCollection(id: string, members: readonly string[]): Promise<Result<void, StepProblem>>;
  setPoster(id: string, image: Uint8Array): Promise<Result<void, StepProblem>>;
};

/** qBittorrent, Transmission and Deluge. */
export type TorrentClient = {
  /** Every torrent, or a problem: a part of the list would hide who else holds a file. */
  torrents(): Promise<Result<readonly Torrent[], StepProblem>>;
  /** The files of these torrents by hash, as the client sees them. A torrent that went meanwhile is left out. */
  files(hashes: readonly string[]): Promise<Result<ReadonlyMap<string, readonly TorrentFile[]>, StepProblem>>;
  /** Takes the torrents out of the client, with the files or without. What the client does not know is no problem. */
  remove(hashes: readonly string[], options: { deleteFiles: boolean }): Promise<Result<void, StepProblem>>;
};

/** What of a library was found: `name-taken` is one that stands on other folders, and so is not ours. */
export type OpenedLibrary = { is: 'found' | 'made' | 'name-taken'; name: string };

/** A media server as the folder of links needs it: it is asked for a library and told to look, and deletes nothing (T-30). */
export type LinkLibrary = {
  /** The library that stands on this folder, whatever a person calls it by now; made when there is none. */
  openLibrary(wish: {
    kind: ShelfKind;
    name: string;
    /** As the media server sees it. */
    path: string;
  }): Promise<Result<OpenedLibrary, StepProblem>>;
  /** It looks at these places and at nothing else. */
  tellChanged(changes: readonly { path: string; is: 'new' | 'gone' }[]): Promise<Result<void, StepProblem>>;
  /** It looks at everything: a library that was made a moment ago is not known to it before that. */
  lookEverywhere(): Promise<Result<void, StepProblem>>;
  /** Whether it sees this file. */
  sees(path: string): Promise<Result<boolean, StepProblem>>;
};

/** `ofThisKind` counts the connections of the same kind: with only one, a request cannot mean another (J-95). */
export type ConnectedManager = { manager: MediaManager; url: string; ofThisKind: number };

export type ConnectedTorrentClient = { connectionId: ConnectionId; name: string; client: TorrentClient };

/** `name` as a person called the connection. */
export type ConnectedLibrary = { connectionId: ConnectionId; name: string; library: LinkLibrary };

/** What `server/compose` plugs in: an open client for a connection. */
export type Managers = {
  /** Null when the connection was taken away or switched off. */
  mediaManager(id: ConnectionId): Promise<ConnectedManager | null>;
  requestManagers(): Promise<readonly { connectionId: ConnectionId; manager: RequestManager }[]>;
  shelves(): Promise<readonly { connectionId: ConnectionId; shelf: Shelf }[]>;
  /** Every media server that is switched on. */
  linkLibraries(): Promise<readonly ConnectedLibrary[]>;
  /** T-12: the torrents that the history says the files were imported from. Left out where nobody removes torrents. */
  downloadsOf?(
    id: ConnectionId,
    externalId: number,
    seasonNumber: number | null,
  ): Promise<Result<readonly string[], StepProblem>>;
  /** Left out where nobody removes torrents. */
  torrentClients?(): Promise<readonly ConnectedTorrentClient[]>;
};
