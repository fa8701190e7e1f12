import type { Fact } from '#core/fact.ts';
import type { ConnectionId, DiskId, ItemId, RunId } from '#core/ids.ts';
import type { Credit } from '../core/credits.ts';
import type { GroupedDisk, RootFolder } from '../core/disks.ts';
import type { Item, TitleKind } from '../core/item.ts';
import type { MediaKey, MediaTitle } from '../core/match.ts';
import type { NamedTitle } from '../core/match-plays.ts';
import type { RequestedTitle } from '../core/requests.ts';
import type { Source } from '../core/source.ts';
import type { StoredWatcher } from './ports.ts';
import type { Changes, Progress, SyncRun, SyncState, SourceResult } from './runs.ports.ts';
import type { PlayRead, PlayWriter } from './plays.ports.ts';
import type {
  libraryEntries,
  libraryEpisodes,
  libraryFiles,
  libraryItems,
  libraryMarks,
  libraryRequests,
} from './tables.ts';

type ItemRow = typeof libraryItems.$inferSelect;

/** What is worked out after the services were read; a catalogue never writes it. */
export type Worked =
  | 'diskId'
  | 'newestFileAt'
  | 'oldestImportAt'
  | 'watchWhy'
  | 'lastWatchedAt'
  | 'watchers'
  | 'favouriteOf'
  | 'requestedBy'
  | 'requests'
  | 'mediaIds'
  | 'matchedBy'
  | 'syncedAt';

/** The rows of one service's share of the library, each complete. Their digests are made where they are put aside. */
export type ShareRows = {
  items: Omit<ItemRow, Worked | 'digest'>;
  episodes: Omit<typeof libraryEpisodes.$inferSelect, 'lastImportAt' | 'digest'>;
  files: Omit<typeof libraryFiles.$inferSelect, 'digest'>;
  entries: Omit<typeof libraryEntries.$inferSelect, 'digest'>;
  marks: Omit<typeof libraryMarks.$inferSelect, 'digest'>;
  requests: Omit<typeof libraryRequests.$inferSelect, 'itemIds' | 'digest'>;
};
export type Share = keyof ShareRows;

/**
 * How a sync replaces a share inside the one transaction of its run: rows are put aside in any number of batches,
 * then merged at once, so that a read that fails half-way changes nothing.
 */
export type ShareWriter = {
  stage<S extends Share>(share: S, rows: readonly ShareRows[S][]): Promise<void>;
  /** The marks of this user are those that are stored. */
  keepMarks(userExternalId: string): void;
  /** The media entries are those that are stored. */
  keepEntries(): void;
  /** Forgets what is put aside: before each service. */
  clear(): Promise<void>;
  /** Titles, media entries and so on that are stored now; of items without the seasons, of entries without the linked. */
  had(share: Share, connectionId: ConnectionId): Promise<number>;
  /** Of the titles or media entries that are stored, how many were put aside again as the same thing under the same number. */
  survivors(share: 'items' | 'entries', connectionId: ConnectionId): Promise<number>;
  /** Writes differences only. `within`: rows of other titles are left as they are. */
  merge(share: Share, connectionId: ConnectionId, within?: readonly ItemId[]): Promise<Changes>;
  fingerprints(connectionId: ConnectionId): Promise<Map<ItemId, string>>;
  /** Whether a number now stands for another title than the one stored, as after a new database over there. */
  isRenumbered(connectionId: ConnectionId): Promise<boolean>;
  /** Those stored now; `there`: on media entries that came again, because a mark on a film that is gone is not missed. */
  marksPerUser(connectionId: ConnectionId): Promise<Map<string, { all: number; there: number }>>;
  /**
   * The first of each title and season, and the last of each episode: a new download starts its clock anew (J-74). Before
   * the merge, which writes what is put aside with its import at once: each row of a title has a score of indexes.
   */
  noteImports(connectionId: ConnectionId, imports: Imports): Promise<void>;
  dropOrphans(connectionId: ConnectionId): Promise<void>;
};

