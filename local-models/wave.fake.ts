/** A sound of some seconds: how high it is, and how loud. */
export type Tone = { seconds: number; hertz: number; loudness?: number };

const RATE = 16_000;

/** A file of the type WAV with one tone after the other. */
export function wave(tones: readonly Tone[]): Buffer {
  const samples = Buffer.concat(tones.map(samplesOf));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

function samplesOf({ seconds, hertz, loudness = 0.5 }: Tone): Buffer {
  const samples = new Int16Array(Math.round(seconds * RATE));
  for (let at = 0; at < samples.length; at += 1)
    samples[at] = Math.sin((2 * Math.PI * hertz * at) / RATE) * loudness * 32_767;
  return Buffer.from(samples.buffer);
}

export const low = (seconds: number, loudness?: number): Tone => tone(seconds, 250, loudness);
export const high = (seconds: number, loudness?: number): Tone => tone(seconds, 5_000, loudness);
export const silence = (seconds: number): Tone => tone(seconds, 250, 0);

const tone = (seconds: number, hertz: number, loudness = 0.5): Tone => ({ seconds, hertz, loudness });
