import { err, type Result } from '#core/result.ts';
import type { ModelProblem } from '../../core/model.ts';
import { createModelDrafts, type ModelDraftsDeps } from '../model-drafts.ts';
import type { Embedder, MeaningStore } from '../ports.ts';

export type EmbeddingDeps = ModelDraftsDeps & { store: MeaningStore; embedder: Embedder };

type Wish = { model: string; texts: readonly string[]; as: 'query' | 'passage'; signal: AbortSignal };

/** The models that embed, for whoever keeps their vectors: by id, without their addresses and keys. */
export function createEmbeddingService({ store, embedder, ...keys }: EmbeddingDeps) {
  const drafts = createModelDrafts(keys);

  return {
    /**
     * The one that was turned on last; null while it is off. The id is another one exactly when vectors cannot be compared
     * any more (core/meaning/space.ts).
     */
    async chosen(): Promise<{ id: string; name: string; dimensions: number } | null> {
      const { isOn, chosen } = await store.read();
      const known = isOn && chosen !== null ? await store.find(chosen) : null;
      return known && { id: known.id, name: known.model, dimensions: known.dimensions };
    },

    /**
     * Vectors of length 1, one for each text in its order. Also of a model that was chosen before, as long as it is kept; of
     * none once meaning was turned off. Rejects with the reason of the signal once that is aborted.
     */
    async embed({ model, texts, as, signal }: Wish): Promise<Result<readonly Float32Array[], ModelProblem>> {
      if (!(await store.read()).isOn) return err({ code: 'model.off' });
      const known = await store.find(model);
      if (!known) return err({ code: 'model.forgotten' });
      const target = drafts.target(known);
      if (!target.ok) return target;
      const prefix = as === 'query' ? known.queryPrefix : known.passagePrefix;
      const vectors = await embedder.embed(
        target.value,
        texts.map((text) => prefix + text),
        signal,
      );
      if (!vectors.ok) return vectors;
      const other = vectors.value.find(({ length }) => length !== known.dimensions);
      return other
        ? err({ code: 'model.wrong-dimension', wanted: known.dimensions, got: other.length })
        : vectors;
    },

    /** No other model is asked any more: the addresses and keys of the others go, never that of the chosen one. */
    keepOnly: (models: readonly string[]): Promise<void> => store.keepOnly(models),
  };
}
