import type { Sha256 } from '#core/ids.ts';
import { err, type Result } from '#core/result.ts';
import { VERSIONS, type DerivativeFailure, type DerivativeState } from '../../core/derivative.ts';
import type { ModelProblem } from '../../core/model.ts';
import type { SpokenText } from '../../core/text.ts';
import type { DerivativeStore, HeardPieces } from '../ports.ts';
import type { ToolOutcome } from '../tool.ts';

/** How it went. `stopped` costs nothing that was heard: the next try goes on with the piece after it. */
export type Transcribed =
  | { is: 'made'; segments: number }
  | { is: 'settled' | 'off' | 'gone' | 'needless' | 'later' | 'store-missing' }
  | { is: 'failed'; why: DerivativeFailure }
  | { is: 'waiting'; program: string }
  | { is: 'stopped'; problem: ModelProblem };

/** Listening came to its end before the file did. */
export type Ended = { is: 'ended'; with: Transcribed };

export const endedWith = (outcome: Transcribed): Result<never, Ended> => err({ is: 'ended', with: outcome });

type Deps = { store: DerivativeStore; pieces: HeardPieces; clock: { now(): Date } };

export type SpeechOutcome = ReturnType<typeof createSpeechOutcome>;

/** Writes down what became of a file that was listened to; its pieces are not needed any more then. */
export function createSpeechOutcome({ store, pieces, clock }: Deps) {
  async function write(sha: Sha256, state: DerivativeState, words: SpokenText | null): Promise<void> {
    const row = { sha256: sha, kind: 'speech', version: VERSIONS.speech, state, facts: {} } as const;
    await store.save(row, words, clock.now());
    await pieces.forget(sha);
  }

  async function failed(sha: Sha256, why: DerivativeFailure): Promise<Transcribed> {
    await write(sha, { is: 'failed', why }, null);
    return { is: 'failed', why };
  }

  return {
    made: (sha: Sha256, words: SpokenText) => write(sha, { is: 'made' }, words),
    failed,

    /** What a program could not do is written down, as of all derivatives. */
    async usable<T>(sha: Sha256, outcome: ToolOutcome<T>): Promise<Result<T, Ended>> {
      if (outcome.ok) return outcome;
      const { error } = outcome;
      if (error.code !== 'program.missing') return endedWith(await failed(sha, error));
      const waiting = { is: 'waiting', program: error.program } as const;
      await write(sha, waiting, null);
      return endedWith(waiting);
    },
  };
}
