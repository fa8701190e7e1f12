import type { Sha256 } from '#core/ids.ts';
import type { Result } from '#core/result.ts';
import type { Programs } from '#server/platform/program.ts';
import { isSettled } from '../../core/derivative.ts';
import type { ModelProblem } from '../../core/model.ts';
import { joinHeard } from '../../core/speech/join.ts';
import { canBeHeard } from '../../core/speech/listening.ts';
import type {
  CaptionedMedia,
  DerivativeStore,
  HeardPieces,
  Listener,
  MediaFiles,
  ModelTarget,
} from '../ports.ts';
import { createStanding } from './captioned.ts';
import { createHearing, type Part, type Task, type Turn } from './hear.ts';
import { createSpeechOutcome, type Transcribed } from './outcome.ts';

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

export function createTranscriber(deps: TranscribeDeps) {
  const { media, store, pieces, programs, listener, clock } = deps;
  const standing = createStanding(deps);
  const outcome = createSpeechOutcome({ store, pieces, clock });
  const hearAll = createHearing({ pieces, programs, listener, outcome });

  async function finish({ sha, target }: Task, parts: readonly Part[]): Promise<Transcribed> {
    // Captions may have come while it was listened to.
    if ((await standing(sha)) === 'needless') {
      await pieces.forget(sha);
      return { is: 'needless' };
    }
    const { language, segments } = joinHeard(parts);
    await outcome.made(sha, { kind: 'speech', model: target.model, language, segments });
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
