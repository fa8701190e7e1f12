import type { Fact } from '#core/fact.ts';
import type { ConnectionId, RunId } from '#core/ids.ts';
import type { Result } from '#core/result.ts';
import type { ServiceKind } from '#features/connections/core/connection.ts';
import type { Credit } from '../core/credits.ts';
import type { Space } from '../core/disks.ts';
import type { ItemRequest, ShowType, Watcher } from '../core/item.ts';
import type { ReadProblem } from '../core/source.ts';

/**
 * What Radarr and Sonarr tell. Lists come in batches so that memory stays small; the generator ends by returning
 * how it went, and only `ok` means that everything came ("all pages or nothing").
 */
export type Batches<T> = AsyncGenerator<readonly T[], Result<void, ReadProblem>>;

export type CatalogueFilm = {
  externalId: number;
  title: string;
  sortTitle: string;
  /** Null when it is the title. */
  originalTitle: string | null;
  year: number | null;
  overview: string | null;
  path: string;
  rootFolder: string;
  monitored: boolean;
  status: string;
  qualityProfile: string | null;
  tags: readonly string[];
  ids: ProviderIds;
  addedAt: Date;
  genres: readonly string[];
  /** 0 to 10; null when nobody rated it. */
  rating: number | null;
  votes: number | null;
  runtimeMinutes: number | null;
  /** Where a poster can be fetched from, when the service says. */
  poster?: string | null;
  file: CatalogueFile | null;
};

export type ProviderIds = { tmdb: number | null; tvdb: number | null; imdb: string | null };

export type CatalogueFile = {
  externalId: number;
  path: string;
  sizeBytes: number;
  addedAt: Date;
  quality: string | null;
};

export type CatalogueShow = Omit<CatalogueFilm, 'file'> & {
  continuing: boolean;
  showType: ShowType | null;
  seasons: readonly CatalogueSeason[];
  /** Changes whenever the episodes or files of the show may have changed, so that a sync can skip the rest. */
  fingerprint: string;
};

export type CatalogueSeason = {
  number: number;
  monitored: boolean;
  sizeBytes: number;
  fileCount: number;
  airedCount: number;
  totalCount: number;
};

export type CatalogueEpisode = {
  externalId: number;
  seasonNumber: number;
  episodeNumber: number;
  title: string;
  airedAt: Date | null;
  monitored: boolean;
  /** Several episodes can share one file (T-05). Null, never zero, when there is none. */
  fileId: number | null;
};

export type CatalogueEpisodeFile = CatalogueFile & { seasonNumber: number };

/** A finished import from the history; of films without season and episode. */
export type ImportEvent = {
  titleExternalId: number;
  seasonNumber: number | null;
  /** The number of the episode at the service; a file with two of them makes two events (T-05). */
  episodeExternalId?: number | null;
  at: Date;
};

export type DiskReading = {
  path: string;
  freeBytes: number | null;
  totalBytes: number | null;
};

export type RootFolderReading = { path: string; accessible: boolean; freeBytes: number | null };

export type Storage = { disks: readonly DiskReading[]; rootFolders: readonly RootFolderReading[] };

export type FilmCatalogue = {
  storage(): Promise<Result<Storage, ReadProblem>>;
  films(): Batches<CatalogueFilm>;
  imports(since: Date | null): Batches<ImportEvent>;
};

export type ShowCatalogue = {
  storage(): Promise<Result<Storage, ReadProblem>>;
  shows(): Batches<CatalogueShow>;
  /** Episodes with the files they point to, of one show. */
  episodes(
    showExternalId: number,
  ): Promise<Result<{ episodes: CatalogueEpisode[]; files: CatalogueEpisodeFile[] }, ReadProblem>>;
  imports(since: Date | null): Batches<ImportEvent>;
};

/** A film, show, season or episode as the media server knows it. */
export type MediaEntry = {
  externalId: string;
  kind: 'film' | 'show' | 'season' | 'episode';
  title: string;
  path: string | null;
  ids: ProviderIds;
  /** The show, for seasons and episodes. */
  showExternalId: string | null;
  seasonNumber: number | null;
  episodeNumber: number | null;
  /** Of an episode file that holds several: the last of them (T-05). */
  lastEpisodeNumber?: number | null;
};

/** Only what somebody touched: played, begun, or marked as favourite. */
export type UserMark = {
  mediaExternalId: string;
  played: boolean;
  playCount: number;
  lastPlayedAt: Date | null;
  favourite: boolean;
  /** 0 to 100; zero when it was not begun or is finished. */
  positionPercent: number;
};

export type MediaUser = { externalId: string; name: string };

