import type { PostMediaId, Sha256 } from '#core/ids.ts';
import type { Fact } from '#core/fact.ts';
import type { Db } from '#server/platform/db.ts';
import type { Queue } from '#server/platform/queue.ts';
import { createCaptionLibrary } from './captions.store.ts';
import { createCreatorPictures } from './creator-pictures.service.ts';
import { createCreatorPictureRows } from './creator-pictures.store.ts';
import { realDisk } from './disk.ts';
import { createDownloads } from './downloads.service.ts';
import type { OnStored, OpenSource } from './downloads.ports.ts';
import { createDownloadRows } from './downloads.store.ts';
import { createFileRows } from './files.store.ts';
import { createFileLibrary } from './library.store.ts';
import { createLocator } from './locate.ts';
import { acceptFolder } from './mark.files.ts';
import { mediaJobs } from './media.jobs.ts';
import { createOrphanService } from './orphans.service.ts';
import { createPlaces } from './places.store.ts';
import { createServing } from './serving.service.ts';
import { createMediaSettingsStore } from './settings.store.ts';
import { createStorageService } from './storage.service.ts';
import { createFileStore } from './store.files.ts';
import type { FetchMedia, WaitingRows } from './upkeep.ports.ts';
import { createOrphanRows, createVerifyRows, createWaitingRows } from './upkeep.store.ts';
import { createFileTotals } from './totals.store.ts';
import { createVerifyService } from './verify.service.ts';

export type MediaDeps = {
  db: Db;
  /** The media folder, absolute. */
  folder: string;
  queue: Pick<Queue, 'add'>;
  openSource: OpenSource;
  /** What is made out of new bytes; enqueued in the transaction that writes their row. */
  onStored: OnStored;
  /** Whatever was made out of a file goes with it. */
  onRemoved: (sha256: Sha256) => Promise<void>;
  freeSpace: (path: string) => Promise<Fact<{ freeBytes: number; totalBytes: number }>>;
  changed: () => void;
  time: { now(): Date; pause(ms: number, signal: AbortSignal): Promise<void> };
  random: () => number;
  newId: () => string;
  log: { info: (what: string, facts: object) => void; warn: (what: string, facts: object) => void };
};

/** A line that brings nothing for so long is dead. */
const STALL_MS = 120_000;
/** A sync waits for a picture of a creator, so a line that is dead is given up sooner. */
const PICTURE_STALL_MS = 20_000;
const AT_ONCE = 500;

/** The room of media files: the store, the downloads into it, its upkeep, and how it is served. */
export function createMedia(deps: MediaDeps) {
  const { db, folder: root, queue, time, newId } = deps;
  const settings = createMediaSettingsStore(db);
  const library = createFileLibrary(db);
  const files = createFileRows(db, time);
  const { store, parts, typeOf } = createFileStore({
    root,
    disk: realDisk,
    identity: settings.identity,
    freeSpace: deps.freeSpace,
    reserveBytes: async () => (await settings.read()).reserveBytes,
    newId,
  });

  const fetch: FetchMedia = async (inTransaction, ids) => {
    for (const postMediaId of ids) await queue.add(jobs.download, { postMediaId }, { inTransaction });
  };
  const shared = { files, store, parts, settings: settings.read, clock: time };
  const jobs = mediaJobs({
    downloads: createDownloads({
      ...shared,
      rows: createDownloadRows(db),
      places: createPlaces(db, newId),
      open: deps.openSource,
      onStored: deps.onStored,
      random: deps.random,
      stallMs: STALL_MS,
    }),
    orphans: createOrphanService({
      ...shared,
      rows: createOrphanRows(db),
      typeOf,
      onRemoved: deps.onRemoved,
    }),
    verify: createVerifyService({ rows: createVerifyRows(db, fetch), store, settings: settings.read, time }),
    fetchAll: (signal) =>
      fetchAll(createWaitingRows(db), (id) => queue.add(jobs.download, { postMediaId: id }), signal),
    changed: deps.changed,
    log: deps.log,
  });

  return {
    jobs,
    /** Places of posts that wait for their bytes; written down in the transaction that made them wait. */
    fetch,
    /** Avatars and covers that a source told of just now, as far as they changed. */
    keepPictures: createCreatorPictures({
      ...shared,
      rows: createCreatorPictureRows(db),
      onStored: deps.onStored,
      stallMs: PICTURE_STALL_MS,
      changed: deps.changed,
      log: deps.log,
    }),
    store,
    serving: createServing({ library, store }),
    storage: createStorageService({
      library,
      totals: createFileTotals(db),
      store,
      settings,
      clock: time,
      acceptFolder: () => acceptFolder({ root, disk: realDisk, newId, ...settings }),
    }),
    captions: createCaptionLibrary(db),
    /** For whoever derives something from them. */
    files: {
      find: library.find,
      after: library.after,
      languageOf: library.languageOf,
      locate: createLocator(store),
    },
  };
}

/** Whatever waits and has no job gets one: a lost job loses nothing. Gives how many. */
async function fetchAll(
  waiting: WaitingRows,
  add: (id: PostMediaId) => Promise<string | null>,
  signal: AbortSignal,
): Promise<number> {
  let added = 0;
  for (let last: PostMediaId | null = null; ;) {
    const ids: PostMediaId[] = await waiting.after(last, AT_ONCE);
    for (const id of ids) {
      signal.throwIfAborted();
      if ((await add(id)) !== null) added += 1;
    }
    last = ids.at(-1) ?? null;
    if (ids.length < AT_ONCE) return added;
  }
}
