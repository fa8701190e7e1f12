import { err, ok } from '#core/result.ts';
import type { Programs } from '#server/platform/program.ts';
import type { Span } from '../../core/speech/cut.ts';
import { readQuiet, type Quiet } from '../../core/speech/quiet.ts';
import type { Sound } from '../ports.ts';
import { failureOf, ONLY_THIS_FILE, type ToolOutcome } from '../tool.ts';

/** Six hours of film on a slow disk. */
const MEASURE_MS = 3_600_000;
const ENCODE_MS = 900_000;
/** Where somebody draws breath in a room that is not silent. */
const PAUSE = 'silencedetect=n=-35dB:d=0.35';
/** Nothing at all: far below the faintest voice, so that no word is ever left out for it. */
const SILENCE = 'silencedetect=n=-60dB:d=0.35:mono=1';

/** How long a sound is and where it is quiet. It is decoded to its end, because what a file says of its length may be wrong. */
export async function measureSound(
  programs: Programs,
  path: string,
  signal: AbortSignal,
): Promise<ToolOutcome<Quiet>> {
  const detect = `aformat=channel_layouts=mono:sample_rates=16000,${PAUSE},${SILENCE},ametadata=mode=print:file=-:direct=1`;
  const args = [
    ...['-v', 'error', '-nostats', '-progress', 'pipe:1', '-stats_period', '600'],
    ...[...ONLY_THIS_FILE, '-i', path, '-map', '0:a:0', '-af', detect, '-f', 'null', '-'],
  ];
  const said = await programs.run('ffmpeg', { args, timeoutMs: MEASURE_MS, signal });
  if (!said.ok) return err(failureOf(said.error));
  const quiet = readQuiet(said.value.toString('utf8'));
  return quiet.durationMs > 0
    ? ok(quiet)
    : err({ code: 'derivative.not-readable', reason: 'there is no sound in it' });
}

/**
 * What Whisper listens to anyway (one channel, 16 kHz), as MP3, which every server reads: ten minutes are 2.4 MB. A sound that
 * begins later than its film is filled up, so that its times are those of the player.
 */
export async function encodePiece(
  programs: Programs,
  path: string,
  { fromMs, toMs }: Span,
  signal: AbortSignal,
): Promise<ToolOutcome<Sound>> {
  const durationMs = toMs - fromMs;
  const args = [
    ...['-v', 'error', ...ONLY_THIS_FILE, '-ss', seconds(fromMs), '-i', path, '-t', seconds(durationMs)],
    ...['-map', '0:a:0', '-af', 'aresample=async=1:first_pts=0', '-ac', '1', '-ar', '16000'],
    ...['-c:a', 'libmp3lame', '-b:a', '32k', '-map_metadata', '-1', '-f', 'mp3', 'pipe:1'],
  ];
  const encoded = await programs.run('ffmpeg', { args, timeoutMs: ENCODE_MS, signal });
  if (!encoded.ok) return err(failureOf(encoded.error));
  return ok({ bytes: encoded.value, fileName: 'sound.mp3', mimeType: 'audio/mpeg', durationMs });
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);
