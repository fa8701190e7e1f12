import { err, ok, type Result } from '#core/result.ts';
import type { ModelProblem } from '#features/enrichment/core/model.ts';
import type { VectorModel } from '../../core/meaning.ts';
import type { EmbeddedText, Embedder, UnembeddedText } from '../ports.ts';

type Embedded = Result<readonly EmbeddedText[], ModelProblem>;

/** Texts to vectors. One text that the model does not want must not keep the others from it. */
export function createBatchEmbedder({ embed }: Pick<Embedder, 'embed'>) {
  async function ask(
    model: VectorModel,
    texts: readonly UnembeddedText[],
    signal: AbortSignal,
  ): Promise<Embedded> {
    const answer = await embed({
      model: model.id,
      texts: texts.map(({ text }) => text),
      as: 'passage',
      signal,
    });
    if (!answer.ok) return answer;
    return ok(texts.map(({ hash }, index) => ({ hash, vector: answer.value[index] ?? null })));
  }

  async function oneByOne(
    model: VectorModel,
    texts: readonly UnembeddedText[],
    signal: AbortSignal,
  ): Promise<Embedded> {
    const all: EmbeddedText[] = [];
    for (const text of texts) {
      signal.throwIfAborted();
      const one = await ask(model, [text], signal);
      if (one.ok) all.push(...one.value);
      else if (one.error.code === 'model.rejected') all.push({ hash: text.hash, vector: null });
      else return one;
    }
    // When it wants none of them it is not the texts that are wrong.
    return all.length > 1 && all.every(({ vector }) => vector === null)
      ? err({ code: 'model.rejected', reason: 'every text' })
      : ok(all);
  }

  return async function embedBatch(
    model: VectorModel,
    texts: readonly UnembeddedText[],
    signal: AbortSignal,
  ): Promise<Embedded> {
    const answer = await ask(model, texts, signal);
    return !answer.ok && answer.error.code === 'model.rejected' ? oneByOne(model, texts, signal) : answer;
  };
}
