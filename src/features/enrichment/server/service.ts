import type { Sha256 } from '#core/ids.ts';
import type { MediaLook } from '#features/archive/core/media.ts';
import type { Programs } from '#server/platform/program.ts';
import {
  isOfWords,
  stillToMake,
  VERSIONS,
  type DerivativeKind,
  type DerivativeState,
  type MadeKind,
} from '../core/derivative.ts';
import { lookOf, type LookFacts } from '../core/look.ts';
import type { MediaText, SaidText } from '../core/text.ts';
import type { DerivedFile, DerivedFolder } from './folder.ts';
import { createMaker, type Wish } from './make.ts';
import type { DerivativeStore, MediaFiles } from './ports.ts';
import { createSweep } from './sweep.ts';

export type EnrichmentDeps = {
  media: MediaFiles;
  store: DerivativeStore;
  folder: DerivedFolder;
  programs: Programs;
  /** Asks for the job that makes what is missing. */
  wake: (sha: Sha256) => Promise<void>;
  /** The words of a file are there, or are others than before. It may be told twice. */
  onTextMade: (sha: Sha256) => Promise<void>;
  clock: { now(): Date };
};

export type EnrichmentService = ReturnType<typeof createEnrichmentService>;

const MADE_HERE = (Object.keys(VERSIONS) as DerivativeKind[]).filter((kind) => kind !== 'speech');

const isSaid = (text: MediaText): text is SaidText => text.kind !== 'pdf' && text.kind !== 'ocr';

/** Each may be missing; what needs it waits. */
const TOOLS = ['ffmpeg', 'ffprobe', 'pdftoppm', 'pdfimages', 'tesseract'] as const;

/** How a job went that has nothing to say when all is made. */
export type Derived =
  { is: 'made'; kinds: readonly DerivativeKind[] } | { is: 'gone' } | { is: 'store-missing' };

export function createEnrichmentService({
  media,
  store,
  folder,
  programs,
  wake,
  onTextMade,
  clock,
}: EnrichmentDeps) {
  const make = createMaker({ folder, programs });

  /** Gives what is known now; a failure is written down as such, and the next kind has its try. */
  async function makeOne(kind: MadeKind, wish: Omit<Wish, 'kind'>): Promise<LookFacts> {
    const outcome = await make({ ...wish, kind });
    const row = { sha256: wish.file.sha256, kind, version: VERSIONS[kind] };
    if (outcome.ok) {
      const { facts, words } = outcome.value;
      await store.save({ ...row, state: { is: 'made' }, facts }, words, clock.now());
      if (words) await onTextMade(wish.file.sha256);
      return facts;
    }
    const state: DerivativeState =
      outcome.error.code === 'program.missing'
        ? { is: 'waiting', program: outcome.error.program }
        : { is: 'failed', why: outcome.error };
    await store.save({ ...row, state, facts: {} }, null, clock.now());
    return {};
  }

  return {
    /** Makes what is missing of one file. May run twice: it asks first what there is. */
    async derive(sha: Sha256, signal: AbortSignal): Promise<Derived> {
      const file = await media.find(sha);
      if (!file) return { is: 'gone' };
      const existing = await store.of([sha]);
      const kinds = stillToMake(file, existing);
      if (kinds.length === 0) {
        // Another post has the same file now, and its words with it.
        if (existing.some(({ kind, state }) => isOfWords(kind) && state.is === 'made')) await onTextMade(sha);
        return { is: 'made', kinds };
      }
      const located = await media.locate(sha);
      if (located.is !== 'here') return { is: located.is };
      const language = kinds.includes('captions') ? await media.languageOf(sha) : null;
      let known = existing.reduce<LookFacts>((all, { facts }) => ({ ...all, ...facts }), {});
      for (const kind of kinds) {
        signal.throwIfAborted();
        known = { ...known, ...(await makeOne(kind, { file, path: located.path, known, language, signal })) };
      }
      return { is: 'made', kinds };
    },

    sweep: createSweep({ media, store, folder, wake }),

    /** Makes it all anew, whatever there is: after a person says that it looks wrong. What was heard was paid for, and stays. */
    async again(sha: Sha256): Promise<void> {
      await store.forget(sha, MADE_HERE);
      await wake(sha);
    },

    /** Its file has left the archive. */
    async forget(sha: Sha256): Promise<void> {
      await folder.remove(sha);
      await store.forget(sha);
    },

    async looks(shas: readonly Sha256[]): Promise<ReadonlyMap<Sha256, MediaLook>> {
      const rows = Map.groupBy(await store.of(shas), ({ sha256 }) => sha256);
      return new Map([...rows].map(([sha, own]) => [sha, lookOf(own)]));
    },

    /** All words of a file: none while they are not made, or when it has none. */
    textsOf: (sha: Sha256): Promise<readonly MediaText[]> => store.texts(sha),

    async transcriptOf(sha: Sha256): Promise<SaidText | null> {
      return (await store.texts(sha)).find(isSaid) ?? null;
    },

    pictureAt: (sha: Sha256, name: DerivedFile): string => folder.path(sha, name),

    /** For the health page: what waits for which program. */
    async vital() {
      const [counts, ...versions] = await Promise.all([
        store.counts(),
        ...TOOLS.map((name) => programs.version(name)),
      ]);
      return { ...counts, missing: TOOLS.filter((_name, index) => versions[index] === null) };
    },
  };
}
