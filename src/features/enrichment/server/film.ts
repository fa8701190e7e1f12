import { err, ok } from '#core/result.ts';
import type { Programs } from '#server/platform/program.ts';
import { waveformOf } from '../core/waveform.ts';
import { failureOf, ONLY_THIS_FILE, type ToolOutcome } from './tool.ts';

const FRAME_MS = 180_000;
/** Six hours of sound take about a minute. */
const WAVEFORM_MS = 1_800_000;
/** Samples a second of the drawn loudness: 6 hours are 8.6 MB. */
const LOUDNESS_RATE = 200;
/** The widest a poster stands on a page. */
const POSTER_WIDTH = 1280;

/** A picture out of the first fifth, and not the black one that films begin with. PNG. */
export async function frameOf(
  programs: Programs,
  path: string,
  durationMs: number | undefined,
  signal: AbortSignal,
): Promise<ToolOutcome<Buffer>> {
  const at = Math.min(60, (durationMs ?? 0) / 10_000);
  const args = [
    ...['-v', 'error', ...ONLY_THIS_FILE, '-ss', at.toFixed(2), '-i', path],
    ...['-map', '0:v:0', '-vf', `thumbnail=60,scale='min(${POSTER_WIDTH},iw)':-2`, '-frames:v', '1'],
    ...['-f', 'image2pipe', '-c:v', 'png', 'pipe:1'],
  ];
  const drawn = await programs.run('ffmpeg', { args, timeoutMs: FRAME_MS, signal });
  if (!drawn.ok) return err(failureOf(drawn.error));
  return drawn.value.length > 0
    ? ok(drawn.value)
    : err({ code: 'derivative.not-readable', reason: 'there is no picture in it' });
}

/** Only the loudness leaves ffmpeg, so that hours of sound are a few megabytes here. */
export async function waveform(
  programs: Programs,
  path: string,
  signal: AbortSignal,
): Promise<ToolOutcome<number[]>> {
  const loudness = `aformat=sample_fmts=flt:channel_layouts=mono:sample_rates=8000,aeval=abs(val(0)):c=same,aresample=${LOUDNESS_RATE}`;
  const args = [
    ...['-v', 'error', ...ONLY_THIS_FILE, '-i', path, '-map', '0:a:0', '-af', loudness],
    ...['-f', 's16le', '-c:a', 'pcm_s16le', 'pipe:1'],
  ];
  const said = await programs.run('ffmpeg', { args, timeoutMs: WAVEFORM_MS, signal });
  if (!said.ok) return err(failureOf(said.error));
  const { buffer, byteOffset, length } = Buffer.from(said.value);
  if (length < 2) return err({ code: 'derivative.not-readable', reason: 'there is no sound in it' });
  return ok(waveformOf(new Int16Array(buffer.slice(byteOffset, byteOffset + length - (length % 2)))));
}
