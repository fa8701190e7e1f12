/** The plain value that `seedHousehold` makes and the simulators start from. Everything survives JSON; dates are ISO. */
export type Household = {
  seed: number;
  now: string;
  disks: DiskRow[];
  people: Person[];
  /** Keyed `film:<tmdbId>` or `show:<tvdbId>`. */
  titles: Record<string, Title>;
  radarrs: RadarrHouse[];
  sonarr: SonarrHouse;
  jellyfin: JellyfinHouse;
  emby: EmbyHouse;
  seerr: SeerrHouse;
  /** What lies on the disks besides the files of Radarr and Sonarr. `linkTo` is a second name for the same bytes. */
  extraFiles: { path: string; sizeBytes: number; linkTo?: string }[];
};

/** `otherBytes` is what else fills it. */
export type DiskRow = { path: string; totalBytes: number; otherBytes: number };

export type Person = {
  name: string;
  email: string;
  /** Jellyfin's id. */
  userId: string;
  /** Null: has no account at the request server. */
  seerrId: number | null;
  isAdmin: boolean;
  isDisabled: boolean;
  /** Ids of the libraries this person may see; null is all. */
  libraries: string[] | null;
  lastSeenAt: string | null;
};

export type Language = 'es' | 'en';

/** As media servers name what people did; `role` is whom an actor plays. */
export type CreditRow = {
  name: string;
  type: 'Actor' | 'GuestStar' | 'Director' | 'Writer' | 'Creator' | 'Producer' | 'Composer';
  role: string;
};

export type Title = {
  key: string;
  kind: 'film' | 'show';
  name: string;
  sortName: string;
  /** In the other language, for what was made there; null when `name` is the original one. */
  originalName: string | null;
  language: Language;
  year: number;
  overview: string;
  genres: string[];
  rating: number;
  votes: number;
  runtime: number;
  certification: string;
  studio: string;
  credits: CreditRow[];
  tmdbId: number;
  tvdbId: number;
  imdbId: string;
  releasedAt: string;
  popularity: number;
  collection: { title: string; tmdbId: number } | null;
};

export type Tag = { id: number; label: string };
export type RootFolder = { id: number; path: string };
export type Profile = { id: number; name: string; upgradeAllowed: boolean };

export type FileRow = {
  id: number;
  path: string;
  sizeBytes: number;
  addedAt: string;
  quality: string;
  group: string;
};

export type ServarrEvent =
  'grabbed' | 'imported' | 'failed' | 'deleted' | 'renamed' | 'ignored' | 'folderImported';

export type HistoryRow = {
  id: number;
  titleId: number;
  /** 0 for films. */
  episodeId: number;
  season: number | null;
  event: ServarrEvent;
  at: string;
  sourceTitle: string;
  quality: string;
  downloadId: string;
  data: Record<string, string>;
};

type ServarrHouse = {
  name: string;
  rootFolders: RootFolder[];
  profiles: Profile[];
  tags: Tag[];
  history: HistoryRow[];
  exclusions: { id: number; externalId: number; title: string; year: number }[];
  queue: {
    id: number;
    titleId: number;
    episodeId: number;
    title: string;
    sizeBytes: number;
    leftBytes: number;
  }[];
  recycleBin: string | null;
  nextId: number;
};

export type MovieRow = {
  id: number;
  title: string;
  path: string;
  rootFolder: string;
  monitored: boolean;
  profileId: number;
  tags: number[];
  addedAt: string;
  status: 'released' | 'inCinemas' | 'announced';
  minimumAvailability: 'released' | 'inCinemas' | 'announced';
  file: FileRow | null;
};

export type RadarrHouse = ServarrHouse & { movies: MovieRow[] };

export type EpisodeRow = {
  id: number;
  season: number;
  number: number;
  absolute: number | null;
  name: string;
  overview: string;
  airedAt: string | null;
  monitored: boolean;
  /** 0 is none. */
  fileId: number;
};

export type EpisodeFileRow = FileRow & { season: number };

export type ShowRow = {
  id: number;
  title: string;
  path: string;
  rootFolder: string;
  monitored: boolean;
  monitorNewItems: 'all' | 'none';
  seriesType: 'standard' | 'daily' | 'anime';
  status: 'continuing' | 'ended' | 'upcoming';
  profileId: number;
  tags: number[];
  addedAt: string;
  seasons: { number: number; monitored: boolean }[];
  episodes: EpisodeRow[];
  files: EpisodeFileRow[];
};

export type SonarrHouse = ServarrHouse & { shows: ShowRow[] };

export type MediaKind = 'Movie' | 'Series' | 'Season' | 'Episode' | 'BoxSet' | 'CollectionFolder' | 'Folder';

export type MediaRow = {
  id: string;
  kind: MediaKind;
  name: string;
  libraryId: string;
  /** Key of `titles`, for what it is or belongs to; null when Jellyfin made nothing of it. */
  title: string | null;
  path: string | null;
  sizeBytes: number;
  createdAt: string;
  premieredAt: string | null;
  providerIds: Record<string, string>;
  seriesId: string | null;
  seasonId: string | null;
  index: number | null;
  /** The season's number, for episodes; the last episode's number in the same file is `indexEnd`. */
  parentIndex: number | null;
  indexEnd: number | null;
  isVirtual: boolean;
  /** Only for collections. */
  members: string[];
  isLocked: boolean;
};

export type Mark = {
  played: boolean;
  count: number;
  lastAt: string | null;
  favourite: boolean;
  positionTicks: number;
};

export type Library = {
  id: string;
  name: string;
  type: 'movies' | 'tvshows' | 'homevideos' | 'boxsets';
  locations: string[];
  /** One that was added later, over real folders with links; `unknown` until the server has looked at everything once. */
  ofLinks?: 'unknown' | 'known';
};

export type JellyfinHouse = {
  serverId: string;
  serverName: string;
  libraries: Library[];
  items: MediaRow[];
  /** By user id, then by item id. */
  marks: Record<string, Record<string, Mark>>;
  /** Uploaded pictures, by item. */
  posters?: Record<string, { type: string; base64: string }>;
  playing: { userId: string; itemId: string; device: string; client: string; positionTicks: number }[];
};

/** A second media server with people of its own; items have short numbers for ids. */
export type EmbyHouse = JellyfinHouse & { people: Person[] };

export type SeerrRequest = {
  id: number;
  mediaId: number;
  kind: 'movie' | 'tv';
  status: number;
  is4k: boolean;
  createdAt: string;
  requestedBy: number;
  modifiedBy: number | null;
  seasons: number[];
  serverId: number;
  profileName: string;
  rootFolder: string;
};

export type SeerrMedia = {
  id: number;
  kind: 'movie' | 'tv';
  title: string;
  tmdbId: number;
  tvdbId: number | null;
  imdbId: string | null;
  status: number;
  status4k: number;
  createdAt: string;
  mediaAddedAt: string | null;
  serviceId: number | null;
  serviceId4k: number | null;
  externalServiceId: number | null;
  externalServiceId4k: number | null;
  externalServiceSlug: string | null;
  jellyfinMediaId: string | null;
  jellyfinMediaId4k: string | null;
};

export type SeerrHouse = { requests: SeerrRequest[]; media: SeerrMedia[] };
