import { err, ok, type Result } from '#core/result.ts';
import { shorten } from '#features/enrichment/core/meaning/shorten.ts';
import type { ModelProblem } from '#features/enrichment/core/model.ts';
import type { Embedder, ModelTarget } from '#features/enrichment/server/ports.ts';
import type { Http, HttpFailure } from '#server/platform/http.ts';
import { toModelProblem } from './mapping.ts';
import { embeddings } from './schemas.ts';
import { listModels, targetOf } from './server.ts';
import { toVectors } from './vectors.ts';

/** OpenAI takes 2 048 texts at once, many servers at home 32, and some fewer: see below. */
const MOST_TEXTS = 32;
/** So many long texts by a large model on a small processor. */
const EMBED_MS = 5 * 60_000;

type Vectors = Result<readonly Float32Array[], ModelProblem>;
type Asked = {
  target: ModelTarget;
  texts: readonly string[];
  signal: AbortSignal | undefined;
  /** How many texts were shortened so far. */
  cuts: { count: number };
};
type Answer = { vectors: Vectors; isTooMuch: boolean };

/**
 * Any server that speaks as OpenAI does: OpenAI itself, Ollama, Text Embeddings Inference, LM Studio, LocalAI. Numbers are
 * asked for as they are, because not all of them know base64.
 */
export function createEmbedder(http: Http): Embedder {
  /** How many texts a server was found to take at once, when they are fewer. */
  const mostOf = new Map<string, number>();
  const mostAt = (target: ModelTarget): number => mostOf.get(placeOf(target)) ?? MOST_TEXTS;

  async function ask({ target, texts, signal }: Asked): Promise<Answer> {
    const answer = await http.at(targetOf(target)).json(
      {
        method: 'POST',
        path: 'embeddings',
        json: { model: target.model, input: texts.map(sendable), encoding_format: 'float' },
        timeoutMs: EMBED_MS,
        ...(signal ? { signal } : {}),
      },
      embeddings,
    );
    if (answer.ok) return { vectors: toVectors(answer.value, texts.length), isTooMuch: false };
    signal?.throwIfAborted();
    return { vectors: err(problemOf(answer.error)), isTooMuch: isTooMuch(answer.error) };
  }

  /** What is too much at once is asked for in halves; what is too long by itself, by its beginning. */
  async function embedBatch(asked: Asked): Promise<Vectors> {
    const { vectors, isTooMuch: tooMuch } = await ask(asked);
    if (vectors.ok || !tooMuch) return vectors;
    const { texts } = asked;
    if (texts.length > 1) return embedHalves(asked);
    const shorter = shorten(texts[0] ?? '');
    if (shorter === null) return vectors;
    asked.cuts.count += 1;
    return embedBatch({ ...asked, texts: [shorter] });
  }

  async function embedHalves(asked: Asked): Promise<Vectors> {
    const { target, texts, cuts } = asked;
    const cutsBefore = cuts.count;
    const middle = Math.ceil(texts.length / 2);
    const first = await embedBatch({ ...asked, texts: texts.slice(0, middle) });
    if (!first.ok) return first;
    const second = await embedBatch({ ...asked, texts: texts.slice(middle) });
    if (!second.ok) return second;
    // If none of them was too long by itself, they were too many.
    if (cuts.count === cutsBefore) mostOf.set(placeOf(target), Math.min(middle, mostAt(target)));
    return ok([...first.value, ...second.value]);
  }

  return {
    async embed(target, texts, signal) {
      const all: Float32Array[] = [];
      for (let at = 0; at < texts.length;) {
        const batch = texts.slice(at, at + mostAt(target));
        const vectors = await embedBatch({ target, texts: batch, signal, cuts: { count: 0 } });
        if (!vectors.ok) return vectors;
        all.push(...vectors.value);
        at += batch.length;
      }
      return sameDimension(all);
    },

    models: (target) => listModels(http, target),
  };
}

const placeOf = ({ url, model }: ModelTarget): string => `${url} ${model}`;

/** An empty text is refused by all of them and would take its whole batch with it; half a character breaks some. */
const sendable = (text: string): string => (text.trim() === '' ? '.' : text.toWellFormed());

/** TEI and OpenAI refuse with a status of 4xx, llama.cpp with 500 and a sentence. */
function isTooMuch(failure: HttpFailure): boolean {
  if (failure.code !== 'http.status') return false;
  const { status, message } = failure;
  return [400, 413, 422].includes(status) || (status === 500 && /too (large|long)|exceed/i.test(message));
}

/** Ollama and vLLM refuse a whole request when a model came to no number for one text of it. */
function problemOf(failure: HttpFailure): ModelProblem {
  const isNoNumber =
    failure.code === 'http.status' &&
    failure.status === 500 &&
    /\bnan\b|out of range float/i.test(failure.message);
  return isNoNumber ? { code: 'model.rejected', reason: failure.message } : toModelProblem(failure);
}

function sameDimension(vectors: readonly Float32Array[]): Vectors {
  const wanted = vectors[0]?.length ?? 0;
  const other = vectors.find(({ length }) => length !== wanted);
  return other ? err({ code: 'model.wrong-dimension', wanted, got: other.length }) : ok(vectors);
}
