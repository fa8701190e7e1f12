import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { err, ok } from '#core/result.ts';
import type { Programs } from '#server/platform/program.ts';
import { readWords, type ReadPage } from '../../core/ocr/read-words.ts';
import { drawPage } from '../pdf-pages.ts';
import { failureOf, type ToolOutcome } from '../tool.ts';

/** A4 at 300 dots an inch, for which its models were made. */
const LONGER_SIDE = 3508;
/** A page takes three seconds; a small server is ten times slower, and a newspaper has ten times the words. */
const PAGE_MS = 180_000;
/** A page took 140 MB (measured). */
const MOST_MEMORY_BYTES = 600 * 1024 * 1024;

/** With several threads it is slower and takes twice the processor time (measured). */
const ENVIRONMENT = {
  PATH: '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin',
  LC_ALL: 'C',
  OMP_THREAD_LIMIT: '1',
};

export type PageToRead = { path: string; page: number; languages: string };

/** The words on the picture of a page, each program in a process of its own with limits. */
export async function readPage(
  programs: Pick<Programs, 'run'>,
  { path, page, languages }: PageToRead,
  signal: AbortSignal,
): Promise<ToolOutcome<ReadPage>> {
  const drawn = await drawPage(programs, { path, page, longerSide: LONGER_SIDE, isGrey: true }, signal);
  if (!drawn.ok) return drawn;
  const folder = await mkdtemp(join(tmpdir(), 'keepercheky-page-'));
  try {
    const picture = join(folder, 'page.png');
    await writeFile(picture, drawn.value);
    const args = [picture, '-', '-l', languages, 'tsv'];
    const limits = { timeoutMs: PAGE_MS, mostMemoryBytes: MOST_MEMORY_BYTES };
    const read = await programs.run('tesseract', { args, env: ENVIRONMENT, signal, ...limits });
    if (read.ok) return ok(readWords(read.value.toString('utf8')));
    const { error } = read;
    // The program is there without the languages: that is mended in the same way.
    if (
      error.code === 'program.failed' &&
      /couldn't load any languages|could not initialize/i.test(error.reason)
    )
      return err({ code: 'program.missing', program: `tesseract (${languages})` });
    return err(failureOf(error));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
