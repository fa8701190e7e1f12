import type { SourceId } from '#core/ids.ts';
import type { Pacing } from '../../core/source.ts';
import type { Session } from '../ports.ts';

export type TurnStore = {
  /** One holder at a time, and none before the pause after the last one is over. */
  take(
    id: SourceId,
    holder: string,
    leaseMs: number,
  ): Promise<{ is: 'taken' } | { is: 'held' } | { is: 'paused'; freeInMs: number }>;
  /** A question that takes long is still being asked. */
  keep(id: SourceId, holder: string, leaseMs: number): Promise<void>;
  /** Nothing when the turn was lost meanwhile. */
  give(id: SourceId, holder: string, pauseMs: number): Promise<void>;
};

export type TurnDeps = {
  store: TurnStore;
  /** 0 up to 1. */
  random: () => number;
  pause: (ms: number, signal: AbortSignal) => Promise<void>;
  newId: () => string;
};

/** A process that was killed while it asked keeps the others waiting for this long. */
const LEASE_MS = 30_000;
const KEEP_EVERY_MS = 10_000;
/** Only other processes are looked after like this; our own stand in line. */
const LOOK_AGAIN_MS = 200;

/**
 * Questions to one source, one at a time in all processes together, with pauses at random between them. Within the
 * process they wait in line, so that the database hears of one at a time.
 */
export function createTurns({ store, random, pause, newId }: TurnDeps) {
  const lines = new Map<SourceId, Promise<unknown>>();

  async function take(id: SourceId, holder: string, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const answer = await store.take(id, holder, LEASE_MS);
      if (answer.is === 'taken') return;
      await pause(answer.is === 'held' ? LOOK_AGAIN_MS : Math.ceil(answer.freeInMs), signal);
    }
  }

  async function ask<T>(id: SourceId, pacing: Pacing, signal: AbortSignal, question: () => Promise<T>) {
    const holder = newId();
    await take(id, holder, signal);
    const keeping = setInterval(
      () => void store.keep(id, holder, LEASE_MS).catch(() => undefined),
      KEEP_EVERY_MS,
    );
    try {
      return await question();
    } finally {
      clearInterval(keeping);
      const { minPauseMs, maxPauseMs } = pacing;
      await store.give(id, holder, minPauseMs + random() * Math.max(0, maxPauseMs - minPauseMs));
    }
  }

  return (id: SourceId, pacing: Pacing): Session['turn'] =>
    <T>(signal: AbortSignal, question: () => Promise<T>): Promise<T> => {
      const before = lines.get(id) ?? Promise.resolve();
      const turn = before.then(() => ask(id, pacing, signal, question));
      lines.set(
        id,
        turn.catch(() => undefined),
      );
      return turn;
    };
}
