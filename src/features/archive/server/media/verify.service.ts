import { createHash } from 'node:crypto';
import { addDays } from '#core/time-span.ts';
import { PROOF_DAYS, type MediaSettings } from '../../core/media-store.ts';
import type { MediaStore } from './ports.ts';
import type { FileToVerify, VerifyRows } from './upkeep.ports.ts';

export type VerifyDeps = {
  rows: VerifyRows;
  store: MediaStore;
  settings: () => Promise<MediaSettings>;
  time: { now(): Date; pause(ms: number, signal: AbortSignal): Promise<void> };
};

export type Verified = { files: number; bytes: number; damaged: number };

const AT_ONCE = 50;

/** Reads files at a set pace, and compares what they are with what they are called. */
export function createVerifyService({ rows, store, settings, time }: VerifyDeps) {
  /** Null when nobody can say: the folder is away, or the disk does not let itself be read just now. */
  async function isSound(file: FileToVerify, pace: Pace): Promise<boolean | null> {
    const size = await store.sizeOf(file.sha256);
    if (!size.known) return null;
    if (size.value !== file.sizeBytes) return false;
    const found = await hashOf(file, pace);
    if (found === file.sha256) return true;
    const state = await store.state();
    return state.is === 'ready' ? false : null;
  }

  async function hashOf({ sha256 }: FileToVerify, pace: Pace): Promise<string | null> {
    const opened = await store.open(sha256);
    if (!opened) return null;
    const hash = createHash('sha256');
    try {
      for await (const chunk of opened.body as AsyncIterable<Buffer>) {
        hash.update(chunk);
        await pace(chunk.length);
      }
    } catch (problem) {
      // A sector that cannot be read is damage; whatever else it is, the next look shows.
      if ((problem as NodeJS.ErrnoException).code === 'EIO') return null;
      throw problem;
    }
    return hash.digest('hex');
  }

  return {
    /** For so long; the next run goes on. Null while the folder is not there. */
    async run(forMs: number, signal: AbortSignal): Promise<Verified | null> {
      const until = time.now().getTime() + forMs;
      const done: Verified = { files: 0, bytes: 0, damaged: 0 };
      const pace = paceOf((await settings()).verifyBytesPerSecond, time, signal);
      for (;;) {
        const batch = await rows.next(addDays(time.now(), -PROOF_DAYS), AT_ONCE);
        for (const file of batch) {
          signal.throwIfAborted();
          if (time.now().getTime() >= until) return done;
          const sound = await isSound(file, pace);
          if (sound === null) return null;
          await rows[sound ? 'sound' : 'damaged'](file, time.now());
          done.files += 1;
          done.bytes += file.sizeBytes;
          if (!sound) done.damaged += 1;
        }
        if (batch.length < AT_ONCE) return done;
      }
    },
  };
}

type Pace = (bytes: number) => Promise<void>;

/** Short waits are saved up: a timer is not exact below some milliseconds. */
const SHORTEST_PAUSE_MS = 20;

function paceOf(bytesPerSecond: number, time: VerifyDeps['time'], signal: AbortSignal): Pace {
  let aheadMs = 0;
  let last = time.now().getTime();
  return async (bytes) => {
    const now = time.now().getTime();
    aheadMs = Math.max(0, aheadMs - (now - last)) + (bytes / bytesPerSecond) * 1000;
    last = now;
    signal.throwIfAborted();
    if (aheadMs >= SHORTEST_PAUSE_MS) await time.pause(aheadMs, signal);
  };
}
