import type { ConnectionId } from '#core/ids.ts';
import type { Result } from '#core/result.ts';
import type { Torrent, TorrentFile } from '../core/torrent.ts';
import type { Scope, StepProblem, TitleNow, TitleRequest } from '../core/title-now.ts';

export type { Scope, StepProblem, TitleNow, TitleRequest } from '../core/title-now.ts';

/** Radarr and Sonarr as the removal saga needs them. */
export type MediaManager = {
  /** `null` when the service itself says that it does not know the title (404), never because it could not be asked. */
  read(externalId: number): Promise<Result<TitleNow | null, StepProblem>>;
  unmonitor(externalId: number, scope: Scope): Promise<Result<void, StepProblem>>;
  /**
   * Removes a title with its files, or files of one season: exactly the `files` named and never one that came later,
   * so that nothing beyond the plan can go (for a whole title the service takes the folder; the list is then only a note).
   * Answers before the files are gone; verify by `read`.
   */
  remove(
    externalId: number,
    scope: Scope,
    options: { addImportExclusion: boolean; files: readonly number[] },
  ): Promise<Result<void, StepProblem>>;
};

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
  files(
    hashes: readonly string[],
  ): Promise<Result<ReadonlyMap<string, readonly TorrentFile[]>, StepProblem>>;
  /** Takes the torrents out of the client, with the files or without. What the client does not know is no problem. */
  remove(
    hashes: readonly string[],
    options: { deleteFiles: boolean },
  ): Promise<Result<void, StepProblem>>;
};

/** `ofThisKind` counts the connections of the same kind: with only one, a request cannot mean another (J-95). */
export type ConnectedManager = { manager: MediaManager; url: string; ofThisKind: number };

export type ConnectedTorrentClient = { connectionId: ConnectionId; name: string; client: TorrentClient };

/** What `main.ts` plugs in: an open client for a connection. */
export type Managers = {
  /** Null when the connection was taken away or switched off. */
  mediaManager(id: ConnectionId): Promise<ConnectedManager | null>;
  requestManagers(): Promise<readonly { connectionId: ConnectionId; manager: RequestManager }[]>;
  shelves(): Promise<readonly { connectionId: ConnectionId; shelf: Shelf }[]>;
  /** Left out where nobody removes torrents. */
  torrentClients?(): Promise<readonly ConnectedTorrentClient[]>;
};
