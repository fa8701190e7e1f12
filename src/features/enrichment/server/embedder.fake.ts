import { createHash } from 'node:crypto';
import { err, ok } from '#core/result.ts';
import type { ModelProblem } from '../core/model.ts';
import type { Embedder, ModelTarget } from './ports.ts';

export type FakeEmbedder = Embedder & {
  asked: { target: ModelTarget; texts: readonly string[] }[];
  /** The next requests end so, in this order. */
  failures: ModelProblem[];
};

type FakeOptions = {
  models?: readonly string[];
  key?: string | null;
  dimensions?: number;
  /** How many characters of a text it reads. */
  reads?: number;
};

/** The same words, the same vector; other words, another one. Meaning is for the simulator. */
export function fakeEmbedder(options: FakeOptions = {}): FakeEmbedder {
  const { models = ['multilingual-e5-small'], key = null, dimensions = 384, reads = 2000 } = options;
  const embedder: FakeEmbedder = {
    asked: [],
    failures: [],
    async embed(target, texts, signal) {
      signal?.throwIfAborted();
      const failure = embedder.failures.shift();
      if (failure) return err(failure);
      if (key !== null && target.key !== key) return err({ code: 'model.key-refused' });
      if (!models.includes(target.model))
        return err({ code: 'model.not-found', reason: `The model '${target.model}' does not exist` });
      embedder.asked.push({ target, texts });
      return ok(texts.map((text) => vectorOf(text.slice(0, reads), dimensions)));
    },
    async models(target) {
      return key !== null && target.key !== key ? err({ code: 'model.key-refused' }) : ok(models);
    },
  };
  return embedder;
}

function vectorOf(text: string, dimensions: number): Float32Array {
  const bytes = createHash('shake256', { outputLength: dimensions * 2 })
    .update(text)
    .digest();
  const numbers = Float32Array.from({ length: dimensions }, (_, at) => bytes.readInt16LE(at * 2));
  const length = Math.hypot(...numbers);
  return numbers.map((one) => one / length);
}
