import type { Recipe } from './recipes.ts';

export type Measures = { width?: number; height?: number; durationS?: number };

export const film = { width: 480, height: 270 } as const;

/** How fast espeak-ng reads at the speed that we ask of it, and how long it rests after a sentence. */
const LETTERS_PER_SECOND = 14.9;
export const PAUSE_S = 0.4;

/** What is known of a file before it is made. How long a speech lasts is an estimate; the file itself knows better. */
export function measuresOf(recipe: Recipe): Measures {
  switch (recipe.kind) {
    case 'picture': {
      const { width, height, quirk } = recipe;
      // Of a turned photo it is told how it lies in the file, as cameras do.
      return quirk === 'rotated' ? { width: height, height: width } : { width, height };
    }
    case 'tiny':
      return { width: 8, height: 8 };
    case 'film':
      return { ...film, durationS: durationOf(recipe.sentences) };
    case 'speech':
      return { durationS: durationOf(recipe.sentences) };
    default:
      return {};
  }
}

const durationOf = (sentences: readonly string[]): number =>
  Math.round(sentences.reduce((sum, { length }) => sum + length / LETTERS_PER_SECOND + PAUSE_S, 0));
