import { withoutCircles } from './circles.ts';
import type { HeardWindow, Window, WindowSegment } from './hear-window.ts';
import type { Sound } from './sound.ts';

export type Wishes = {
  /** A code of Whisper; null when it is to be found out. */
  language: string | null;
  prompt: string;
};

/** Seconds from the beginning of the sound. */
export type HeardSegment = WindowSegment & { windowS: number; certainty: number; noSpeech: number };

export type HeardSound = { language: string | null; segments: readonly HeardSegment[] };

const WINDOW_S = 30;
/** A rest that is shorter than any word. */
const LEAST_S = 0.1;
/** The faintest voice is louder than a thousandth of what fits. */
const SILENT = 0.001;

/** Whisper's own limits: over noise it is unsure, and says itself that nobody speaks. */
const MOST_SILENCE = 0.6;
const LEAST_CERTAINTY = -1;

const isSilent = (samples: Float32Array): boolean => samples.every((one) => Math.abs(one) < SILENT);
const isMadeUp = ({ noSpeech, certainty }: HeardWindow): boolean =>
  noSpeech > MOST_SILENCE && certainty < LEAST_CERTAINTY;

/** Window after window, each beginning where the last one stopped understanding. The language is that of the first in which something is said. */
export async function hearSound(
  sound: Sound,
  wishes: Wishes,
  hear: (window: Window, windowsLeft: number) => Promise<HeardWindow>,
): Promise<HeardSound> {
  const segments: HeardSegment[] = [];
  let { language } = wishes;
  for (let atS = 0; sound.durationS - atS >= LEAST_S;) {
    const samples = await sound.between(atS, atS + WINDOW_S);
    if (isSilent(samples)) {
      atS += WINDOW_S;
      continue;
    }
    const left = Math.ceil((sound.durationS - atS) / WINDOW_S);
    const heard = await hear({ samples, language, prompt: wishes.prompt }, left);
    const said = isMadeUp(heard)
      ? []
      : withoutCircles(heard.segments.filter(({ text }) => text.trim() !== ''));
    if (said.length > 0) language ??= heard.language;
    for (const segment of said) segments.push(placed(segment, heard, atS));
    atS += heard.advanceS;
  }
  return { language, segments };
}

const placed = (
  segment: WindowSegment,
  { certainty, noSpeech }: HeardWindow,
  windowS: number,
): HeardSegment => ({
  ...segment,
  fromS: segment.fromS + windowS,
  toS: segment.toS + windowS,
  windowS,
  certainty,
  noSpeech,
});
