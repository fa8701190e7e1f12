import type { Sha256 } from '#core/ids.ts';
import type { Progress } from '#server/platform/jobs.ts';
import type { Programs } from '#server/platform/program.ts';
import type { DerivativeFailure } from '../../core/derivative.ts';
import type { KeptPages } from './kept-pages.ts';
import { readPage } from './read-page.ts';

export type Turn = { signal: AbortSignal; progress: (progress: Progress) => void };

/** A file on the disk, and the pages of it that are only a picture. */
export type Scan = { sha: Sha256; path: string; wanted: readonly number[] };

type ReadDeps = {
  kept: KeptPages;
  programs: Pick<Programs, 'run'>;
  /** As tesseract calls them: `spa+eng`. */
  languages: string;
};

/** Half a minute of work is what a stop may cost. */
const PAGES_PER_SAVE = 10;

/** Goes on after what was read before, to the last page or until a program is missing. */
export async function readPages({ kept, ...how }: ReadDeps, scan: Scan, turn: Turn): Promise<void> {
  const before = await kept.before(scan.sha);
  const pages = [...before];
  let problem: DerivativeFailure | null = null;
  for (const page of scan.wanted.filter((one) => !before.some((known) => known.page === one))) {
    turn.signal.throwIfAborted();
    turn.progress({ done: pages.length, total: scan.wanted.length });
    const read = await readPage(
      how.programs,
      { path: scan.path, page, languages: how.languages },
      turn.signal,
    );
    if (read.ok) pages.push({ page, ...read.value });
    else if (read.error.code === 'program.missing') return kept.wait(scan.sha, pages, read.error.program);
    else {
      problem = read.error;
      pages.push({ page, text: '', confidence: null });
    }
    if (pages.length % PAGES_PER_SAVE === 0) await kept.keep(scan.sha, pages);
  }
  const hasNone = pages.every(({ text }) => text === '');
  await kept.finish(scan.sha, pages, problem && hasNone ? { is: 'failed', why: problem } : { is: 'made' });
}
