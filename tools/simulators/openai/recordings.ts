import type { Language } from '../../seed/patreon/material.ts';
import type { Patronage } from '../../seed/patreon/patronage.ts';
import { speak } from '../../seed/patreon/media/speech.ts';
import { loudnessOf } from './loudness.ts';

export type Cue = { startS: number; endS: number; text: string };

/** Something that was said, as the simulator knows it again: by how loud it is from moment to moment. */
export type Recording = { language: Language; loudness: Float64Array; cues: readonly Cue[] };

/** Made when first needed: to read a sentence aloud takes a moment. Null when it cannot be made. */
export type RecordingSource = () => Promise<Recording | null>;

export async function recordingOf(language: Language, sound: Buffer, vtt: string): Promise<Recording> {
  return { language, loudness: await loudnessOf(sound), cues: cuesIn(vtt) };
}

/** Sentences as the seed has them read aloud. */
export const spoken =
  (language: Language, sentences: readonly string[]): RecordingSource =>
  async () => {
    const { wave, vtt } = await speak(language, sentences);
    return recordingOf(language, wave, vtt);
  };

/** Everything that is said in the posts of some creators, each once, however many posts have it. */
export function recordingsOf({ creators }: Patronage): RecordingSource[] {
  const files = creators.flatMap(({ posts }) => posts.flatMap(({ media }) => media.map(({ file }) => file)));
  const said = files.filter((file) => file.kind === 'speech' || file.kind === 'film');
  const byWords = new Map(said.map((one) => [`${one.language} ${one.sentences.join(' ')}`, one]));
  return [...byWords.values()].map(({ language, sentences }) => spoken(language, sentences));
}

/** What is sent to try out an address: one word. */
export const hello = spoken('es', ['Hola']);

function cuesIn(vtt: string): Cue[] {
  const cue = /^(\d+):(\d\d):([\d.]+) --> (\d+):(\d\d):([\d.]+)\n([^\n]+)/gm;
  return [...vtt.matchAll(cue)].map(([, h1, m1, s1, h2, m2, s2, text = '']) => ({
    startS: Number(h1) * 3600 + Number(m1) * 60 + Number(s1),
    endS: Number(h2) * 3600 + Number(m2) * 60 + Number(s2),
    text,
  }));
}