/** See `libraryListReads`. */
export type ListRead = { list: string; seenAs: string; digests: string[] };

export type ListReadWriter = {
  listReads(connectionId: ConnectionId): Promise<ListRead[]>;
  /** In place of those of before. */
  saveListReads(connectionId: ConnectionId, reads: readonly ListRead[]): Promise<void>;
};

/** Episodes by their number at the service. */
export type Imports = {
  first: ReadonlyMap<ItemId, Date>;
  lastOfEpisodes: ReadonlyMap<number, Date>;
};

export type LinkTitle = NamedTitle & RequestedTitle;
export type LinkSeason = { id: ItemId; showId: ItemId; number: number; fileCount: number };
export type MediaPart = {
  key: MediaKey;
  showKey: MediaKey;
  kind: 'season' | 'episode';
  seasonNumber: number | null;
  episodeNumber: number | null;
  lastEpisodeNumber: number | null;
};
export type MediaMark = {
  key: MediaKey;
  user: string;
  played: boolean;
  playCount: number;
  lastPlayedAt: Date | null;
  favourite: boolean;
  positionPercent: number;
};
export type Evidence = {
  id: ItemId;
  watchWhy: string | null;
  lastWatchedAt: Date | null;
  watchers: StoredWatcher[];
  favouriteOf: string[] | null;
  mediaIds: MediaKey[];
  matchedBy: 'path' | 'ids' | null;
};
export type StoredRequest = Omit<typeof libraryRequests.$inferSelect, 'seasons' | 'digest'> & {
  seasons: readonly number[];
};

/** What the media servers have below a show, and what people did with it. */
export type EvidenceReader = {
  partsOf(shows: readonly MediaKey[]): Promise<MediaPart[]>;
  marksOn(keys: readonly MediaKey[]): Promise<MediaMark[]>;
};

/** Null where no disk is known that the folder could be on. */
export type DiskOfFolder = RootFolder & { diskId: DiskId | null };

/** Works out what hangs together across services, from what is stored. */
export type LinkWriter = EvidenceReader & {
  /** Changes when something outside a sync took rows away, or a service tells of other users. */
  linkInputs(): Promise<string>;
  titles(): Promise<LinkTitle[]>;
  mediaTitles(): Promise<MediaTitle[]>;
  seasonsOf(shows: readonly ItemId[]): Promise<LinkSeason[]>;
  noteEvidence(rows: readonly Evidence[]): Promise<void>;
  requests(): Promise<StoredRequest[]>;
  noteRequested(
    rows: readonly { connectionId: ConnectionId; externalId: number; itemIds: ItemId[] }[],
  ): Promise<void>;
  /**
   * Writes at once what was noted of each item, with its disk and the date of its newest file: a row has a score of indexes,
   * and each time that it is written costs as much as the first. Differences only.
   */
  writeLinks(disks: readonly DiskOfFolder[]): Promise<void>;
  disks(): Promise<GroupedDisk[]>;
  writeDisks(disks: readonly GroupedDisk[], at: Date): Promise<void>;
  rootFolders(): Promise<RootFolder[]>;
  /** For a sync that has nothing to link. */
  writeDiskOfItems(disks: readonly DiskOfFolder[]): Promise<void>;
};

export type SourceRow = Source & { playing: string[]; playingReadAt: Date | null; users: string[] };

export type SourceWriter = {
  sources(): Promise<SourceRow[]>;
  saveSource(row: SourceRow): Promise<void>;
  distrust(connectionId: ConnectionId): Promise<void>;
  /** A connection that was switched off or removed takes its share with it. */
  keepOnly(connections: readonly ConnectionId[]): Promise<void>;
  /** So that the pages are quick right after a first sync. */
  refreshStatistics(): Promise<void>;
};

export type SyncWriter = ShareWriter & ListReadWriter & LinkWriter & SourceWriter & PlayWriter;

