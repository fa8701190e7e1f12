import { dirname, join } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import type { Sha256 } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import type { StoreProblem } from '../../core/media-store.ts';
import { kindOfType } from '../../core/media-type.ts';
import { answered, isFull, makeFolder, nameOf, sizeAt, syncFolder, type Disk, type Place } from './disk.ts';
import { dropBytes, incomingFolder, partPath, writeNote } from './parts.files.ts';
import type { MediaStore, PartWish, Parts, Received, ReceiveProblem } from './ports.ts';
import { typeOfFile } from './type.files.ts';
import { writeHashed, type Limits, type WriteProblem, type Written } from './write.files.ts';

export type ReceiveDeps = {
  disk: Disk;
  place: Place;
  parts: Parts;
  pathOf: (sha256: Sha256) => string;
  ready: () => Promise<Result<void, StoreProblem>>;
  isLow: () => Promise<boolean>;
};

/** Bytes come into a part, and are shown in the store when they are whole and synced. */
export function createReceive(deps: ReceiveDeps): MediaStore['receive'] {
  const { disk, place, ready, isLow } = deps;

  async function write(body: Readable, { key, fromByte, validator }: PartWish, limits: ReceiveLimits) {
    const path = partPath(place.root, key);
    await makeFolder(disk, incomingFolder(place.root));
    if (fromByte === 0) {
      await dropBytes(disk, place.root, key);
      await writeNote(disk, place.root, key, validator);
    }
    return writeHashed(disk, path, fromByte, body, { ...limits, isLow });
  }

  /** Broken off: what can be gone on with stays, unless its bytes are the ones that filled the disk. */
  async function afterBreak({ key, validator }: PartWish, problem?: unknown): Promise<void> {
    if (validator !== null && !isFull(problem)) return;
    await dropBytes(disk, place.root, key).catch(() => undefined);
  }

  async function refused(
    part: PartWish,
    { code }: WriteProblem,
    mostBytes: number | null,
  ): Promise<ReceiveProblem> {
    if (code === 'low') {
      await afterBreak(part);
      return { code: 'store.full', path: place.root, freeBytes: await place.freeBytes() };
    }
    await dropBytes(disk, place.root, part.key);
    return { code: 'store.too-large', limitBytes: mostBytes ?? 0 };
  }

  return async (body, { signal, mostBytes = null, part, onBytes = () => undefined }) => {
    const isReady = await ready();
    if (!isReady.ok || signal.aborted) body.destroy(); // without an error: nobody listens for one yet
    signal.throwIfAborted();
    if (!isReady.ok) return isReady;
    addAbortSignal(signal, body);
    try {
      const writing = write(body, part, { signal, mostBytes, onBytes });
      const written = await orGiveUp(writing, signal);
      if (!written.ok) return err(await refused(part, written.error, mostBytes));
      const mimeType = await typeOfFile(disk, partPath(place.root, part.key));
      return ok(received(deps, part.key, written.value, mimeType));
    } catch (problem) {
      await afterBreak(part, problem);
      const named = body.errored === problem ? null : await nameOf(problem, place);
      if (named === null) throw problem;
      return err(named);
    } finally {
      body.destroy();
    }
  };
}

/** Time for what is being written to end well. A body that does not let itself be stopped is left to itself after it. */
const GRACE_MS = 1_000;

function orGiveUp<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: tooLong, reject } = Promise.withResolvers<never>();
  const stop = () => void setTimeout(() => reject(signal.reason as Error), GRACE_MS).unref();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  return Promise.race([work, tooLong]).finally(() => signal.removeEventListener('abort', stop));
}

type ReceiveLimits = Omit<Limits, 'isLow'>;

function received(deps: ReceiveDeps, key: string, written: Written, mimeType: string): Received {
  return {
    sha256: written.sha256,
    sizeBytes: written.sizeBytes,
    mimeType,
    kind: kindOfType(mimeType),
    async place({ replace = false } = {}) {
      const isReady = await deps.ready();
      if (!isReady.ok) return isReady;
      return answered(async () => {
        await moveIn(deps, key, written, replace);
        await deps.parts.forget(key);
      }, deps.place);
    },
    discard: () => deps.parts.forget(key),
  };
}

async function moveIn(
  { disk, place: { root }, pathOf }: ReceiveDeps,
  key: string,
  { sha256, sizeBytes, inode }: Written,
  replace: boolean,
): Promise<void> {
  const to = pathOf(sha256);
  if (!replace && (await sizeAt(disk, to)) === sizeBytes) return;
  const from = partPath(root, key);
  const { ino } = await disk.stat(from);
  if (ino !== inode) throw new Error('Somebody else has begun the same part anew');
  const changed = [dirname(to)];
  for (const folder of [join(root, 'sha256'), dirname(dirname(to)), dirname(to)])
    if (await makeFolder(disk, folder)) changed.push(dirname(folder));
  await disk.rename(from, to);
  // At once: a journal writes them together.
  await Promise.all(changed.map((folder) => syncFolder(disk, folder)));
}
