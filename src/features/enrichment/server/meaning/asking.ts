import { err, ok, type Result } from '#core/result.ts';
import { prefixesUsed } from '../../core/meaning/model.ts';
import { PROBES, type Space } from '../../core/meaning/space.ts';
import type { ModelProblem } from '../../core/model.ts';
import { choicesFor, type ModelDrafts } from '../model-drafts.ts';
import type { Embedder, StoredMeaningModel } from '../ports.ts';

/** Why a model gave no vectors. `choices` are the models that are there, when the one that was asked for is not. */
export type NoVectors = { problem: ModelProblem; choices: readonly string[] };

/** What a model says of itself when it is asked: vectors, and by those of a few known words the space they lie in. */
export function createAsking(drafts: Pick<ModelDrafts, 'target'>, embedder: Embedder) {
  async function vectorsOf(
    stored: StoredMeaningModel,
    texts: readonly string[],
  ): Promise<Result<readonly Float32Array[], NoVectors>> {
    const target = drafts.target(stored);
    if (!target.ok) return err({ problem: target.error, choices: [] });
    const vectors = await embedder.embed(target.value, texts);
    if (vectors.ok) return vectors;
    return err({ problem: vectors.error, choices: await choicesFor(vectors.error, embedder, target.value) });
  }

  async function spaceOf(stored: StoredMeaningModel): Promise<Result<Space, NoVectors>> {
    const { passage } = prefixesUsed(stored);
    const vectors = await vectorsOf(
      stored,
      PROBES.map((text) => passage + text),
    );
    if (!vectors.ok) return vectors;
    const probes = vectors.value.map((vector) => [...vector]);
    const dimensions = probes[0]?.length ?? 0;
    return ok({ model: stored.model, passagePrefix: passage, dimensions, probes });
  }

  return { vectorsOf, spaceOf };
}
