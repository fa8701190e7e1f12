import { unknown } from '#core/fact.ts';
import type { ConnectionId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import type { ReadProblem } from '../core/source.ts';
import { noIds } from '../core/build.fake.ts';
import type {
  Batches,
  CatalogueEpisode,
  CatalogueEpisodeFile,
  CatalogueFilm,
  CatalogueShow,
  FileSystem,
  ImportEvent,
  LibraryLock,
  MediaEntry,
  MediaRequest,
  MediaUser,
  Play,
  PlayQuestion,
  PlaySource,
  SourceList,
  Sources,
  Storage,
  UserMark,
} from './ports.ts';
import type { LibraryReader } from './store.ports.ts';

export function fakeClock(start = '2026-01-01T00:00:00Z') {
  let time = new Date(start).getTime();
  return {
    now: () => new Date(time),
    pass: (hours: number) => void (time += hours * 3_600_000),
  };
}

export function fakeLock() {
  let holder: string | null = null;
  const lock: LibraryLock = {
    async run(work) {
      if (holder !== null) return err({ code: 'library.busy', holder });
      holder = 'library.sync';
      try {
        return ok(await work(new AbortController().signal));
      } finally {
        holder = null;
      }
    },
  };
  return { lock, take: (name: string) => void (holder = name), free: () => void (holder = null) };
}

export const noFiles: FileSystem = { freeSpace: async () => unknown('not-here') };

export const fakeReader = (over: Partial<LibraryReader> = {}): LibraryReader => ({
  async *readItems() {
    yield* [];
  },
  async *episodeItems() {
    yield* [];
  },
  findItem: async () => null,
  findEpisode: async () => null,
  showStates: async () => new Map(),
  disks: async () => [],
  diskReadings: async () => [],
  sources: async () => [],
  savePlaying: async () => undefined,
  distrust: async () => undefined,
  playReads: async () => [],
  totals: async () => [],
  titlesWithin: async () => [],
  forget: async () => undefined,
  ...over,
});

export const aFilm = (over: Partial<CatalogueFilm> = {}): CatalogueFilm => {
  const externalId = over.externalId ?? 1;
  return {
    externalId,
    title: `Film ${externalId}`,
    sortTitle: `film ${externalId}`,
    originalTitle: null,
    year: 1972,
    overview: null,
    path: `/films/Film ${externalId}`,
    rootFolder: '/films',
    monitored: true,
    status: 'released',
    qualityProfile: 'HD',
    tags: [],
    ids: { ...noIds, tmdb: externalId },
    addedAt: new Date('2025-01-01T00:00:00Z'),
    genres: ['Drama'],
    rating: 8,
    votes: 20_000,
    runtimeMinutes: 160,
    file: {
      externalId,
      path: `/films/Film ${externalId}/film.mkv`,
      sizeBytes: 1_000,
      addedAt: new Date('2025-01-02T00:00:00Z'),
      quality: 'Bluray-1080p',
    },
    ...over,
  };
};

export const aShow = (over: Partial<CatalogueShow> = {}): CatalogueShow => {
  const { file: _, ...title } = aFilm({ externalId: over.externalId ?? 1 });
  return {
    ...title,
    title: `Show ${title.externalId}`,
    path: `/tv/Show ${title.externalId}`,
    rootFolder: '/tv',
    ids: { ...noIds, tvdb: title.externalId },
    continuing: true,
    showType: 'standard',
    seasons: [{ number: 1, monitored: true, sizeBytes: 500, fileCount: 1, airedCount: 1, totalCount: 1 }],
    fingerprint: '1',
    ...over,
  };
};

export const aMediaEntry = (over: Partial<MediaEntry> = {}): MediaEntry => ({
  externalId: 'm1',
  kind: 'film',
  title: 'Film 1',
  path: '/films/Film 1/film.mkv',
  ids: noIds,
  showExternalId: null,
  seasonNumber: null,
  episodeNumber: null,
  ...over,
});

export const aUserMark = (over: Partial<UserMark> = {}): UserMark => ({
  mediaExternalId: 'm1',
  played: true,
  playCount: 1,
  lastPlayedAt: new Date('2025-06-01T20:00:00Z'),
  favourite: false,
  positionPercent: 0,
  ...over,
});

export const aRequest = (over: Partial<MediaRequest> = {}): MediaRequest => ({
  externalId: 1,
  kind: 'film',
  requestedBy: 'bea',
  mediaUser: 'bea',
  requestedAt: new Date('2025-01-01T00:00:00Z'),
  tmdb: 1,
  tvdb: null,
  is4k: false,
  serviceId: null,
  serviceExternalId: null,
  seasons: [],
  ...over,
});

export const aPlay = (over: Partial<Play> = {}): Play => ({
  kind: 'film',
  mediaExternalId: 'm1',
  showExternalId: null,
  ids: noIds,
  title: null,
  year: null,
  seasonNumber: null,
  episodeNumber: null,
  user: 'ana',
  at: new Date('2025-12-01T20:00:00Z'),
  seconds: 3_000,
  ...over,
});

type Household = {
  films: CatalogueFilm[];
  shows: CatalogueShow[];
  episodes: Record<number, { episodes: CatalogueEpisode[]; files: CatalogueEpisodeFile[] }>;
  imports: ImportEvent[];
  storage: Storage;
  users: MediaUser[];
  entries: MediaEntry[];
  marks: Record<string, UserMark[]>;
  playing: string[];
  requests: MediaRequest[];
  plays: Play[];
  tells: PlaySource['tells'];
  questions: PlayQuestion[];
};

export type FakeService = Household & {
  /** What fails, by the name the read gives it: `movies`, `users/ana` … */
  failing: Set<string>;
  asked: string[];
};

type Listed = Awaited<ReturnType<SourceList>>[number];

/** Services in memory that can be told to fail. Lists come in batches of two. */
export function fakeSources(connections: readonly Pick<Listed, 'id' | 'kind'>[]) {
  const services = new Map<ConnectionId, FakeService>(connections.map(({ id }) => [id, emptyService()]));
  const list: Listed[] = connections.map(({ id, kind }) => ({
    id,
    kind,
    name: id,
    url: `http://${id}`,
    pathMappings: [],
  }));
  const of = (id: ConnectionId): FakeService => {
    const service = services.get(id);
    if (!service) throw new Error('no such service');
    return service;
  };
  const sources: Sources = {
    filmCatalogue: async (id) => ({
      storage: () => answer(of(id), 'storage', of(id).storage),
      films: () => batches(of(id), 'movies', of(id).films),
      imports: (since) => batches(of(id), 'history', importsSince(of(id), since)),
    }),
    showCatalogue: async (id) => ({
      storage: () => answer(of(id), 'storage', of(id).storage),
      shows: () => batches(of(id), 'series', of(id).shows),
      episodes: (show) =>
        answer(of(id), `episodes/${show}`, of(id).episodes[show] ?? { episodes: [], files: [] }),
      imports: (since) => batches(of(id), 'history', importsSince(of(id), since)),
    }),
    watchServer: async (id) => ({
      users: () => answer(of(id), 'users', of(id).users),
      entries: (onPage) => {
        onPage?.(JSON.stringify(of(id).entries));
        return batches(of(id), 'items', of(id).entries);
      },
      areEntriesSame: (digests) => answer(of(id), 'items', digests.join() === JSON.stringify(of(id).entries)),
      marks: (user, onPage) => {
        onPage?.(JSON.stringify(of(id).marks[user.name] ?? []));
        return batches(of(id), `users/${user.name}`, of(id).marks[user.name] ?? []);
      },
      areMarksSame: (user, digests) =>
        answer(
          of(id),
          `users/${user.name}`,
          digests.join() === JSON.stringify(of(id).marks[user.name] ?? []),
        ),
      playing: () =>
        answer(
          of(id),
          'sessions',
          of(id).playing.map((mediaExternalId) => ({ mediaExternalId, user: 'ana' })),
        ),
    }),
    requestServer: async (id) => ({ requests: () => batches(of(id), 'requests', of(id).requests) }),
    playSource: async (id) => ({
      tells: of(id).tells,
      plays: (question) => {
        of(id).questions.push(question);
        return batches(of(id), 'plays', of(id).plays);
      },
    }),
  };
  return { sources, of, list, sourceList: (async () => [...list]) satisfies SourceList };
}

const emptyService = (): FakeService => ({
  films: [],
  shows: [],
  episodes: {},
  imports: [],
  storage: { disks: [], rootFolders: [] },
  users: [{ externalId: 'u1', name: 'ana' }],
  entries: [],
  marks: {},
  playing: [],
  requests: [],
  plays: [],
  tells: 'list',
  questions: [],
  failing: new Set(),
  asked: [],
});

const importsSince = (service: FakeService, since: Date | null) =>
  service.imports.filter((event) => since === null || event.at >= since);

const timedOut = (what: string): ReadProblem => ({ code: 'read.timed-out', what, afterMs: 1 });

async function answer<T>(service: FakeService, what: string, value: T): Promise<Result<T, ReadProblem>> {
  service.asked.push(what);
  return service.failing.has(what) ? err(timedOut(what)) : ok(value);
}

async function* batches<T>(service: FakeService, what: string, all: readonly T[]): Batches<T> {
  service.asked.push(what);
  yield all.slice(0, 2);
  if (service.failing.has(what)) return err(timedOut(what));
  for (let from = 2; from < all.length; from += 2) yield all.slice(from, from + 2);
  return ok(undefined);
}
