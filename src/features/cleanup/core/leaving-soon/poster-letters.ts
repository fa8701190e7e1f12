/** A letter as strokes in a box 10 high; drawn with a round pen it needs no font, and a bare server has none. */
export type Letter = { width: number; path: string };

const P = 'M0 10V0H2.9A2.75 2.75 0 0 1 2.9 5.5H0';
const O = 'M4 0A4 5 0 0 1 4 10A4 5 0 0 1 4 0Z';

/** Capital letters of Spanish and English, and digits. */
export const letters: Readonly<Record<string, Letter>> = {
  A: { width: 7.4, path: 'M0 10L3.7 0L7.4 10M1.4 6.6H6' },
  B: { width: 5.9, path: 'M0 0V10H3.2A2.7 2.7 0 0 0 3.2 4.6H0M0 0H2.8A2.3 2.3 0 0 1 2.8 4.6' },
  C: { width: 7.2, path: 'M7 2A4 5 0 1 0 7 8' },
  D: { width: 6.6, path: 'M0 0V10H2A4.6 5 0 0 0 2 0Z' },
  E: { width: 5.4, path: 'M5.4 0H0V10H5.4M0 5H4.4' },
  F: { width: 5.2, path: 'M5.2 0H0V10M0 5H4.4' },
  G: { width: 7.4, path: 'M7 2A4 5 0 1 0 7.3 7.4V5.6H4.6' },
  H: { width: 6.6, path: 'M0 0V10M6.6 0V10M0 5H6.6' },
  I: { width: 0, path: 'M0 0V10' },
  J: { width: 4, path: 'M4 0V7.5A2.2 2.4 0 0 1 0 7.8' },
  K: { width: 6.2, path: 'M0 0V10M6 0L0 6M2.2 3.9L6.2 10' },
  L: { width: 5, path: 'M0 0V10H5' },
  M: { width: 8, path: 'M0 10V0L4 7L8 0V10' },
  N: { width: 6.6, path: 'M0 10V0L6.6 10V0' },
  O: { width: 8, path: O },
  P: { width: 5.7, path: P },
  Q: { width: 8, path: `${O}M5.2 7.2L8 10.4` },
  R: { width: 5.9, path: `${P}M2.8 5.5L5.9 10` },
  S: {
    width: 5.8,
    path: 'M5.5 1.8A2.8 2.5 0 0 0 2.9 0A2.6 2.45 0 0 0 2.9 4.9A2.7 2.55 0 0 1 2.9 10A2.9 2.6 0 0 1 0 8.1',
  },
  T: { width: 6.6, path: 'M0 0H6.6M3.3 0V10' },
  U: { width: 6.5, path: 'M0 0V6.75A3.25 3.25 0 0 0 6.5 6.75V0' },
  V: { width: 7.2, path: 'M0 0L3.6 10L7.2 0' },
  W: { width: 10.4, path: 'M0 0L2.6 10L5.2 1.5L7.8 10L10.4 0' },
  X: { width: 6.5, path: 'M0 0L6.5 10M6.5 0L0 10' },
  Y: { width: 6.8, path: 'M0 0L3.4 5V10M6.8 0L3.4 5' },
  Z: { width: 6, path: 'M0 0H6L0 10H6' },
  Á: { width: 7.4, path: 'M0 10L3.7 0L7.4 10M1.4 6.6H6M3.2 -1.9L4.8 -3.3' },
  É: { width: 5.4, path: 'M5.4 0H0V10H5.4M0 5H4.4M2.2 -1.9L3.8 -3.3' },
  Í: { width: 0, path: 'M0 0V10M-.4 -1.9L1.2 -3.3' },
  Ó: { width: 8, path: `${O}M3.4 -1.9L5 -3.3` },
  Ú: { width: 6.5, path: 'M0 0V6.75A3.25 3.25 0 0 0 6.5 6.75V0M2.7 -1.9L4.3 -3.3' },
  Ñ: { width: 6.6, path: 'M0 10V0L6.6 10V0M1.4 -2A1.1 1.1 0 0 1 3.3 -2A1.1 1.1 0 0 0 5.2 -2' },
  0: { width: 6.6, path: 'M3.3 0A3.3 5 0 0 1 3.3 10A3.3 5 0 0 1 3.3 0Z' },
  1: { width: 2.8, path: 'M0 2.2L2.8 0V10' },
  2: { width: 6, path: 'M.2 2.6A2.8 2.7 0 1 1 5.1 4.6L0 10H6' },
  3: { width: 6, path: 'M.4 0H5.6L2.8 3.9A3.05 3.05 0 1 1 .1 8' },
  4: { width: 6.4, path: 'M4.8 10V0L0 7.2H6.4' },
  5: { width: 6.1, path: 'M5.4 0H1.1L.6 4.5A3.2 3.2 0 1 1 0 8.5' },
  6: { width: 6.2, path: 'M4.4 0L.6 5.1M3.1 3.8A3.1 3.1 0 0 1 3.1 10A3.1 3.1 0 0 1 3.1 3.8Z' },
  7: { width: 5.8, path: 'M0 0H5.8L1.8 10' },
  8: {
    width: 5.8,
    path: 'M2.9 0A2.35 2.3 0 0 1 2.9 4.6A2.35 2.3 0 0 1 2.9 0ZM2.9 4.6A2.9 2.7 0 0 1 2.9 10A2.9 2.7 0 0 1 2.9 4.6Z',
  },
  9: { width: 6.2, path: 'M1.8 10L5.6 4.9M3.1 0A3.1 3.1 0 0 1 3.1 6.2A3.1 3.1 0 0 1 3.1 0Z' },
};

const BETWEEN = 2.2;
const SPACE = 5.5;

/** The letters of a text one after the other, each with its left edge, in boxes 10 high; what is not known is a space. */
export function layOut(text: string): { width: number; placed: readonly { x: number; path: string }[] } {
  const placed: { x: number; path: string }[] = [];
  let x = 0;
  for (const character of text.toUpperCase()) {
    const letter = letters[character];
    if (letter !== undefined) placed.push({ x, path: letter.path });
    x += (letter?.width ?? SPACE - BETWEEN) + BETWEEN;
  }
  return { width: Math.max(0, x - BETWEEN), placed };
}