export type WatchServer = {
  /** Everybody who can sign in. A user whose marks cannot be read makes the whole read fail (T-22). */
  users(): Promise<Result<MediaUser[], ReadProblem>>;
  /** `onPage` hears a digest of each page of the answer. */
  entries(onPage?: (digest: string) => void): Batches<MediaEntry>;
  /** Whether the entries are those of these digests, to the last byte of every page. In doubt they are not. */
  areEntriesSame(digests: readonly string[]): Promise<Result<boolean, ReadProblem>>;
  /** `onPage` hears a digest of each page of the answer, whose marks they are and whoever else's they are not. */
  marks(user: MediaUser, onPage?: (digest: string) => void): Batches<UserMark>;
  /** Whether the marks are those of these digests, to the last byte of every page. In doubt they are not. */
  areMarksSame(user: MediaUser, digests: readonly string[]): Promise<Result<boolean, ReadProblem>>;
  /** Ids of what is being played now. */
  playing(): Promise<Result<{ mediaExternalId: string; user: string }[], ReadProblem>>;
};

/** What a media server tells of one of its entries. */
export type ToldCredits = {
  mediaExternalId: string;
  credits: readonly Credit[];
  originalTitle: string | null;
};

export type CreditServer = {
  /** Of these entries, no more than `CREDITS_AT_ONCE`. One that it does not have, or tells nothing of, is left out. */
  credits(mediaExternalIds: readonly string[]): Promise<Result<ToldCredits[], ReadProblem>>;
};

export type MediaRequest = {
  externalId: number;
  kind: 'film' | 'show';
  requestedBy: string;
  /** The same person's name at the media server, if the request server knows it. */
  mediaUser: string | null;
  requestedAt: Date;
  tmdb: number | null;
  tvdb: number | null;
  is4k: boolean;
  /** Which Radarr or Sonarr of the request server it went to, and the number there; null when it does not say. */
  serviceId: number | null;
  serviceExternalId: number | null;
  seasons: readonly number[];
};

export type RequestServer = { requests(): Batches<MediaRequest> };

/** One time that somebody pressed play, as a program that counts plays has written it down. */
export type Play = {
  kind: 'film' | 'episode';
  /** Of the film or episode at the media server; null when the source watches another one, or knows only the show. */
  mediaExternalId: string | null;
  showExternalId: string | null;
  /** Of the film, or of the show that the episode is of. */
  ids: ProviderIds;
  title: string | null;
  year: number | null;
  seasonNumber: number | null;
  episodeNumber: number | null;
  user: string;
  at: Date;
  /** Null when the source does not say how long. */
  seconds: number | null;
};

export type PlayQuestion = {
  /** Older plays are known already; null asks for everything. */
  since: Date | null;
  /** Ids of films and shows at the media server, for a source that can only be asked about one title at a time. */
  titles: readonly string[];
};

/** Jellystat, Streamystats, Tautulli, or the Playback Reporting plug-in of a media server. */
export type PlaySource = {
  /**
   * `list`: tells all plays, newest first, so that no play at all where there were some is a failure. `titles`: is asked
   * about some titles, which may well have none. `plug-in`: as `list`, but may not be installed.
   */
  tells: 'list' | 'titles' | 'plug-in';
  plays(question: PlayQuestion): Batches<Play>;
};

/** The poster as Radarr or Sonarr keeps it; null when there is none or it cannot be had now. */
export type PosterSource = { poster(titleExternalId: number): Promise<Uint8Array | null> };

/** What `server/compose` plugs in: an open client for a connection. */
export type Sources = {
  filmCatalogue(id: ConnectionId): Promise<FilmCatalogue>;
  showCatalogue(id: ConnectionId): Promise<ShowCatalogue>;
  watchServer(id: ConnectionId): Promise<WatchServer>;
  requestServer(id: ConnectionId): Promise<RequestServer>;
  /** Of a play source, or of the plug-in of a media server. */
  playSource(id: ConnectionId): Promise<PlaySource>;
};

/** The connections that a sync has to ask, as the connections feature tells them. */
export type SourceList = () => Promise<
  {
    id: ConnectionId;
    kind: ServiceKind;
    name: string;
    url: string;
    pathMappings: readonly { theirs: string; ours: string }[];
  }[]
>;

/** The same folder may be mounted here: then this program measures it itself (T-13). */
export type FileSystem = { freeSpace(path: string): Promise<Fact<Space>> };

/** `holder` names who has it, such as `library.sync` or `cleanup.plan`. */
export type LibraryBusy = { code: 'library.busy'; holder: string };

/** One at a time: sync, planning and executing would take the library away under each other (T-70). */
export type LibraryLock = {
  /** `lost` aborts when the lock may be somebody else's by now. */
  run<T>(work: (lost: AbortSignal) => Promise<T>): Promise<Result<T, LibraryBusy>>;
};

export type Clock = { now(): Date };
export type NewId = () => string;

/** Puts the job of a requested sync into the queue. */
export type StartSync = (id: RunId) => Promise<void>;

/** A watcher as JSON keeps it. */
export type StoredWatcher = Omit<Watcher, 'lastWatchedAt'> & { lastWatchedAt: string | null };
/** A request as JSON keeps it. */
export type StoredRequester = Omit<ItemRequest, 'at'> & { at: string };
