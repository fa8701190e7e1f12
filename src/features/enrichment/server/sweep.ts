import type { Sha256 } from '#core/ids.ts';
import { stillToMake } from '../core/derivative.ts';
import type { DerivedFolder } from './folder.ts';
import type { DerivativeStore, MediaFiles } from './ports.ts';

const PAGE = 500;

type SweepDeps = {
  media: Pick<MediaFiles, 'after' | 'find'>;
  store: DerivativeStore;
  folder: Pick<DerivedFolder, 'remove'>;
  wake: (sha: Sha256) => Promise<void>;
};

/**
 * The safety net under every lost job, and what makes all anew when a version rises. Gives how many were asked for, and
 * how many files of ours were left over from media that the archive removed.
 */
export function createSweep({ media, store, folder, wake }: SweepDeps) {
  async function askForMissing(signal: AbortSignal): Promise<number> {
    let wanted = 0;
    for await (const files of pages(
      (after) => media.after(after, PAGE),
      ({ sha256 }) => sha256,
      signal,
    )) {
      const rows = await store.of(files.map(({ sha256 }) => sha256));
      for (const file of files) {
        const own = rows.filter(({ sha256 }) => sha256 === file.sha256);
        if (stillToMake(file, own).length === 0) continue;
        await wake(file.sha256);
        wanted++;
      }
    }
    return wanted;
  }

  async function forgetLeftovers(signal: AbortSignal): Promise<number> {
    let forgotten = 0;
    for await (const shas of pages(
      (after) => store.after(after, PAGE),
      (sha) => sha,
      signal,
    )) {
      for (const sha of shas) {
        if (await media.find(sha)) continue;
        await folder.remove(sha);
        await store.forget(sha);
        forgotten++;
      }
    }
    return forgotten;
  }

  return async (signal: AbortSignal) => ({
    wanted: await askForMissing(signal),
    forgotten: await forgetLeftovers(signal),
  });
}

export async function* pages<T>(
  next: (after: Sha256 | null) => Promise<readonly T[]>,
  shaOf: (one: T) => Sha256,
  signal: AbortSignal,
): AsyncGenerator<readonly T[]> {
  for (let last: Sha256 | null = null; ;) {
    signal.throwIfAborted();
    const page: readonly T[] = await next(last);
    const end = page.at(-1);
    if (end === undefined) return;
    yield page;
    last = shaOf(end);
  }
}
