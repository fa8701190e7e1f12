import type { Sha256 } from '#core/ids.ts';
import { VERSIONS, type DerivativeState } from '../../core/derivative.ts';
import { isWithoutText } from '../../core/ocr/read-words.ts';
import type { RecognisedPage } from '../../core/text.ts';
import type { DerivativeRow, DerivativeStore } from '../ports.ts';

export type KeptPagesDeps = {
  store: DerivativeStore;
  onTextMade: (sha: Sha256) => Promise<void>;
  clock: { now(): Date };
};

export type KeptPages = ReturnType<typeof createKeptPages>;

/** Under this version lies what was read so far: no version of anything, so the next job goes on with it. */
const UNFINISHED = 0;

/** The pages of a file that were read, of which neither a stop nor a program that goes away costs one. */
export function createKeptPages({ store, onTextMade, clock }: KeptPagesDeps) {
  /** Gives whether there is a word in them. */
  async function save(
    of: Pick<DerivativeRow, 'sha256' | 'version' | 'state'>,
    pages: readonly RecognisedPage[],
  ): Promise<boolean> {
    const withWords = pages.filter(({ text }) => text !== '');
    const facts = withWords.length > 0 ? { recognised: summaryOf(withWords) } : {};
    const words = of.state.is === 'failed' ? null : { kind: 'ocr' as const, pages: [...pages] };
    await store.save({ ...of, kind: 'ocr', facts }, words, clock.now());
    return withWords.length > 0;
  }

  async function before(sha: Sha256): Promise<readonly RecognisedPage[]> {
    const row = (await store.of([sha])).find(({ kind }) => kind === 'ocr');
    if (row?.version !== UNFINISHED) return [];
    const text = (await store.texts(sha)).find(({ kind }) => kind === 'ocr');
    return text?.kind === 'ocr' ? text.pages : [];
  }

  return {
    before,

    /** Pages without text of their own; null while the text of the file was not read. */
    async wanted(sha: Sha256): Promise<number[] | null> {
      const text = (await store.texts(sha)).find(({ kind }) => kind === 'pdf');
      if (text?.kind !== 'pdf') return null;
      return text.pages.filter((page) => isWithoutText(page.text)).map(({ page }) => page);
    },

    /** The next job goes on after these. */
    async keep(sha256: Sha256, pages: readonly RecognisedPage[]): Promise<void> {
      if (await save({ sha256, version: UNFINISHED, state: { is: 'made' } }, pages)) await onTextMade(sha256);
    },

    /** The same, as soon as the program is there. Every night it is not, and then nobody has to hear of the same pages again. */
    async wait(sha256: Sha256, pages: readonly RecognisedPage[], program: string): Promise<void> {
      const known = (await before(sha256)).length;
      const hasWords = await save({ sha256, version: UNFINISHED, state: { is: 'waiting', program } }, pages);
      if (hasWords && pages.length > known) await onTextMade(sha256);
    },

    /** There is nothing left to read in it. */
    async finish(
      sha256: Sha256,
      pages: readonly RecognisedPage[],
      state: Exclude<DerivativeState, { is: 'waiting' }> = { is: 'made' },
    ): Promise<void> {
      if (await save({ sha256, version: VERSIONS.ocr, state }, pages)) await onTextMade(sha256);
    },
  };
}

function summaryOf(pages: readonly RecognisedPage[]): { pages: number; confidence: number } {
  const sure = pages.reduce((sum, { confidence }) => sum + (confidence ?? 0), 0) / pages.length;
  return { pages: pages.length, confidence: Math.round(sure * 100) / 100 };
}
