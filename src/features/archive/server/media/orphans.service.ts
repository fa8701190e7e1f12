import type { Sha256 } from '#core/ids.ts';
import { addDays } from '#core/time-span.ts';
import type { MediaSettings } from '../../core/media-store.ts';
import { kindOfType } from '../../core/media-type.ts';
import type { FileRows } from './downloads.ports.ts';
import type { MediaStore, Parts } from './ports.ts';
import type { OrphanRows } from './upkeep.ports.ts';

export type OrphanDeps = {
  rows: OrphanRows;
  files: FileRows;
  store: MediaStore;
  parts: Parts;
  typeOf: (sha256: Sha256) => Promise<string>;
  settings: () => Promise<MediaSettings>;
  /** Whatever was made out of it goes too. */
  onRemoved: (sha256: Sha256) => Promise<void>;
  clock: { now(): Date };
};

export type Tidied = { orphaned: number; revived: number; removed: number; adopted: number; parts: number };

const AT_ONCE = 500;
/** A broken download that nobody went on with for so long is begun anew. */
const PART_DAYS = 7;
/** Its row may be about to be written. */
const UNNAMED_HOURS = 1;

/**
 * Files that nothing uses any more go after their grace. What lies in the store without a row gets the same grace, as an
 * orphan: after the restore of an older database that is not rubbish, and the next sync takes it up again.
 */
export function createOrphanService(deps: OrphanDeps) {
  const { rows, files, store, parts, settings, clock } = deps;

  async function removeOld(before: Date, signal: AbortSignal): Promise<number> {
    let removed = 0;
    for (;;) {
      const soFar = removed;
      for (const sha256 of await rows.before(before, AT_ONCE)) {
        signal.throwIfAborted();
        if (!(await rows.forget(sha256, before))) continue; // used again meanwhile
        await files.whenUnnamed(sha256, () => store.remove(sha256));
        await deps.onRemoved(sha256);
        removed += 1;
      }
      if (removed === soFar) return removed;
    }
  }

  async function adoptAll(found: readonly { sha256: Sha256; sizeBytes: number }[]): Promise<number> {
    const named = await rows.named(found.map(({ sha256 }) => sha256));
    const unnamed = found.filter(({ sha256 }) => !named.has(sha256));
    for (const { sha256, sizeBytes } of unnamed) {
      const mimeType = await deps.typeOf(sha256);
      const file = { sha256, sizeBytes, mimeType, kind: kindOfType(mimeType) };
      await files.whenUnnamed(sha256, () => rows.adopt(file, clock.now()));
    }
    return unnamed.length;
  }

  async function adopt(signal: AbortSignal): Promise<number> {
    const settledBefore = clock.now().getTime() - UNNAMED_HOURS * 3_600_000;
    let batch: { sha256: Sha256; sizeBytes: number }[] = [];
    let adopted = 0;
    for await (const file of store.list()) {
      signal.throwIfAborted();
      if (file.placedAt.getTime() < settledBefore) batch.push(file);
      if (batch.length < AT_ONCE) continue;
      adopted += await adoptAll(batch);
      batch = [];
    }
    return adopted + (await adoptAll(batch));
  }

  return {
    /** Null while the folder is not there: then nothing in it is judged. */
    async tidy(signal: AbortSignal): Promise<Tidied | null> {
      const state = await store.state();
      if (state.is === 'missing') return null;
      const now = clock.now();
      const { orphanDays } = await settings();
      const marked = await rows.mark(now);
      const removed = await removeOld(addDays(now, -orphanDays), signal);
      const adopted = await adopt(signal);
      return { ...marked, removed, adopted, parts: await parts.clean(addDays(now, -PART_DAYS)) };
    },
  };
}
