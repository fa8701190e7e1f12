import type { Sha256 } from '#core/ids.ts';
import { ok, type Result } from '#core/result.ts';
import type { Programs } from '#server/platform/program.ts';
import { isSettled, VERSIONS, type DerivativeFailure, type DerivativeState } from '../../core/derivative.ts';
import { cutPieces, isHeard, type Span } from '../../core/speech/cut.ts';
import { joinHeard, type Heard } from '../../core/speech/join.ts';
import { canBeHeard } from '../../core/speech/listening.ts';
import type { ModelProblem } from '../../core/model.ts';
import type { SpokenText } from '../../core/text.ts';
import type {
  CaptionedMedia,
  DerivativeStore,
  HeardPieces,
  Listener,
  MediaFiles,
  ModelTarget,
  Sound,
} from '../ports.ts';
import type { ToolOutcome } from '../tool.ts';
import { createStanding } from './captioned.ts';
import { encodePiece, measureSound } from './sound.ts';

export type TranscribeDeps = {
  media: Pick<MediaFiles, 'find' | 'locate'>;
  captioned: CaptionedMedia;
  store: DerivativeStore;
  pieces: HeardPieces;
  programs: Programs;
  listener: Pick<Listener, 'hear'>;
  /** Null while it is off. */
  target: () => Promise<Result<ModelTarget, ModelProblem> | null>;
  onTextMade: (sha: Sha256) => Promise<void>;
  clock: { now(): Date };
};

/** How it went. `stopped` costs nothing that was heard: the next try goes on with the piece after it. */
export type Transcribed =
  | { is: 'made'; segments: number }
  | { is: 'settled' | 'off' | 'gone' | 'needless' | 'later' | 'store-missing' }
  | { is: 'failed'; why: DerivativeFailure }
  | { is: 'waiting'; program: string }
  | { is: 'stopped'; problem: ModelProblem };

export type Turn = { signal: AbortSignal; progress: (made: { done: number; total: number }) => void };

/** Short enough for one request of any server, long enough that a model knows what is spoken of. */
const MOST_MS = 10 * 60_000;

type Task = { sha: Sha256; path: string; target: ModelTarget } & Turn;
type Part = { piece: Span; heard: Heard };
type Ending = { is: 'ended'; with: Transcribed };

export function createTranscriber(deps: TranscribeDeps) {
  const { media, store, pieces, programs, listener, clock } = deps;
  const standing = createStanding(deps);

  async function write(sha: Sha256, state: DerivativeState, words: SpokenText | null): Promise<void> {
    const row = { sha256: sha, kind: 'speech', version: VERSIONS.speech, state, facts: {} } as const;
    await store.save(row, words, clock.now());
    await pieces.forget(sha);
  }

  async function giveUp(sha: Sha256, why: DerivativeFailure): Promise<Transcribed> {
    await write(sha, { is: 'failed', why }, null);
    return { is: 'failed', why };
  }

  /** What a program could not do is written down, as of all derivatives. */
  async function usable<T>(sha: Sha256, outcome: ToolOutcome<T>): Promise<Result<T, Ending>> {
    if (outcome.ok) return outcome;
    const { error } = outcome;
    if (error.code !== 'program.missing')
      return { ok: false, error: { is: 'ended', with: await giveUp(sha, error) } };
    const waiting = { is: 'waiting', program: error.program } as const;
    await write(sha, waiting, null);
    return { ok: false, error: { is: 'ended', with: waiting } };
  }

  async function hearPiece(task: Task, piece: Span): Promise<Result<Part, Ending>> {
    const sound = await usable<Sound>(task.sha, await encodePiece(programs, task.path, piece, task.signal));
    if (!sound.ok) return sound;
    const heard = await listener.hear(task.target, sound.value, task.signal);
    if (heard.ok) {
      const part = { piece, heard: heard.value };
      await pieces.keep(task.sha, task.target.model, part);
      return ok(part);
    }
    const { error: problem } = heard;
    const end: Transcribed =
      problem.code === 'model.rejected'
        ? await giveUp(task.sha, { code: 'derivative.rejected', reason: problem.reason })
        : { is: 'stopped', problem };
    return { ok: false, error: { is: 'ended', with: end } };
  }

  async function hearAll(task: Task): Promise<Result<readonly Part[], Ending>> {
    const measured = await usable(task.sha, await measureSound(programs, task.path, task.signal));
    if (!measured.ok) return measured;
    const { durationMs, pauses, silences } = measured.value;
    const all = cutPieces({ durationMs, quiet: pauses, mostMs: MOST_MS });
    const wanted = all.filter((piece) => isHeard(piece, silences));
    const before = await pieces.of(task.sha, task.target.model);
    const parts: Part[] = [];
    for (const [index, piece] of wanted.entries()) {
      task.signal.throwIfAborted();
      task.progress({ done: index, total: wanted.length });
      const known = before.find(({ piece: one }) => one.fromMs === piece.fromMs && one.toMs === piece.toMs);
      const part = known ? ok(known) : await hearPiece(task, piece);
      if (!part.ok) return part;
      parts.push(part.value);
    }
    return ok(parts);
  }

  async function finish({ sha, target }: Task, parts: readonly Part[]): Promise<Transcribed> {
    // Captions may have come while it was listened to.
    if ((await standing(sha)) === 'needless') {
      await pieces.forget(sha);
      return { is: 'needless' };
    }
    const { language, segments } = joinHeard(parts);
    await write(sha, { is: 'made' }, { kind: 'speech', model: target.model, language, segments });
    await deps.onTextMade(sha);
    return { is: 'made', segments: segments.length };
  }

  /** What speaks against it before anything is read or asked; or the file and the model. */
  async function prepared(
    sha: Sha256,
  ): Promise<Transcribed | { is: 'ready'; path: string; target: ModelTarget }> {
    const target = await deps.target();
    if (!target) return { is: 'off' };
    if (!target.ok) return { is: 'stopped', problem: target.error };
    const file = await media.find(sha);
    if (!file || !canBeHeard(file)) return { is: 'gone' };
    if (isSettled('speech', await store.of([sha]))) return { is: 'settled' };
    const stands = await standing(sha);
    if (stands !== 'wanted') return { is: stands };
    const located = await media.locate(sha);
    return located.is === 'here'
      ? { is: 'ready', path: located.path, target: target.value }
      : { is: located.is };
  }

  /** Listens to a file to its end. May run twice and may be killed: what was heard is kept piece by piece. */
  return async function transcribe(sha: Sha256, turn: Turn): Promise<Transcribed> {
    const ready = await prepared(sha);
    if (ready.is !== 'ready') return ready;
    const task = { sha, path: ready.path, target: ready.target, ...turn };
    const parts = await hearAll(task);
    return parts.ok ? finish(task, parts.value) : parts.error.with;
  };
}
