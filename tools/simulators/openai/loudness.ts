import { run } from '../../seed/patreon/media/programs.ts';

const RATE = 8_000;
/** Short enough that half of one is no difference to a syllable. */
export const FRAMES_PER_SECOND = 50;
const FRAME = RATE / FRAMES_PER_SECOND;

/** How loud a sound of any kind is, from beginning to end; fails as ffmpeg does when it is none. */
export async function loudnessOf(sound: Buffer): Promise<Float64Array> {
  const args = ['-v', 'error', '-i', 'pipe:0', '-map', '0:a:0', '-ac', '1', '-ar', String(RATE)];
  const samples = await run('ffmpeg', [...args, '-f', 's16le', 'pipe:1'], sound);
  const frames = new Float64Array(Math.ceil(samples.length / 2 / FRAME));
  for (let index = 0; index < frames.length; index += 1) frames[index] = rootMeanSquare(samples, index);
  return frames;
}

function rootMeanSquare(samples: Buffer, frame: number): number {
  const end = Math.min((frame + 1) * FRAME, samples.length >> 1);
  let sum = 0;
  for (let at = frame * FRAME; at < end; at += 1) sum += samples.readInt16LE(at * 2) ** 2;
  return Math.sqrt(sum / FRAME);
}

/** Below the faintest voice, above what a codec makes out of nothing. */
const SILENT = 60;

export type Trimmed = { lead: number; loudness: Float64Array };

/** Without the silence before and after it; null when there is nothing else. */
export function trim(loudness: Float64Array): Trimmed | null {
  const lead = loudness.findIndex((one) => one >= SILENT);
  if (lead < 0) return null;
  return { lead, loudness: loudness.subarray(lead, loudness.findLastIndex((one) => one >= SILENT) + 1) };
}

/** A codec begins a little earlier and ends a little later than what it was given. */
const OVERHANG = 10;

/** Where in the whole a part stands, and how alike they are there: 1 is the same. */
export function findIn(whole: Float64Array, part: Float64Array): { frame: number; likeness: number } {
  let best = { frame: 0, likeness: 0 };
  if (part.length > whole.length + 2 * OVERHANG) return best;
  const last = Math.max(0, whole.length - part.length) + OVERHANG;
  for (let frame = -OVERHANG; frame <= last; frame += 1) {
    const likeness = alike(whole, part, frame);
    if (likeness > best.likeness) best = { frame, likeness };
  }
  return best;
}

/** Pearson's correlation of a part with what stands in the whole from this frame on. */
function alike(whole: Float64Array, part: Float64Array, from: number): number {
  let [a, b, aa, bb, ab] = [0, 0, 0, 0, 0];
  const n = part.length;
  for (let at = 0; at < n; at += 1) {
    const x = whole[from + at] ?? 0;
    const y = part[at] ?? 0;
    a += x;
    b += y;
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  const spread = Math.sqrt((n * aa - a * a) * (n * bb - b * b));
  return spread === 0 ? 0 : (n * ab - a * b) / spread;
}
