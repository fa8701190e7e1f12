import { err, ok, type Result } from '#core/result.ts';
import type { ModelProblem } from '#features/enrichment/core/model.ts';
import type { VectorModel } from '../../core/meaning.ts';
import type { Embedder } from '../ports.ts';
import { createRecentVectors } from './recent-vectors.ts';

export type QueryVectorsDeps = {
  embedder: Pick<Embedder, 'embed'>;
  clock: { now(): Date };
  /** Nobody waits longer than this for what an address far away thinks of a query. */
  deadlineMs: number;
};

/** Whoever did not answer in time is left alone so long: each search would be as slow as the first. */
const REST_MS = 15_000;
const KEPT = 200;

/** The vectors of queries; the last ones are kept, because a second page and a filter ask the same. */
export function createQueryVectors({ embedder, clock, deadlineMs }: QueryVectorsDeps) {
  const recent = createRecentVectors(KEPT);
  const late = new Map<string, { problem: ModelProblem; until: number }>();

  async function ask(model: VectorModel, text: string): Promise<Result<Float32Array, ModelProblem>> {
    const answer = await inTime(deadlineMs, (signal) =>
      embedder.embed({ model: model.id, texts: [text], as: 'query', signal }),
    );
    if (!answer.ok) return answer;
    const [vector] = answer.value;
    return vector ? ok(vector) : err({ code: 'model.bad-answer', reason: 'no vector' });
  }

  async function vectorOf(model: VectorModel, text: string): Promise<Result<Float32Array, ModelProblem>> {
    const key = `${model.id}\n${text}`;
    const known = recent.get(key);
    if (known) return ok(known);
    const resting = late.get(model.id);
    if (resting && clock.now().getTime() < resting.until) return err(resting.problem);
    const answer = await ask(model, text);
    if (answer.ok) recent.keep(key, answer.value);
    if (!answer.ok && answer.error.code === 'model.timed-out')
      late.set(model.id, { problem: answer.error, until: clock.now().getTime() + REST_MS });
    else late.delete(model.id);
    return answer;
  }

  return {
    vectorOf,
    /** Where and how the model is asked has changed: what it said before, and that it was late, counts no more. */
    forget(): void {
      recent.forget();
      late.clear();
    },
  };
}

/** Also when the work does not listen to its signal. */
export async function inTime<T>(
  ms: number,
  work: (signal: AbortSignal) => Promise<Result<T, ModelProblem>>,
): Promise<Result<T, ModelProblem>> {
  const signal = AbortSignal.timeout(ms);
  const late: Result<T, ModelProblem> = err({ code: 'model.timed-out', afterMs: ms });
  const { promise, resolve } = Promise.withResolvers<Result<T, ModelProblem>>();
  signal.addEventListener('abort', () => resolve(late), { once: true });
  const working = work(signal).catch((problem: unknown) => {
    if (signal.aborted) return late;
    throw problem;
  });
  return Promise.race([working, promise]);
}
