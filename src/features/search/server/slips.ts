import { mostSlips, nearest, type Slip } from '../core/spelling.ts';
import type { ResolvedUnit } from '../core/words-plan.ts';
import { writtenForm } from '../core/written.ts';
import type { ShownStore, WordsStore } from './ports.ts';

type Deps = { words: Pick<WordsStore, 'alike'>; shown: Pick<ShownStore, 'textsWith'> };

const MOST_RESPELT = 6;
const SLIPS = [1, 2] as const;

/** Slips of the keyboard. */
export function createSlips({ words, shown }: Deps) {
  async function nearestTo(word: string): Promise<Slip | null> {
    for (const slips of SLIPS.slice(0, mostSlips(word))) {
      const by = nearest(word, await words.alike(word, slips), slips);
      if (by !== null) return { word, by };
    }
    return null;
  }

  return {
    /** Folded, as the index has words. */
    async slipsIn(resolved: readonly ResolvedUnit[]): Promise<Slip[]> {
      const unknown = resolved.filter(
        ({ unit, passages, isStopWord }) => passages === 0 && !isStopWord && unit.words.length === 1,
      );
      const found = await Promise.all(
        unknown.slice(0, MOST_RESPELT).flatMap(({ unit }) => unit.words.map(nearestTo)),
      );
      return found.filter((slip) => slip !== null);
    },

    /** With the accents that people write. */
    written: (slips: readonly Slip[]): Promise<Slip[]> =>
      Promise.all(
        slips.map(async ({ word, by }) => ({ word, by: writtenForm(by, await shown.textsWith(by)) })),
      ),
  };
}
