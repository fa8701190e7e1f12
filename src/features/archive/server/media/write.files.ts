import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Sha256 } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import type { Disk } from './disk.ts';

export type Limits = {
  signal: AbortSignal;
  mostBytes: number | null;
  onBytes: (soFar: number) => void;
  /** Below this much free space writing stops, before the disk is full for everybody. */
  isLow: () => Promise<boolean>;
};

/** The inode tells whether it is still this file that lies under the name. */
export type Written = { sha256: Sha256; sizeBytes: number; inode: number };
export type WriteProblem = { code: 'too-large' } | { code: 'low' };

/** Free space is looked at after so many bytes. */
const LOOK_EVERY_BYTES = 64 * 1024 * 1024;

/** Writes what comes behind the first `fromByte` bytes, hashes all of it, and syncs. */
export async function writeHashed(
  disk: Disk,
  path: string,
  fromByte: number,
  body: AsyncIterable<Uint8Array>,
  limits: Limits,
): Promise<Result<Written, WriteProblem>> {
  const handle = await disk.open(path, fromByte > 0 ? 'r+' : 'w');
  try {
    const hash = createHash('sha256');
    await hashKept(handle, hash, fromByte);
    const written = await writeAll(handle, hash, fromByte, body, limits);
    if (!written.ok) return written;
    await handle.sync();
    const { ino } = await handle.stat();
    return ok({ sha256: hash.digest('hex') as Sha256, sizeBytes: written.value, inode: ino });
  } finally {
    await handle.close();
  }
}

/** What was kept is read again: only what is in the file counts, and it may have been cut since. */
async function hashKept(handle: FileHandle, hash: Hash, bytes: number): Promise<void> {
  if (bytes === 0) return;
  const stream = handle.createReadStream({ start: 0, end: bytes - 1, autoClose: false });
  let read = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    hash.update(chunk);
    read += chunk.length;
  }
  if (read !== bytes) throw new Error(`The part has ${read} bytes and ${bytes} were wanted`);
  await handle.truncate(bytes);
}

async function writeAll(
  handle: FileHandle,
  hash: Hash,
  fromByte: number,
  body: AsyncIterable<Uint8Array>,
  { signal, mostBytes, onBytes, isLow }: Limits,
): Promise<Result<number, WriteProblem>> {
  let position = fromByte;
  let nextLook = fromByte + LOOK_EVERY_BYTES;
  for await (const chunk of body) {
    signal.throwIfAborted();
    if (!(chunk instanceof Uint8Array)) throw new Error('The body is no stream of bytes');
    if (mostBytes !== null && position + chunk.length > mostBytes) return err({ code: 'too-large' });
    hash.update(chunk);
    await writeChunk(handle, chunk, position);
    position += chunk.length;
    onBytes(position);
    if (position < nextLook) continue;
    nextLook += LOOK_EVERY_BYTES;
    if (await isLow()) return err({ code: 'low' });
  }
  return ok(position);
}

async function writeChunk(handle: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < chunk.length;) {
    const { bytesWritten } = await handle.write(chunk, done, chunk.length - done, position + done);
    done += bytesWritten;
  }
}
