import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import type { Sha256 } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import type { StoreProblem } from '../../core/media-store.ts';
import { kindOfType } from '../../core/media-type.ts';
import { answered, isFull, makeFolder, nameOf, sizeAt, syncFolder, type Disk, type Place } from './disk.ts';
import { incomingFolder, partPath, writeNote } from './parts.files.ts';
import type { MediaStore, PartWish, Parts, Received, ReceiveProblem } from './ports.ts';
import { typeOfFile } from './type.files.ts';
import { writeHashed, type WriteProblem, type Written } from './write.files.ts';

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
  const { disk, place, parts, ready, isLow } = deps;

  async function write(body: Readable, { key, fromByte, validator }: PartWish, limits: ReceiveLimits) {
    const path = partPath(place.root, key);
    await makeFolder(disk, incomingFolder(place.root));
    if (fromByte === 0) {
      await parts.forget(key);
      await writeNote(disk, place.root, key, validator);
    }
    return writeHashed(disk, path, fromByte, body, { ...limits, isLow });
  }

  /** Broken off: what can be gone on with stays, unless its bytes are the ones that filled the disk. */
  async function afterBreak({ key, validator }: PartWish, problem?: unknown): Promise<void> {
    if (validator === null || isFull(problem)) await parts.forget(key).catch(() => undefined);
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
    await parts.forget(part.key);
    return { code: 'store.too-large', limitBytes: mostBytes ?? 0 };
  }

  return async (body, { signal, mostBytes = null, part = anonymous() }) => {
    const isReady = await ready();
    if (!isReady.ok) {
      body.destroy();
      return isReady;
    }
    addAbortSignal(signal, body);
    try {
      const written = await write(body, part, { signal, mostBytes });
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

type ReceiveLimits = { signal: AbortSignal; mostBytes: number | null };

const anonymous = (): PartWish => ({ key: randomUUID(), fromByte: 0, validator: null });

function received(deps: ReceiveDeps, key: string, written: Written, mimeType: string): Received {
  return {
    ...written,
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
  { sha256, sizeBytes }: Written,
  replace: boolean,
): Promise<void> {
  const to = pathOf(sha256);
  if (!replace && (await sizeAt(disk, to)) === sizeBytes) return;
  for (const folder of [join(root, 'sha256'), dirname(dirname(to)), dirname(to)])
    await makeFolder(disk, folder);
  await disk.rename(partPath(root, key), to);
  await syncFolder(disk, dirname(to));
}
