import type { Language } from '../material.ts';
import type { Made } from './made.ts';
import { PAUSE_S } from './measures.ts';
import { run } from './programs.ts';
import type { Speech } from './recipes.ts';

/** What espeak-ng writes: one channel of 16 bits, behind 44 bytes of header. */
const RATE = 22_050;
const HEADER = 44;

const voices: Record<Language, string> = { es: 'es', en: 'en-gb' };

export type Track = { wave: Buffer; durationS: number; vtt: string };

/** Reads sentence by sentence, so that it is known to the millisecond when each is said. */
export async function speak(language: Language, sentences: readonly string[]): Promise<Track> {
  const samples: Buffer[] = [];
  const cues: string[] = [];
  let at = 0;
  for (const sentence of sentences) {
    const said = (
      await run('espeak-ng', ['-v', voices[language], '-s', '165', '--stdout', '--', sentence])
    ).subarray(HEADER);
    const long = said.length / 2 / RATE;
    cues.push(`${clock(at)} --> ${clock(at + long)}\n${sentence}\n`);
    samples.push(said, Buffer.alloc(Math.round(PAUSE_S * RATE) * 2));
    at += long + PAUSE_S;
  }
  const body = Buffer.concat(samples);
  return {
    wave: Buffer.concat([waveHeader(body.length), body]),
    durationS: round(at),
    vtt: `WEBVTT\n\n${cues.join('\n')}`,
  };
}

const round = (seconds: number): number => Math.round(seconds * 1000) / 1000;

const clock = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 23);

function waveHeader(length: number): Buffer {
  const header = Buffer.alloc(HEADER);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(length, 40);
  return header;
}

/** Without dates and encoder names, so that the same words are the same bytes with the same ffmpeg. */
export const reproducible = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact'] as const;

export async function recordSpeech({ language, sentences, format }: Speech): Promise<Made> {
  const { wave, vtt } = await speak(language, sentences);
  const input = ['-hide_banner', '-loglevel', 'error', '-i', 'pipe:0', ...reproducible];
  const file =
    format === 'mp3'
      ? await run('ffmpeg', [...input, '-c:a', 'libmp3lame', '-b:a', '48k', '-f', 'mp3', 'pipe:1'], wave)
      : // The head of an MP4 comes last unless it may be cut into pieces: a pipe cannot go back.
        await run(
          'ffmpeg',
          [
            ...input,
            '-c:a',
            'aac',
            '-aac_coder',
            'fast',
            '-b:a',
            '48k',
            '-movflags',
            'frag_keyframe+empty_moov',
            '-f',
            'ipod',
            'pipe:1',
          ],
          wave,
        );
  return { files: { file, 'transcript.vtt': Buffer.from(vtt) } };
}
