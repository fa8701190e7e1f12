import type { Sha256 } from '#core/ids.ts';
import type { Programs } from '#server/platform/program.ts';
import { isSettled } from '../../core/derivative.ts';
import { isPdf, type MediaFiles, type StoredMedia } from '../ports.ts';
import { createKeptPages, type KeptPagesDeps } from './kept-pages.ts';
import { readPages, type Turn } from './read-pages.ts';

export type RecogniseDeps = KeptPagesDeps & {
  media: MediaFiles;
  programs: Pick<Programs, 'run'>;
  /** As tesseract calls them: `spa+eng`. */
  languages: string;
  /** Asks for the job that reads a file. */
  wake: (sha: Sha256) => Promise<void>;
};

export type Recogniser = ReturnType<typeof createRecogniser>;

export type Recognised = { is: 'done' } | { is: 'store-missing' };

/** Two hours and more of one core; what comes after them has no words. */
const MOST_PAGES = 2_000;
const FILES = 500;

/** Reads the words of pages that are only a picture. A page is read once, whenever the program is stopped. */
export function createRecogniser(deps: RecogniseDeps) {
  const { media, store } = deps;
  const kept = createKeptPages(deps);

  async function consider(file: StoredMedia): Promise<boolean> {
    if (!isPdf(file) || isSettled('ocr', await store.of([file.sha256]))) return false;
    const pages = await kept.wanted(file.sha256);
    if (pages === null) return false;
    if (pages.length === 0) {
      // Written down, or every night the text of every book would be looked through again.
      await kept.finish(file.sha256, []);
      return false;
    }
    await deps.wake(file.sha256);
    return true;
  }

  return {
    async recognise(sha: Sha256, turn: Turn): Promise<Recognised> {
      const file = await media.find(sha);
      if (!file || !isPdf(file) || isSettled('ocr', await store.of([sha]))) return { is: 'done' };
      const wanted = ((await kept.wanted(sha)) ?? []).slice(0, MOST_PAGES);
      if (wanted.length === 0) return { is: 'done' };
      const located = await media.locate(sha);
      if (located.is !== 'here') return { is: located.is === 'gone' ? 'done' : 'store-missing' };
      await readPages({ ...deps, kept }, { sha, path: located.path, wanted }, turn);
      return { is: 'done' };
    },

    /** The text of a file was read: perhaps there are pages without any. */
    async noticed(sha: Sha256): Promise<void> {
      const file = await media.find(sha);
      if (file) await consider(file);
    },

    /** The safety net under lost jobs, and what begins when the program is there at last. Gives how many were asked for. */
    async sweep(signal: AbortSignal): Promise<number> {
      let wanted = 0;
      for (let last: Sha256 | null = null; ;) {
        signal.throwIfAborted();
        const files: readonly StoredMedia[] = await media.after(last, FILES);
        for (const file of files) if (await consider(file)) wanted += 1;
        last = files.at(-1)?.sha256 ?? null;
        if (files.length < FILES) return wanted;
      }
    },
  };
}
