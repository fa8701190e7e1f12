import type { PostId, SourceId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { Queue } from '#server/platform/queue.ts';
import { createLedgerStore } from './ledger/gaps.store.ts';
import { createLedgerService } from './ledger/ledger.service.ts';
import { archiveJobs, keepSourceTimetable } from './jobs.ts';
import type { Plugins } from './ports.ts';
import type { MediaLooks, PicturesIn, TranscriptOf } from './reading/reading.ports.ts';
import { createReadingService } from './reading/reading.service.ts';
import { createReadingStore } from './reading/reading.store.ts';
import { createCreatorStore } from './sources/creators.store.ts';
import { createGlances } from './sources/glances.ts';
import { createKept } from './sources/kept.store.ts';
import { createOpener } from './sources/opener.ts';
import type { Clock, KeyBox } from './sources/sources.ports.ts';
import { createSourcesService } from './sources/sources.service.ts';
import { createSourceStore } from './sources/sources.store.ts';
import { createSourceStates, type StoppedSource } from './sources/states.ts';
import { createTurns } from './sources/turns.ts';
import { createTurnStore } from './sources/turns.store.ts';
import { createSourceWatch, type ExpiringSource } from './sources/watch.ts';
import { saveCollections } from './sync/collections.store.ts';
import { createListing } from './sync/listing.service.ts';
import { createListingStore } from './sync/listing.store.ts';
import { createPostService } from './sync/post.service.ts';
import { createPostStore } from './sync/post.store.ts';
import { createReplayService } from './sync/replay.service.ts';
import { createSyncRunStore } from './sync/runs.store.ts';
import type { KeepPictures, Later } from './sync/sync.ports.ts';
import { createSyncService } from './sync/sync.service.ts';

export type ArchiveDeps = {
  db: Db;
  /** Every kind of source that there is. */
  plugins: Plugins;
  queue: Pick<Queue, 'add' | 'schedule' | 'unschedule'>;
  /** Seals sign-ins. */
  box: KeyBox;
  hide: (secret: string) => void;
  /** Something that the pages of the archive show is no longer so. */
  changed: () => void;
  fetchMedia: Later['fetchMedia'];
  keepPictures: KeepPictures;
  looks: MediaLooks;
  transcriptOf: TranscriptOf;
  picturesIn: PicturesIn;
  /** Tells people; the feature below knows whom and how. */
  tell: {
    stopped: (source: StoppedSource) => Promise<void>;
    expiring: (source: ExpiringSource) => Promise<void>;
  };
  time: Clock & { pause: (ms: number, signal: AbortSignal) => Promise<void> };
  random: () => number;
  newId: () => string;
  /** For what stands in addresses. */
  shortId: () => string;
  log: { info: (what: string, facts: object) => void; warn: (what: string, facts: object) => void };
};

/** The rooms of the archive put together: sources and their sync, the media store, and what pages read. */
export function createArchive(deps: ArchiveDeps) {
  const { db, plugins, queue, changed, time: clock, newId } = deps;

  const later: Later = {
    readPosts: async (inTransaction, ids) => {
      for (const postId of ids) await queue.add(jobs.post, { postId }, { inTransaction });
    },
    fetchMedia: deps.fetchMedia,
  };
  const startSync = async (sourceId: SourceId, startedBy: string | null) =>
    (await queue.add(jobs.sync, { sourceId, startedBy })) !== null;

  const sourceStore = createSourceStore(db);
  const creators = createCreatorStore(db, deps.shortId);
  const states = createSourceStates({
    store: sourceStore,
    clock,
    changed,
    stopped: deps.tell.stopped,
    goOnAt: async (sourceId, startAfter) => void (await queue.add(jobs.goOn, { sourceId }, { startAfter })),
  });
  const opener = createOpener({
    store: sourceStore,
    plugins,
    box: deps.box,
    hide: deps.hide,
    kept: (id) => createKept(db, id),
    turns: createTurns({
      store: createTurnStore(db),
      random: deps.random,
      pause: deps.time.pause,
      newId,
    }),
    states,
    clock,
  });
  const watch = createSourceWatch({
    store: sourceStore,
    check: opener.check,
    expiring: deps.tell.expiring,
    clock,
  });

  const glances = createGlances({
    open: opener.open,
    check: opener.check,
    startSync: (id) => startSync(id, null),
    store: sourceStore,
    clock,
  });

  const runs = createSyncRunStore(db);
  const listingStore = createListingStore(db, later, { post: deps.shortId, other: newId });
  const syncing = createSyncService({
    runs,
    creators,
    store: listingStore,
    listing: createListing({ store: listingStore, clock }),
    saveCollections: ({ id }, told) =>
      saveCollections(db, id, { told, at: clock.now(), newId: deps.shortId }),
    keepPictures: deps.keepPictures,
    openSource: opener.open,
    changed,
    newId,
    clock,
  });
  const posts = createPostService({
    store: createPostStore(db, later, newId),
    openSource: opener.open,
    changed,
    clock,
  });
  const replaying = createReplayService({ db, plugins, later, changed, newId });
  const jobs = archiveJobs({
    syncing,
    posts,
    replaying,
    checkAll: watch.checkAll,
    look: glances.look,
    startSync: (id) => startSync(id, null),
    log: deps.log,
  });
  const timetable = keepSourceTimetable(queue, jobs, (plugin) =>
    Boolean(plugins.find(plugin)?.capabilities.includes('watched')),
  );
  const sources = createSourcesService({
    store: sourceStore,
    creators,
    plugins,
    opener,
    box: deps.box,
    timetable,
    startSync,
    changed,
    newId: deps.shortId,
    clock,
  });

  const reading = createReadingService({
    store: createReadingStore(db),
    looks: deps.looks,
    transcriptOf: deps.transcriptOf,
    picturesIn: deps.picturesIn,
    readRaw: (plugin, raw) => {
      const read = plugins.find(plugin)?.read(raw);
      return read?.ok ? read.value : null;
    },
    clock,
  });

  return {
    sources,
    reading,
    attention: watch.attention,
    checkAll: watch.checkAll,
    ledger: createLedgerService({ store: createLedgerStore(db, later), changed }),
    runs,
    /** For whoever needs a source that is signed in, one for each source and process. */
    openSource: opener.open,
    sync: syncing.sync,
    replay: replaying.replay,
    jobs,
    /** What a worker does first: time tables, what a crash left behind, and posts that an older parser derived. */
    begin: async () => {
      for (const source of await sources.list()) await timetable.saved(source);
      await queue.add(jobs.replay, { all: false });
      for (const sourceId of await runs.underWay()) await startSync(sourceId, null);
    },
    readPost: (id: PostId, signal: AbortSignal) => posts.read(id, signal),
    close: opener.closeAll,
  };
}