export type SyncStore = {
  /** All of a run's replacing is one transaction: when `work` throws, nothing happened. */
  write<T>(work: (writer: SyncWriter) => Promise<T>): Promise<T>;
};

/** The runs themselves, written outside the transaction so that pages see them move. */
export type RunStore = {
  add(run: SyncRun): Promise<void>;
  saveProgress(id: RunId, progress: Progress, at: Date): Promise<void>;
  start(id: RunId, at: Date): Promise<void>;
  finish(id: RunId, end: { state: SyncState; at: Date; results: readonly SourceResult[] }): Promise<void>;
  find(id: RunId): Promise<SyncRun | null>;
  /** Newest first. */
  list(limit: number): Promise<SyncRun[]>;
  /** Called by whoever holds the lock: another run that says it runs has died. */
  interruptOthers(id: RunId, at: Date): Promise<void>;
};

export type ItemDetails = {
  item: Item;
  /** Null when it is the title, or nobody told it. */
  originalTitle: string | null;
  /** Of the film, or the show that it is part of. */
  credits: Fact<readonly Credit[]>;
  overview: string | null;
  genres: readonly string[];
  rating: number | null;
  runtimeMinutes: number | null;
  status: string;
  qualityProfile: string | null;
  ownPath: string;
  rootFolder: string;
  poster: string | null;
  ids: { tmdb: number | null; tvdb: number | null; imdb: string | null };
  mediaIds: readonly MediaKey[];
  matchedBy: 'path' | 'ids' | null;
  episodes: readonly Omit<ShareRows['episodes'], 'connectionId' | 'titleId'>[];
  files: readonly Omit<ShareRows['files'], 'connectionId' | 'titleId'>[];
  requests: readonly StoredRequest[];
  seasons: readonly Item[];
};

export type DiskReadingPoint = { diskId: DiskId; at: Date; totalBytes: number; freeBytes: number };

/** Which shows: these, or those with any of these tags. */
export type ShowChoice = readonly ItemId[] | { tags: readonly string[] };

/** How far a season of a show has come; a show that is stored without episodes has none. */
export type SeasonState = {
  number: number;
  /** Episodes whose day has come. */
  airedCount: number;
  totalCount: number;
  /** Episodes with a file, which several may share (T-05). */
  filedCount: number;
  lastAiredAt: Date | null;
};

/** The files of episodes as items. There are tens of thousands, so they are made for the shows that somebody asks for. */
export type EpisodeReader = {
  episodeItems(shows: ShowChoice): AsyncGenerator<Item[]>;
  findEpisode(place: { showId: ItemId; fileExternalId: number }): Promise<ItemDetails | null>;
  showStates(shows: readonly ItemId[], now: Date): Promise<Map<ItemId, SeasonState[]>>;
};

export type LibraryReader = EpisodeReader & {
  /** Every item in batches, ordered by id, with what was stored: the service takes away what is too old to trust. */
  readItems(): AsyncGenerator<Item[]>;
  findItem(id: ItemId): Promise<ItemDetails | null>;
  disks(): Promise<(GroupedDisk & { readAt: Date })[]>;
  diskReadings(since: Date): Promise<DiskReadingPoint[]>;
  sources(): Promise<SourceRow[]>;
  /** As if it had never been read, until the next good sync: its address changes. */
  distrust(connectionId: ConnectionId): Promise<void>;
  /** How the plays of each connection that has any were last read. */
  playReads(): Promise<PlayRead[]>;
  savePlaying(connectionId: ConnectionId, playing: readonly string[], at: Date): Promise<void>;
  /** How much there is of each kind; the bytes of a show are those of its seasons. */
  totals(): Promise<{ kind: TitleKind; items: number; bytes: number }[]>;
  /** Films and shows whose folder, as this program sees it, is this one or lies in it. */
  titlesWithin(ownPath: string): Promise<ItemId[]>;
  /** After a removal was proven, so that the next sync does not take it for a shrunken library. */
  forget(ids: readonly ItemId[]): Promise<void>;
};
