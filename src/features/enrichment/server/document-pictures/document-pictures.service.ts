import type { Sha256 } from '#core/ids.ts';
import type { DocumentPicture } from '#features/archive/core/media.ts';
import type { Programs } from '#server/platform/program.ts';
import { isSettled, VERSIONS, type DerivativeState } from '../../core/derivative.ts';
import type { DerivedFolder } from '../folder.ts';
import type { DerivativeRow, DerivativeStore, DocumentPictureStore, MediaFiles } from '../ports.ts';
import { isPdf } from '../ports.ts';
import { pages } from '../sweep.ts';
import type { ToolOutcome } from '../tool.ts';
import { createExtraction, fileOf, smallFileOf, type Extracted, type Turn } from './extraction.ts';

export type DocumentPicturesDeps = {
  media: MediaFiles;
  store: DerivativeStore;
  pictures: DocumentPictureStore;
  folder: DerivedFolder;
  programs: Pick<Programs, 'run'>;
  /** Asks for the job that takes out the pictures of a file. */
  wake: (sha: Sha256) => Promise<void>;
  /** The page of a post shows others now. */
  changed: () => void;
  clock: { now(): Date };
};

export type DocumentPictures = ReturnType<typeof createDocumentPictures>;

const KIND = 'document-pictures';
const FILES = 500;
const NONE: Extracted = { pictures: [], awaitsWords: false };

/** What was known of its pages was too little, and is more now. */
const isDone = (rows: readonly DerivativeRow[]): boolean =>
  isSettled(KIND, rows) &&
  !(isSettled('ocr', rows) && rows.some(({ kind, facts }) => kind === KIND && facts.picturesAwaitWords));

const wordsAreRead = (rows: readonly DerivativeRow[]): boolean =>
  rows.some(({ kind, state }) => kind === 'pdf' && state.is === 'made');

/**
 * Takes the pictures out of documents. Their files are named by their bytes, so a job that is killed and done again leaves
 * the same ones.
 */
export function createDocumentPictures(deps: DocumentPicturesDeps) {
  const { media, store, folder, clock } = deps;
  const extract = createExtraction(deps);

  async function keep(sha256: Sha256, outcome: ToolOutcome<Extracted>): Promise<void> {
    // The bytes are the same as ever, so what was taken out of them before is as true when a program fails now.
    const { pictures, awaitsWords } = outcome.ok
      ? outcome.value
      : { ...NONE, pictures: await deps.pictures.of(sha256) };
    const facts = { picturesAwaitWords: awaitsWords };
    const row = { sha256, kind: KIND, version: VERSIONS[KIND], state: stateOf(outcome), facts } as const;
    await deps.pictures.save(row, pictures, clock.now());
    const files = pictures.flatMap((picture) => [fileOf(picture), smallFileOf(picture.id)]);
    await folder.keepOnly(sha256, 'pictures', files);
    if (pictures.length > 0) deps.changed();
  }

  async function consider(sha: Sha256, rows: readonly DerivativeRow[]): Promise<boolean> {
    if (!wordsAreRead(rows) || isDone(rows)) return false;
    await deps.wake(sha);
    return true;
  }

  return {
    /** May run twice: it asks first what there is. */
    async takeOut(sha: Sha256, turn: Turn): Promise<{ is: 'done' } | { is: 'store-missing' }> {
      const file = await media.find(sha);
      const rows = await store.of([sha]);
      if (!file || !isPdf(file) || !wordsAreRead(rows) || isDone(rows)) return { is: 'done' };
      const located = await media.locate(sha);
      if (located.is !== 'here') return { is: located.is === 'gone' ? 'done' : 'store-missing' };
      const document = { sha, path: located.path, texts: await store.texts(sha) };
      await keep(sha, await extract({ ...document, isRecognised: isSettled('ocr', rows) }, turn));
      return { is: 'done' };
    },

    /** The words of a file were read, its own or those on its pictures. */
    async noticed(sha: Sha256): Promise<void> {
      const file = await media.find(sha);
      if (file && isPdf(file)) await consider(sha, await store.of([sha]));
    },

    /** The safety net under lost jobs, and what begins when the program is there at last. Gives how many were asked for. */
    async sweep(signal: AbortSignal): Promise<number> {
      let wanted = 0;
      const all = pages(
        (after) => media.after(after, FILES),
        ({ sha256 }) => sha256,
        signal,
      );
      for await (const files of all) {
        const documents = files.filter(isPdf).map(({ sha256 }) => sha256);
        const rows = Map.groupBy(await store.of(documents), ({ sha256 }) => sha256);
        for (const sha of documents) if (await consider(sha, rows.get(sha) ?? [])) wanted += 1;
      }
      return wanted;
    },

    of: (sha: Sha256): Promise<readonly DocumentPicture[]> => deps.pictures.of(sha),
  };
}

function stateOf(outcome: ToolOutcome<unknown>): DerivativeState {
  if (outcome.ok) return { is: 'made' };
  return outcome.error.code === 'program.missing'
    ? { is: 'waiting', program: outcome.error.program }
    : { is: 'failed', why: outcome.error };
}
