import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Sound as models take it: one channel of 16 000 numbers a second. It lies on the disk, because an hour of it is 115 MB. */
export type Sound = {
  durationS: number;
  /** Numbers between -1 and 1; fewer where the sound ends before. */
  between: (fromS: number, toS: number) => Promise<Float32Array>;
};

export type SoundProblem =
  | { code: 'sound.no-ffmpeg' }
  | { code: 'sound.not-readable'; reason: string }
  | { code: 'sound.none' }
  | { code: 'sound.too-long'; mostS: number };

const RATE = 16_000;
const BYTES_PER_SAMPLE = 2;
const MOST_S = 4 * 3600;
/** An hour of sound takes a few seconds. */
const DECODE_MS = 5 * 60_000;

/**
 * A play list that calls itself sound makes ffmpeg open other files of this machine (measured): only containers, only files.
 */
const ONLY_THIS_FILE = [
  '-protocol_whitelist',
  'file',
  '-format_whitelist',
  'mov,matroska,webm,avi,mp3,ogg,wav,flac,mpegts,aac,flv,asf,aiff,mpeg,amr',
];

/** Decodes bytes of any kind for as long as they are used; nothing of them is left afterwards. */
export async function withSound<T>(
  bytes: Uint8Array,
  signal: AbortSignal,
  use: (sound: Sound) => Promise<T>,
): Promise<{ ok: true; value: T } | { ok: false; error: SoundProblem }> {
  const folder = await mkdtemp(join(tmpdir(), 'keepercheky-sound-'));
  try {
    const [given, decoded] = [join(folder, 'given'), join(folder, 'decoded')];
    await writeFile(given, bytes);
    const problem = await decode(given, decoded, signal);
    if (problem) return { ok: false, error: problem };
    const { size } = await stat(decoded);
    const durationS = size / BYTES_PER_SAMPLE / RATE;
    if (size === 0) return { ok: false, error: { code: 'sound.none' } };
    if (durationS > MOST_S) return { ok: false, error: { code: 'sound.too-long', mostS: MOST_S } };
    const sound: Sound = { durationS, between: (fromS, toS) => samplesOf(decoded, fromS, toS) };
    return { ok: true, value: await use(sound) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function decode(from: string, to: string, signal: AbortSignal): Promise<SoundProblem | null> {
  const input = ['-nostdin', '-v', 'error', ...ONLY_THIS_FILE, '-i', from, '-map', '0:a:0'];
  const output = ['-t', String(MOST_S + 1), '-ac', '1', '-ar', String(RATE), '-f', 's16le', to];
  const stop = AbortSignal.any([signal, AbortSignal.timeout(DECODE_MS)]);
  const ffmpeg = spawn('ffmpeg', [...input, ...output], {
    stdio: ['ignore', 'ignore', 'pipe'],
    signal: stop,
    killSignal: 'SIGKILL',
  });
  let said = '';
  ffmpeg.stderr.on('data', (part: Buffer) => (said = (said + part.toString('utf8')).slice(-2000)));
  try {
    const [code] = (await once(ffmpeg, 'close')) as [number | null];
    return code === 0 ? null : problemOf(said);
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return { code: 'sound.no-ffmpeg' };
    signal.throwIfAborted();
    return { code: 'sound.not-readable', reason: 'it took too long' };
  }
}

/** The last line that ffmpeg says is why it stopped. */
function problemOf(said: string): SoundProblem {
  if (said.includes('matches no streams')) return { code: 'sound.none' };
  return {
    code: 'sound.not-readable',
    reason:
      said
        .trim()
        .split('\n')
        .at(-1)
        ?.replace(/^\S*\/given: /, '') ?? '',
  };
}

async function samplesOf(path: string, fromS: number, toS: number): Promise<Float32Array> {
  const file = await open(path);
  try {
    const position = Math.round(fromS * RATE) * BYTES_PER_SAMPLE;
    const buffer = Buffer.alloc(Math.round((toS - fromS) * RATE) * BYTES_PER_SAMPLE);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
    const samples = new Float32Array(Math.floor(bytesRead / BYTES_PER_SAMPLE));
    for (let at = 0; at < samples.length; at += 1) samples[at] = buffer.readInt16LE(at * 2) / 32_768;
    return samples;
  } finally {
    await file.close();
  }
}
