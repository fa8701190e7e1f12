import type { Language } from '../../seed/patreon/material.ts';
import { findIn, FRAMES_PER_SECOND, loudnessOf, trim } from './loudness.ts';
import type { Cue, Recording, RecordingSource } from './recordings.ts';

export type Understood = { language: Language; durationS: number; cues: readonly Cue[]; isMadeUp: boolean };

/** Measured: the same words over another codec 0.97, other words of the same voice 0.42. */
const LIKE = 0.85;

/**
 * Knows what the seed says, and where in it a piece begins. Over noise it makes something up, as Whisper does, and is not
 * sure of it.
 */
export function createListener(sources: readonly RecordingSource[]) {
  const made = new Map<RecordingSource, Promise<Recording | null>>();
  const recordingOf = (source: RecordingSource): Promise<Recording | null> => {
    const found = made.get(source) ?? source();
    made.set(source, found);
    return found;
  };

  return async function listen(sound: Buffer): Promise<Understood> {
    const loudness = await loudnessOf(sound);
    const durationS = loudness.length / FRAMES_PER_SECOND;
    const part = trim(loudness);
    if (!part) return { language: 'en', durationS, cues: [], isMadeUp: false };
    for (const source of sources) {
      const recording = await recordingOf(source);
      if (!recording) continue;
      const { frame, likeness } = findIn(recording.loudness, part.loudness);
      if (likeness >= LIKE) {
        const cues = cuesWithin(recording.cues, { frame, frames: part.loudness.length, lead: part.lead });
        return { language: recording.language, durationS, cues, isMadeUp: false };
      }
    }
    const cue = { startS: 0, endS: Math.min(durationS, 2), text: 'Thank you for watching.' };
    return { language: 'en', durationS, cues: [cue], isMadeUp: true };
  };
}

/** A voice fades out a fifth of a second before its sentence ends. */
const FRAYED = 10;

type Place = { frame: number; frames: number; lead: number };

/** What is said between two frames of a recording, with times that count from `lead` frames before them. */
function cuesWithin(cues: readonly Cue[], { frame, frames, lead }: Place): Cue[] {
  const [fromS, longS] = [(frame - lead) / FRAMES_PER_SECOND, (frames + lead) / FRAMES_PER_SECOND];
  return cues.flatMap(({ startS, endS, text }) => {
    const middle = ((startS + endS) / 2) * FRAMES_PER_SECOND;
    if (middle < frame - FRAYED || middle > frame + frames + FRAYED) return [];
    return [{ startS: Math.max(0, startS - fromS), endS: Math.min(longS, endS - fromS), text }];
  });
}
