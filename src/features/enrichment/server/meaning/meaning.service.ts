import { err, ok, type Result } from '#core/result.ts';
import { prefixesUsed, type MeaningModel, type ShownMeaningModel } from '../../core/meaning/model.ts';
import { isComparable, PROBES, type Space } from '../../core/meaning/space.ts';
import type { ModelProblem } from '../../core/model.ts';
import {
  choicesFor,
  createModelDrafts,
  type ModelDraft,
  type ModelDraftsDeps,
  type ModelInvalid,
} from '../model-drafts.ts';
import type { Embedder, KnownEmbedder, MeaningStore, StoredMeaningModel } from '../ports.ts';

export type MeaningDraft = ModelDraft & Pick<MeaningModel, 'queryPrefix' | 'passagePrefix'>;

/** Why a model gave no vectors. `choices` are the models that are there, when the one that was asked for is not. */
export type NoVectors = { problem: ModelProblem; choices: readonly string[] };

/** It is not turned on before it answered once: without its vectors nobody knows what they can be compared with. */
export type MeaningRefused = ModelInvalid | ({ code: 'models.no-vectors' } & NoVectors);

export type MeaningTest =
  { ok: true; ms: number; dimensions: number; prefix: string } | ({ ok: false } & NoVectors);

export type MeaningDeps = ModelDraftsDeps & {
  store: MeaningStore;
  embedder: Embedder;
  /** Another model, address or key, on or off: what waits can begin, and kept vectors of questions are to be forgotten. */
  changed: () => Promise<void>;
  newId: () => string;
  clock: { now(): Date };
};

export type MeaningService = ReturnType<typeof createMeaningService>;

const HELLO = 'hola';

export function createMeaningService(deps: MeaningDeps) {
  const { store, embedder, changed, newId, clock, secrets, hide } = deps;
  const drafts = createModelDrafts({ secrets, hide });

  async function shown({ sealedKey, chosen, ...model }: StoredMeaningModel): Promise<ShownMeaningModel> {
    const known = chosen === null ? null : await store.find(chosen);
    const prefixes = prefixesUsed(model);
    return { ...model, hasKey: sealedKey !== null, prefixes, dimensions: known?.dimensions ?? null };
  }

  async function checked(
    draft: MeaningDraft,
    isAsked: boolean,
  ): Promise<Result<StoredMeaningModel, ModelInvalid>> {
    const saved = await store.read();
    const basics = drafts.check(draft, saved, isAsked);
    if (!basics.ok) return basics;
    const { queryPrefix, passagePrefix } = draft;
    return ok({ ...basics.value, queryPrefix, passagePrefix, chosen: saved.chosen });
  }

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

  /** The row of a model whose vectors are kept already, or a new one. Where it is asked is as it was said last. */
  async function turnOn(stored: StoredMeaningModel, space: Space): Promise<StoredMeaningModel> {
    const before = (await store.embedders()).find((known) => isComparable(known, space));
    const known: KnownEmbedder = {
      ...space,
      // Against those of the beginning, so that many small steps never lead far away.
      probes: before?.probes ?? space.probes,
      id: before?.id ?? newId(),
      queryPrefix: prefixesUsed(stored).query,
      url: stored.url,
      sealedKey: stored.sealedKey,
    };
    const chosen = { ...stored, chosen: known.id };
    await store.choose(chosen, known, clock.now());
    return chosen;
  }

  return {
    read: async (): Promise<ShownMeaningModel> => shown(await store.read()),

    async save(draft: MeaningDraft): Promise<Result<ShownMeaningModel, MeaningRefused>> {
      const stored = await checked(draft, draft.isOn);
      if (!stored.ok) return stored;
      if (!stored.value.isOn) {
        await store.save(stored.value);
        await changed();
        return ok(await shown(stored.value));
      }
      const space = await spaceOf(stored.value);
      if (!space.ok) return err({ code: 'models.no-vectors', ...space.error });
      const chosen = await turnOn(stored.value, space.value);
      await changed();
      return ok(await shown(chosen));
    },

    /** A real request with what was typed; keeps nothing. */
    async test(draft: MeaningDraft): Promise<Result<MeaningTest, ModelInvalid>> {
      const stored = await checked(draft, true);
      if (!stored.ok) return stored;
      const { query: prefix } = prefixesUsed(stored.value);
      const began = clock.now().getTime();
      const vectors = await vectorsOf(stored.value, [prefix + HELLO]);
      const ms = clock.now().getTime() - began;
      if (!vectors.ok) return ok({ ok: false, ...vectors.error });
      return ok({ ok: true, ms, dimensions: vectors.value[0]?.length ?? 0, prefix });
    },
  };
}
