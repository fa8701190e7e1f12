import type { Made } from './made.ts';
import { pngOf } from './png.ts';
import { writeZip } from './zip.ts';

/** 144 million dots in some twenty kilobytes: whoever opens it whole needs half a gigabyte. */
const SIDE = 12_000;

export function pictureBomb(): Made {
  const lines = Buffer.alloc((1 + SIDE / 8) * SIDE);
  return { files: { file: pngOf({ width: SIDE, height: SIDE }, lines, 'bits') } };
}

const ZEROS = 64 * 1024 * 1024;

export const zipBomb = (): Made => ({
  files: { file: writeZip([{ name: 'zeros.bin', bytes: Buffer.alloc(ZEROS) }]) },
});
