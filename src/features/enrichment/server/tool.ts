import type { Result } from '#core/result.ts';
import type { ProgramProblem } from '#server/platform/program.ts';
import type { DerivativeFailure } from '../core/derivative.ts';

/** What a program said, or that it is not there. */
export type ToolOutcome<T> = Result<T, DerivativeFailure | { code: 'program.missing'; program: string }>;

/**
 * A play list that calls itself film.mp4 makes ffmpeg open other files of this machine (measured): only containers, only files.
 */
export const ONLY_THIS_FILE = [
  '-protocol_whitelist',
  'file',
  '-format_whitelist',
  'mov,matroska,webm,avi,mp3,ogg,wav,flac,mpegts,aac,flv,asf,aiff,mpeg',
] as const;

/** A stop of ours is no fault of the file: it is thrown, and the job is done again later. */
export function failureOf(
  problem: ProgramProblem,
): DerivativeFailure | { code: 'program.missing'; program: string } {
  switch (problem.code) {
    case 'program.missing':
      return { code: problem.code, program: problem.program };
    case 'program.failed':
      return { code: 'derivative.not-readable', reason: problem.reason.slice(-200) };
    case 'program.timed-out':
      return { code: 'derivative.too-slow', afterMs: problem.afterMs };
    case 'program.over-memory':
      return { code: 'derivative.too-large' };
    case 'program.aborted':
      throw new Error(`${problem.program} was stopped`);
  }
}
