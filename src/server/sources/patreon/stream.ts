import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '#core/result.ts';
import type { DownloadProblem } from '#features/archive/core/media.ts';
import type { Download, DownloadWish } from '#features/archive/server/ports.ts';
import type { ProgramProblem, Programs } from '#server/platform/program.ts';
import { bestOf } from '../shared/playlist.ts';
import { readList, REFERER, type ListDeps } from './stream-lists.ts';

export type StreamDeps = ListDeps & { programs: Programs; mostBytes: number | null };

/** For hours of video over a slow line. */
const REPACK_MS = 6 * 60 * 60 * 1000;
const PROBE_MS = 60_000;
/** Of no byte at all. In microseconds, as ffmpeg wants it. */
const STALL_US = 30_000_000;

/** A stream, repacked by ffmpeg into one file without encoding anything anew. */
export async function fetchStream(
  deps: StreamDeps,
  { url, wish }: { url: string; wish: DownloadWish },
  signal: AbortSignal,
): Promise<Result<Download, DownloadProblem>> {
  const chosen = await choose(deps, url, signal);
  if (!chosen.ok) return chosen;
  const tooLarge = expectTooLarge(chosen.value, deps.mostBytes);
  if (tooLarge) return err(tooLarge);
  const file = join(wish.workFolder, 'stream.mp4');
  const repacked = await repack(deps, { from: chosen.value.url, file }, signal);
  if (!repacked.ok) return repacked;
  const short = await isShort(deps.programs, file, chosen.value.durationMs, signal);
  if (short) return err(short);
  const { size } = await stat(file);
  if (deps.mostBytes !== null && size > deps.mostBytes)
    return err({ code: 'download.too-large', limitBytes: deps.mostBytes });
  return ok({
    body: createReadStream(file),
    fromByte: 0,
    sizeBytes: size,
    mimeType: 'video/mp4',
    fileName: asMp4(wish.media.fileName),
    validator: null,
  });
}

const asMp4 = (name: string | null): string | null =>
  name === null ? null : `${name.replace(/\.\w{1,5}$/, '')}.mp4`;

type Chosen = { url: string; durationMs: number; bandwidth: number };

/** What ffmpeg is to be given, after every list that it will read was looked at for protection and for foreign hosts. */
async function choose(
  deps: StreamDeps,
  url: string,
  signal: AbortSignal,
): Promise<Result<Chosen, DownloadProblem>> {
  const master = await readList(deps, url, signal);
  if (!master.ok) return master;
  const best = bestOf(master.value.variants);
  if (!best) return ok({ url, durationMs: master.value.durationMs, bandwidth: 0 });
  const sounds = master.value.renditions.filter(({ kind }) => kind === 'AUDIO');
  let durationMs = 0;
  for (const one of [best.url, ...sounds.map((sound) => sound.url)]) {
    const list = await readList(deps, one, signal);
    if (!list.ok) return list;
    durationMs = Math.max(durationMs, list.value.durationMs);
  }
  // Sound of its own is only found by way of the master.
  return ok({ url: sounds.length > 0 ? url : best.url, durationMs, bandwidth: best.bandwidth });
}

/** With a tenth on top, because what a list says of its bits is a promise. */
function expectTooLarge(
  { durationMs, bandwidth }: Chosen,
  limitBytes: number | null,
): DownloadProblem | null {
  const expected = ((durationMs / 1000) * bandwidth) / 8;
  return limitBytes !== null && expected > limitBytes * 1.1
    ? { code: 'download.too-large', limitBytes }
    : null;
}

async function repack(
  { programs, userAgent }: StreamDeps,
  { from, file }: { from: string; file: string },
  signal: AbortSignal,
): Promise<Result<void, DownloadProblem>> {
  const version = await programs.version('ffmpeg');
  if (version === null) return err({ code: 'download.program-missing', program: 'ffmpeg' });
  const args = [
    ...['-nostdin', '-hide_banner', '-loglevel', 'error', '-y'],
    // No file, no pipe: a list that names /etc/passwd gets nothing.
    ...['-protocol_whitelist', 'https,http,tls,tcp,crypto'],
    ...['-rw_timeout', String(STALL_US), '-user_agent', userAgent, '-referer', REFERER],
    ...['-allowed_extensions', 'ALL', ...(isPicky(version) ? ['-extension_picky', '0'] : [])],
    // Words are a file of their own beside it (subtitles.ts).
    ...['-i', from, '-sn', '-c', 'copy', '-movflags', '+faststart', '-f', 'mp4', file],
  ];
  const run = await programs.run('ffmpeg', { args, timeoutMs: REPACK_MS, signal });
  return run.ok ? ok(undefined) : err(ofProgram(run.error));
}

/** From 7.1.1 on it looks at the names of the pieces, and does not know Mux's (patreon-dl#97). */
export function isPicky(version: string): boolean {
  const [, major = 0, minor = 0, patch = 0] =
    /version n?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(version)?.map((part) => Number(part) || 0) ?? [];
  return major * 10_000 + minor * 100 + patch >= 70_101;
}

function ofProgram(problem: ProgramProblem): DownloadProblem {
  const { program } = problem;
  switch (problem.code) {
    case 'program.missing':
      return { code: 'download.program-missing', program };
    case 'program.aborted':
      return { code: 'source.aborted' };
    case 'program.timed-out':
      return { code: 'download.program-failed', program, reason: 'timed out' };
    case 'program.over-memory':
      return { code: 'download.program-failed', program, reason: 'took too much memory' };
    case 'program.failed':
      // The token died on the way.
      if (/\b403\b/.test(problem.reason)) return { code: 'source.forbidden' };
      return { code: 'download.program-failed', program, reason: withoutAddresses(problem.reason) };
  }
}

/** Addresses of streams have a token that opens them. */
const withoutAddresses = (reason: string): string => reason.replaceAll(/https?:\/\/[^\s'"]+/g, '…');

/** ffmpeg leaves out pieces that it could not get and says that all went well. */
async function isShort(
  programs: Programs,
  file: string,
  expectedMs: number,
  signal: AbortSignal,
): Promise<DownloadProblem | null> {
  const args = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', file];
  const probe = await programs.run('ffprobe', { args, timeoutMs: PROBE_MS, signal });
  if (!probe.ok) return probe.error.code === 'program.missing' ? null : ofProgram(probe.error);
  const gotMs = 1000 * Number.parseFloat(probe.value.toString('utf8'));
  const mostMissingMs = Math.max(2000, expectedMs * 0.02);
  if (gotMs >= expectedMs - mostMissingMs) return null;
  const reason = `${Math.round(gotMs / 1000)} of ${Math.round(expectedMs / 1000)} seconds came`;
  return { code: 'download.program-failed', program: 'ffmpeg', reason };
}
