import type { Sha256 } from '#core/ids.ts';
import { ok, type Result } from '#core/result.ts';
import type { Programs } from '#server/platform/program.ts';
import { cutPieces, isHeard, type Span } from '../../core/speech/cut.ts';
import type { Heard } from '../../core/speech/join.ts';
import type { HeardPieces, Listener, ModelTarget, Sound } from '../ports.ts';
import { endedWith, type Ended, type SpeechOutcome } from './outcome.ts';
import { encodePiece, measureSound } from './sound.ts';

export type Turn = { signal: AbortSignal; progress: (made: { done: number; total: number }) => void };

export type Task = { sha: Sha256; path: string; target: ModelTarget } & Turn;
export type Part = { piece: Span; heard: Heard };

type Deps = {
  pieces: HeardPieces;
  programs: Programs;
  listener: Pick<Listener, 'hear'>;
  outcome: SpeechOutcome;
};

/** Short enough for one request of any server, long enough that a model knows what is spoken of. */
const MOST_MS = 10 * 60_000;

/** Listens to a file piece by piece; what was heard is kept, and not asked for a second time. */
export function createHearing({ pieces, programs, listener, outcome }: Deps) {
  async function hearPiece(task: Task, piece: Span): Promise<Result<Part, Ended>> {
    const { sha, path, target, signal } = task;
    const sound = await outcome.usable<Sound>(sha, await encodePiece(programs, path, piece, signal));
    if (!sound.ok) return sound;
    const heard = await listener.hear(target, sound.value, signal);
    if (heard.ok) {
      const part = { piece, heard: heard.value };
      await pieces.keep(sha, target.model, part);
      return ok(part);
    }
    const { error: problem } = heard;
    if (problem.code !== 'model.rejected') return endedWith({ is: 'stopped', problem });
    return endedWith(await outcome.failed(sha, { code: 'derivative.rejected', reason: problem.reason }));
  }

  return async function hearAll(task: Task): Promise<Result<readonly Part[], Ended>> {
    const { sha, path, target, signal, progress } = task;
    const measured = await outcome.usable(sha, await measureSound(programs, path, signal));
    if (!measured.ok) return measured;
    const { durationMs, pauses, silences } = measured.value;
    const all = cutPieces({ durationMs, quiet: pauses, mostMs: MOST_MS });
    const wanted = all.filter((piece) => isHeard(piece, silences));
    const before = await pieces.of(sha, target.model);
    const parts: Part[] = [];
    for (const [index, piece] of wanted.entries()) {
      signal.throwIfAborted();
      progress({ done: index, total: wanted.length });
      const known = before.find(({ piece: one }) => one.fromMs === piece.fromMs && one.toMs === piece.toMs);
      const part = known ? ok(known) : await hearPiece(task, piece);
      if (!part.ok) return part;
      parts.push(part.value);
    }
    return ok(parts);
  };
}
