import type { Sha256 } from '#core/ids.ts';
import type { Progress } from '#server/platform/jobs.ts';
import type { Programs } from '#server/platform/program.ts';
import { isSettled, VERSIONS, type DerivativeFailure, type DerivativeState } from '../../core/derivative.ts';
import { isWithoutText } from '../../core/ocr/read-words.ts';
import type { RecognisedPage } from '../../core/text.ts';
import type { DerivativeRow, DerivativeStore, MediaFiles, StoredMedia } from '../ports.ts';
import { readPage } from './read-page.ts';

export type RecogniseDeps = {
  media: MediaFiles;
  store: DerivativeStore;
  programs: Pick<Programs, 'run'>;
  /** As tesseract calls them: `spa+eng`. */
  languages: string;
  /** Asks for the job that reads a file. */
  wake: (sha: Sha256) => Promise<void>;
  onTextMade: (sha: Sha256) => Promise<void>;
  clock: { now(): Date };
};

export type Recogniser = ReturnType<typeof createRecogniser>;

export type Recognised = { is: 'done' } | { is: 'store-missing' };

type Turn = { signal: AbortSignal; progress: (progress: Progress) => void };

/** Under this version lies what a job has read so far: no version of anything, so the next one goes on with it. */
const UNFINISHED = 0;
/** Half a minute of work is what a stop may cost. */
const PAGES_PER_SAVE = 10;
/** Two hours and more of one core; what comes after them has no words. */
const MOST_PAGES = 2_000;
const FILES = 500;

const isPdf = ({ kind, mimeType }: StoredMedia): boolean => kind === 'file' && mimeType === 'application/pdf';

/** Reads the words of pages that are only a picture. A page is read once, whenever the program is stopped. */
export function createRecogniser(deps: RecogniseDeps) {
  const { media, store, clock } = deps;

  /** Pages without text of their own; null while its text was not read. */
  async function pagesOf(sha: Sha256): Promise<number[] | null> {
    const text = (await store.texts(sha)).find(({ kind }) => kind === 'pdf');
    if (text?.kind !== 'pdf') return null;
    return text.pages.filter((page) => isWithoutText(page.text)).map(({ page }) => page);
  }

  async function readBefore(sha: Sha256): Promise<readonly RecognisedPage[]> {
    const row = (await store.of([sha])).find(({ kind }) => kind === 'ocr');
    if (row?.version !== UNFINISHED) return [];
    const text = (await store.texts(sha)).find(({ kind }) => kind === 'ocr');
    return text?.kind === 'ocr' ? text.pages : [];
  }

  async function keep(
    sha256: Sha256,
    { version, state }: { version: number; state: DerivativeState },
    pages: readonly RecognisedPage[],
  ): Promise<void> {
    const withWords = pages.filter(({ text }) => text !== '');
    const facts = withWords.length > 0 ? { recognised: summaryOf(withWords) } : {};
    const row: DerivativeRow = { sha256, kind: 'ocr', version, state, facts };
    await store.save(row, state.is === 'made' ? { kind: 'ocr', pages: [...pages] } : null, clock.now());
    if (withWords.length > 0) await deps.onTextMade(sha256);
  }

  /** Null when all pages were read; else what it waits for. */
  async function readAll(
    sha: Sha256,
    path: string,
    wanted: readonly number[],
    { signal, progress }: Turn,
  ): Promise<string | null> {
    const pages = [...(await readBefore(sha))];
    const known = new Set(pages.map(({ page }) => page));
    let problem: DerivativeFailure | null = null;
    for (const page of wanted.filter((one) => !known.has(one))) {
      signal.throwIfAborted();
      progress({ done: pages.length, total: wanted.length });
      const read = await readPage(deps.programs, { path, page, languages: deps.languages }, signal);
      if (read.ok) {
        pages.push({ page, ...read.value });
      } else {
        if (read.error.code === 'program.missing') return read.error.program;
        problem = read.error;
        pages.push({ page, text: '', confidence: null });
      }
      if (pages.length % PAGES_PER_SAVE === 0)
        await keep(sha, { version: UNFINISHED, state: { is: 'made' } }, pages);
    }
    const hasNone = pages.every(({ text }) => text === '');
    const state: DerivativeState = problem && hasNone ? { is: 'failed', why: problem } : { is: 'made' };
    await keep(sha, { version: VERSIONS.ocr, state }, pages);
    return null;
  }

  async function consider(file: StoredMedia): Promise<boolean> {
    if (!isPdf(file) || isSettled('ocr', await store.of([file.sha256]))) return false;
    const pages = await pagesOf(file.sha256);
    if (pages === null) return false;
    if (pages.length === 0) {
      // Written down, or every night the text of every book would be looked through again.
      await keep(file.sha256, { version: VERSIONS.ocr, state: { is: 'made' } }, []);
      return false;
    }
    await deps.wake(file.sha256);
    return true;
  }

  return {
    async recognise(sha: Sha256, turn: Turn): Promise<Recognised> {
      const file = await media.find(sha);
      if (!file || !isPdf(file) || isSettled('ocr', await store.of([sha]))) return { is: 'done' };
      const wanted = ((await pagesOf(sha)) ?? []).slice(0, MOST_PAGES);
      if (wanted.length === 0) return { is: 'done' };
      const located = await media.locate(sha);
      if (located.is !== 'here') return { is: located.is === 'gone' ? 'done' : 'store-missing' };
      const program = await readAll(sha, located.path, wanted, turn);
      if (program !== null) await keep(sha, { version: VERSIONS.ocr, state: { is: 'waiting', program } }, []);
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

function summaryOf(pages: readonly RecognisedPage[]): { pages: number; confidence: number } {
  const sure = pages.reduce((sum, { confidence }) => sum + (confidence ?? 0), 0) / pages.length;
  return { pages: pages.length, confidence: Math.round(sure * 100) / 100 };
}
