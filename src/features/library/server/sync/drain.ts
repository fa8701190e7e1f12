import { err, ok, type Result } from '#core/result.ts';
import type { ReadProblem } from '../../core/source.ts';
import type { Batches } from '../ports.ts';
import type { Progress, SyncStep } from '../runs.ports.ts';

export type Report = (progress: Progress) => Promise<void>;

/** A source that throws, where it should have answered a problem, fails alone and not the whole run (J-04). */
export const broke = (what: string, thrown: unknown): ReadProblem => ({
  code: 'read.unreachable',
  what,
  // The message could hold an address with a key in it; the name cannot.
  reason: thrown instanceof Error ? thrown.name : 'unexpected',
});

export async function guard<T>(
  what: string,
  ask: () => Promise<Result<T, ReadProblem>>,
): Promise<Result<T, ReadProblem>> {
  try {
    return await ask();
  } catch (thrown) {
    return err(broke(what, thrown));
  }
}

/**
 * Takes every batch of a list, and asks for the next one meanwhile: the service works while our database does. Only what
 * the list itself throws becomes a problem: what `take` throws is our own database or a bug, and ends the run.
 */
export async function drain<T>(
  what: string,
  list: Batches<T>,
  take: (batch: readonly T[]) => Promise<void>,
): Promise<Result<void, ReadProblem>> {
  const ask = () => guard(what, async () => ({ ok: true, value: await list.next() }));
  let coming = ask();
  for (;;) {
    const next = await coming;
    if (!next.ok) return next;
    if (next.value.done) return next.value.value;
    coming = ask();
    await take(next.value.value);
  }
}

/** Counts what goes by and reports it. */
export function counter(report: Report, step: SyncStep, total: number | null = null) {
  let done = 0;
  return {
    add: async (more: number) => {
      done += more;
      await report({ step, done, total });
    },
    get done() {
      return done;
    },
  };
}

/** Works on a few at a time. After the first failure nothing new is begun, and that failure is the outcome. */
export async function eachOf<T, E>(
  all: readonly T[],
  atOnce: number,
  work: (one: T) => Promise<Result<void, E>>,
): Promise<Result<void, E>> {
  const waiting = [...all];
  const failures: Result<void, E>[] = [];
  async function takeNext(): Promise<void> {
    for (let one = waiting.shift(); one !== undefined && failures.length === 0; one = waiting.shift()) {
      const done = await work(one);
      if (!done.ok) failures.push(done);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, takeNext));
  return failures[0] ?? ok(undefined);
}
