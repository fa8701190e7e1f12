import { dirname, join } from 'node:path';
import { known, unknown, type Fact } from '#core/fact.ts';
import type { Sha256 } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import type { StoreProblem } from '../../core/media-store.ts';
import { answered, isNotThere, sizeAt, syncFolder, type Disk } from './disk.ts';
import { listFiles } from './list.files.ts';
import { missing } from './mark.files.ts';
import { createParts } from './parts.files.ts';
import type { MediaStore, Parts, StoreIdentity } from './ports.ts';
import { createReceive } from './receive.files.ts';
import { typeOfFile } from './type.files.ts';

export type FileStoreDeps = {
  /** Absolute. */
  root: string;
  disk: Disk;
  identity: StoreIdentity;
  freeSpace: (path: string) => Promise<Fact<{ freeBytes: number; totalBytes: number }>>;
  /** Less free space than this stops what is being written. */
  reserveBytes: () => Promise<number>;
  newId: () => string;
};

export type FileStore = {
  store: MediaStore;
  parts: Parts;
  /** By its bytes. */
  typeOf: (sha256: Sha256) => Promise<string>;
};

const READ_AT_ONCE_BYTES = 256 * 1024;

/** `sha256/ab/cd/abcd…` below the media folder: no folder gets long until there are millions of files. */
export function createFileStore(deps: FileStoreDeps): FileStore {
  const { root, disk, identity, freeSpace, newId } = deps;
  const parts = createParts({ root, disk });
  const whyMissing = () => missing({ root, disk, identity, newId });
  const freeBytes = async () => {
    const space = await freeSpace(root);
    return space.known ? space.value.freeBytes : 0;
  };
  const place = { root, freeBytes };

  const pathOf = (sha256: Sha256) => pathIn(root, sha256);

  async function ready(): Promise<Result<void, StoreProblem>> {
    const why = await whyMissing();
    return why === null ? ok(undefined) : err({ code: 'store.missing', path: root, why });
  }

  const store: MediaStore = {
    async state() {
      const why = await whyMissing();
      if (why !== null) return { is: 'missing', path: root, why };
      const space = await freeSpace(root);
      if (!space.known) return { is: 'missing', path: root, why: 'not-readable' };
      const { freeBytes: free, totalBytes } = space.value;
      return { is: 'ready', path: root, freeBytes: free, totalBytes };
    },

    receive: createReceive({
      disk,
      place,
      parts,
      pathOf,
      ready,
      isLow: async () => (await freeBytes()) < (await deps.reserveBytes()),
    }),

    pathOf,
    open: (sha256, range) => openFile(disk, pathOf(sha256), range),

    async sizeOf(sha256) {
      try {
        const size = await sizeAt(disk, pathOf(sha256));
        if (size !== null) return known(size);
      } catch {
        return unknown('not-readable');
      }
      const why = await whyMissing(); // after the look: a disk that went away in between hides its files
      return why === null ? known(null) : unknown(why);
    },

    async remove(sha256) {
      const isReady = await ready();
      if (!isReady.ok) return isReady;
      const path = pathOf(sha256);
      return answered(async () => {
        if ((await sizeAt(disk, path)) === null) return false;
        await disk.rm(path, { force: true });
        await syncFolder(disk, dirname(path));
        return true;
      }, place);
    },

    list: () => listFiles(disk, join(root, 'sha256')),
  };
  return { store, parts, typeOf: (sha256) => typeOfFile(disk, pathOf(sha256)) };
}

function pathIn(root: string, sha256: Sha256): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('This is no SHA-256');
  return join(root, 'sha256', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
}

async function openFile(
  disk: Disk,
  path: string,
  range?: { first: number; last: number },
): ReturnType<MediaStore['open']> {
  const handle = await disk.open(path, 'r').catch((problem: unknown) => {
    if (isNotThere(problem)) return null;
    throw problem;
  });
  if (handle === null) return null;
  const { size } = await handle.stat();
  const part = range ? { start: range.first, end: range.last } : {};
  const body = handle.createReadStream({ ...part, highWaterMark: READ_AT_ONCE_BYTES });
  return { body, sizeBytes: size };
}
