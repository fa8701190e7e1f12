import type { Household } from '../seed/household.ts';
import { openSnapshot } from './snapshot.ts';
import { createStorage, fillStorage, type Storage } from './storage.ts';

export type WorldOptions = {
  /** How long after the answer a background task of a service is done; `settle()` does not wait for it. */
  delayMs?: number;
  /** Monitored titles that lose a file get it again after a while, as in life (T-08). Off unless asked for. */
  redownload?: boolean;
  /** The whole world as JSON, read at the start when it is there, written after every change. */
  stateFile?: string;
  now?: () => Date;
};

export type World = {
  household: Household;
  storage: Storage;
  redownload: boolean;
  now: () => Date;
  /** Something that a service does after it has answered. */
  afterwards: (task: () => void) => void;
  /** Everything that is still to be done, done now, and what follows from it. */
  settle: () => Promise<void>;
  changed: () => void;
  close: () => Promise<void>;
};

/** One household on shared disks: what Radarr deletes is missing for Jellyfin, once Jellyfin looks. */
export function createWorld(seed: Household, options: WorldOptions = {}): World {
  const { delayMs = 40, redownload = false, stateFile, now = () => new Date() } = options;
  const snapshot = openSnapshot(stateFile);
  const { household, files } = snapshot.read() ?? { household: seed, files: undefined };
  const storage = createStorage(household.disks);
  fillStorage(storage, household);
  // Files that were left behind or moved to a recycle bin are in no list of the household.
  if (files) restore(storage, household, files);

  const pending = new Map<() => void, NodeJS.Timeout>();
  const run = (task: () => void): void => {
    clearTimeout(pending.get(task));
    if (pending.delete(task)) task();
    world.changed();
  };
  const world: World = {
    household,
    storage,
    redownload,
    now,
    afterwards: (task) =>
      void pending.set(
        task,
        setTimeout(() => run(task), delayMs),
      ),
    settle: () => {
      while (pending.size > 0) [...pending.keys()].forEach(run);
      return Promise.resolve();
    },
    changed: () => snapshot.changed(() => ({ household, files: kept(storage) })),
    close: async () => {
      await world.settle();
      await snapshot.close();
    },
  };
  return world;
}

type Kept = { path: string; sizeBytes: number }[];

const kept = (storage: Storage): Kept =>
  storage.list('/').map((path) => ({ path, sizeBytes: storage.sizeOf(path) }));

function restore(storage: Storage, household: Household, files: Kept): void {
  const wanted = new Set(files.map((file) => file.path));
  storage
    .list('/')
    .filter((path) => !wanted.has(path))
    .forEach(storage.remove);
  for (const { path, sizeBytes } of files) if (!storage.has(path)) storage.write(path, sizeBytes);
  household.extraFiles = household.extraFiles.filter((file) => wanted.has(file.path));
}

/** Simulators take a household and make a world of it, or share one that is there. */
export function asWorld(home: Household | World, options: WorldOptions): { world: World; isOwn: boolean } {
  return 'storage' in home
    ? { world: home, isOwn: false }
    : { world: createWorld(structuredClone(home), options), isOwn: true };
}
