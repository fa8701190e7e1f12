import { ok, type Result } from '#core/result.ts';
import type { ModelProblem } from '../../core/model.ts';
import { joinHeard } from '../../core/speech/join.ts';
import type { ShownSpeechModel } from '../../core/speech/model.ts';
import {
  choicesFor,
  createModelDrafts,
  type ModelDraft,
  type ModelDraftsDeps,
  type ModelInvalid,
} from '../model-drafts.ts';
import type { Listener, ModelStore, ModelTarget, StoredSpeechModel } from '../ports.ts';
import { hello } from './hello.ts';

/** What came back for one word. `choices` are the models that are there, when the one that was asked for is not. */
export type ModelTest =
  | { ok: true; ms: number; text: string; language: string | null }
  | { ok: false; problem: ModelProblem; choices: readonly string[] };

export type ModelsDeps = ModelDraftsDeps & {
  store: ModelStore;
  listener: Listener;
  /** Another model or address: what failed may end otherwise, and what waits can begin. */
  changed: (isOn: boolean) => Promise<void>;
  clock: { now(): Date };
};

export type ModelsService = ReturnType<typeof createModelsService>;

const shown = ({ sealedKey, ...model }: StoredSpeechModel): ShownSpeechModel => ({
  ...model,
  hasKey: sealedKey !== null,
});

export function createModelsService({ store, listener, changed, clock, ...keys }: ModelsDeps) {
  const drafts = createModelDrafts(keys);
  const checked = async (draft: ModelDraft, isAsked: boolean) =>
    drafts.check(draft, await store.read(), isAsked);

  async function tryOut(stored: StoredSpeechModel): Promise<ModelTest> {
    const target = drafts.target(stored);
    if (!target.ok) return { ok: false, problem: target.error, choices: [] };
    const began = clock.now().getTime();
    const sound = hello();
    const heard = await listener.hear(target.value, sound);
    const ms = clock.now().getTime() - began;
    if (!heard.ok) {
      const choices = await choicesFor(heard.error, listener, target.value);
      return { ok: false, problem: heard.error, choices };
    }
    const piece = { fromMs: 0, toMs: sound.durationMs };
    const { language, segments } = joinHeard([{ piece, heard: heard.value }]);
    return { ok: true, ms, language, text: segments.map(({ text }) => text).join(' ') };
  }

  return {
    read: async (): Promise<ShownSpeechModel> => shown(await store.read()),

    async save(draft: ModelDraft): Promise<Result<ShownSpeechModel, ModelInvalid>> {
      const stored = await checked(draft, draft.isOn);
      if (!stored.ok) return stored;
      await store.save(stored.value);
      await changed(stored.value.isOn);
      return ok(shown(stored.value));
    },

    /** A real request with what was typed; keeps nothing. */
    async test(draft: ModelDraft): Promise<Result<ModelTest, ModelInvalid>> {
      const stored = await checked(draft, true);
      return stored.ok ? ok(await tryOut(stored.value)) : stored;
    },

    /** Null while it is off. */
    async target(): Promise<Result<ModelTarget, ModelProblem> | null> {
      const stored = await store.read();
      return stored.isOn ? drafts.target(stored) : null;
    },
  };
}
