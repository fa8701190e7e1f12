import { err, type Result } from '#core/result.ts';
import { withLock, type Pool } from '#server/platform/db.ts';
import type { LibraryBusy, LibraryLock } from './ports.ts';

const KEY = 'library';

/**
 * One lock for the whole library, in the database, so that it also holds between processes and is gone with the one
 * that held it. Whoever is turned away learns who was in the way, when that was in this process.
 */
export function createLibraryLocks(pool: Pool): (holder: string) => LibraryLock {
  let inside: string | null = null;

  return (holder) => ({
    async run<T>(work: (lost: AbortSignal) => Promise<T>): Promise<Result<T, LibraryBusy>> {
      const done = await withLock(pool, KEY, async (lost) => {
        inside = holder;
        try {
          return await work(lost);
        } finally {
          inside = null;
        }
      });
      return done.ok ? done : err({ code: 'library.busy', holder: inside ?? 'another process' });
    },
  });
}
