import { err, ok, type Result } from '#core/result.ts';
import { prefixesUsed, type MeaningModel, type ShownMeaningModel } from '../../core/meaning/model.ts';
import { isComparable, type Space } from '../../core/meaning/space.ts';
import {
  createModelDrafts,
  type ModelDraft,
  type ModelDraftsDeps,
  type ModelInvalid,
} from '../model-drafts.ts';
import type { Embedder, KnownEmbedder, MeaningStore, StoredMeaningModel } from '../ports.ts';
import { createAsking, type NoVectors } from './asking.ts';

export type MeaningDraft = ModelDraft & Pick<MeaningModel, 'queryPrefix' | 'passagePrefix'>;

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
  const ask = createAsking(drafts, embedder);

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

  async function turnOn(stored: StoredMeaningModel, space: Space): Promise<StoredMeaningModel> {
    const before = (await store.embedders()).find((known) => isComparable(known, space));
    const known = rowOf(stored, space, before ?? { id: newId(), probes: space.probes });
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
      const space = await ask.spaceOf(stored.value);
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
      const vectors = await ask.vectorsOf(stored.value, [prefix + HELLO]);
      const ms = clock.now().getTime() - began;
      if (!vectors.ok) return ok({ ok: false, ...vectors.error });
      return ok({ ok: true, ms, dimensions: vectors.value[0]?.length ?? 0, prefix });
    },
  };
}

/**
 * Of a model whose vectors are kept already, or of a new one. Where it is asked is as it was said last, but its probes are
 * those of the beginning, so that many small steps never lead far away.
 */
const rowOf = (
  stored: StoredMeaningModel,
  space: Space,
  { id, probes }: Pick<KnownEmbedder, 'id' | 'probes'>,
): KnownEmbedder => ({
  ...space,
  probes,
  id,
  queryPrefix: prefixesUsed(stored).query,
  url: stored.url,
  sealedKey: stored.sealedKey,
});
