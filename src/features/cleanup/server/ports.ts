import type { ConnectionId } from '#core/ids.ts';
import type { Result } from '#core/result.ts';

/** A step of a removal did not work. Nothing here ever means "it is gone": only a re-read says that. */
export type StepProblem =
  | { code: 'step.unreachable'; reason: string }
  | { code: 'step.refused'; status: number; reason: string }
  | { code: 'step.changed'; what: string }
  | { code: 'step.still-there'; what: string };

/** A film in Radarr or a show in Sonarr as it is at this moment, read again just before anything is removed. */
export type TitleNow = {
  externalId: number;
  title: string;
  tmdb: number | null;
  tvdb: number | null;
  path: string;
  monitored: boolean;
  tags: readonly string[];
  /** Files of the whole title; season is null for films. */
  files: readonly { externalId: number; seasonNumber: number | null; path: string; sizeBytes: number }[];
  seasons: readonly { number: number; monitored: boolean }[];
};

/** Whole title or the files of one season: the scope is always said, never left out (T-03). */
export type Scope = { type: 'title' } | { type: 'season'; number: number };

/** Radarr and Sonarr as the removal saga needs them. */
export type MediaManager = {
  /** `null` when the service itself says that it does not know the title (404), never because it could not be asked. */
  read(externalId: number): Promise<Result<TitleNow | null, StepProblem>>;
  unmonitor(externalId: number, scope: Scope): Promise<Result<void, StepProblem>>;
  /** Removes a title with its files, or the files of one season. Answers before the files are gone; verify by `read`. */
  remove(
    externalId: number,
    scope: Scope,
    options: { addImportExclusion: boolean },
  ): Promise<Result<void, StepProblem>>;
};

/** Seerr and its relatives. */
export type RequestManager = {
  /** Every request for the title, matched by media type and provider id and, where told, by server (J-95). */
  find(title: {
    kind: 'film' | 'show';
    tmdb: number | null;
    tvdb: number | null;
  }): Promise<Result<readonly { externalId: number; is4k: boolean; seasons: readonly number[] }[], StepProblem>>;
  remove(requestExternalId: number): Promise<Result<void, StepProblem>>;
};

/** Jellyfin as clean-up needs it. It is told to look; it never deletes media for us (J-97 FIX). */
export type Shelf = {
  tellRemoved(paths: readonly string[]): Promise<Result<void, StepProblem>>;
  /** Finds or makes the collection; the id changes when somebody deleted it. */
  openCollection(
    name: string,
    lastKnownId: string | null,
    firstMember: string | null,
  ): Promise<Result<{ id: string; members: readonly string[] }, StepProblem>>;
  addToCollection(id: string, members: readonly string[]): Promise<Result<void, StepProblem>>;
  removeFromCollection(id: string, members: readonly string[]): Promise<Result<void, StepProblem>>;
  setPoster(id: string, image: Uint8Array): Promise<Result<void, StepProblem>>;
};

/** What `main.ts` plugs in: an open client for a connection. */
export type Managers = {
  mediaManager(id: ConnectionId): Promise<MediaManager>;
  requestManagers(): Promise<readonly { connectionId: ConnectionId; manager: RequestManager }[]>;
  shelves(): Promise<readonly { connectionId: ConnectionId; shelf: Shelf }[]>;
};
