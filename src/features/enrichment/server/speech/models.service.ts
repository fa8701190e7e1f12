import { err, ok, type Result } from '#core/result.ts';
import {
  formatAddress,
  originOf,
  parseAddress,
  type AddressProblem,
} from '#features/connections/core/address.ts';
import { joinHeard } from '../../core/speech/join.ts';
import type { ModelProblem, ShownSpeechModel, SpeechModel } from '../../core/speech/model.ts';
import type { Listener, ModelStore, ModelTarget, SecretBox, StoredSpeechModel } from '../ports.ts';
import { hello } from './hello.ts';

export type SpeechModelDraft = SpeechModel & {
  /** Left out: the saved one is kept, if it was given for the same server. Null: there is none. */
  key?: string | null | undefined;
};

export type ModelInvalid =
  | { code: 'models.bad-address'; field: 'url'; why: AddressProblem['code'] }
  | { code: 'models.name-required'; field: 'model' }
  | { code: 'models.key-required'; field: 'key' };

/** What came back for one word. `choices` are the models that are there, when the one that was asked for is not. */
export type ModelTest =
  | { ok: true; ms: number; text: string; language: string | null }
  | { ok: false; problem: ModelProblem; choices: readonly string[] };

export type ModelsDeps = {
  store: ModelStore;
  listener: Listener;
  secrets: SecretBox;
  /** From the moment it is readable, no log may show it. */
  hide: (key: string) => void;
  /** Another model or address: what failed may end otherwise, and what waits can begin. */
  changed: (isOn: boolean) => Promise<void>;
  clock: { now(): Date };
};

export type ModelsService = ReturnType<typeof createModelsService>;

const shown = ({ sealedKey, ...model }: StoredSpeechModel): ShownSpeechModel => ({
  ...model,
  hasKey: sealedKey !== null,
});

export function createModelsService({ store, listener, secrets, hide, changed, clock }: ModelsDeps) {
  function targetOf({ url, model, sealedKey }: StoredSpeechModel): Result<ModelTarget, ModelProblem> {
    if (sealedKey === null) return ok({ url, model, key: null });
    const key = secrets.open(sealedKey);
    if (!key.ok) return err({ code: 'model.key-unreadable' });
    hide(key.value);
    return ok({ url, model, key: key.value });
  }

  function sealedFor(
    saved: StoredSpeechModel,
    url: string,
    key: string | null | undefined,
  ): Result<string | null, ModelInvalid> {
    if (key === null) return ok(null);
    if (key !== undefined) return ok(secrets.seal(key));
    if (saved.sealedKey === null || sameServer(saved.url, url)) return ok(saved.sealedKey);
    return err({ code: 'models.key-required', field: 'key' });
  }

  /** What would be stored, or what is wrong with it. An address may be missing only while nothing is asked of it. */
  async function checked(
    draft: SpeechModelDraft,
    isAsked: boolean,
  ): Promise<Result<StoredSpeechModel, ModelInvalid>> {
    const saved = await store.read();
    const address = draft.url.trim() === '' && !isAsked ? null : parseAddress(draft.url);
    if (address && !address.ok)
      return err({ code: 'models.bad-address', field: 'url', why: address.error.code });
    const model = draft.model.trim();
    if (model === '' && isAsked) return err({ code: 'models.name-required', field: 'model' });
    const url = address ? formatAddress(address.value) : '';
    const sealedKey = sealedFor(saved, url, draft.key);
    return sealedKey.ok ? ok({ isOn: draft.isOn, url, model, sealedKey: sealedKey.value }) : sealedKey;
  }

  async function tryOut(stored: StoredSpeechModel): Promise<ModelTest> {
    const target = targetOf(stored);
    if (!target.ok) return { ok: false, problem: target.error, choices: [] };
    const began = clock.now().getTime();
    const sound = hello();
    const heard = await listener.hear(target.value, sound);
    const ms = clock.now().getTime() - began;
    if (!heard.ok)
      return { ok: false, problem: heard.error, choices: await choicesFor(heard.error, target.value) };
    const piece = { fromMs: 0, toMs: sound.durationMs };
    const { language, segments } = joinHeard([{ piece, heard: heard.value }]);
    return { ok: true, ms, language, text: segments.map(({ text }) => text).join(' ') };
  }

  async function choicesFor(problem: ModelProblem, target: ModelTarget): Promise<readonly string[]> {
    if (problem.code !== 'model.not-found') return [];
    const listed = await listener.models(target);
    return listed.ok ? listed.value.slice(0, MOST_CHOICES) : [];
  }

  return {
    read: async (): Promise<ShownSpeechModel> => shown(await store.read()),

    async save(draft: SpeechModelDraft): Promise<Result<ShownSpeechModel, ModelInvalid>> {
      const stored = await checked(draft, draft.isOn);
      if (!stored.ok) return stored;
      await store.save(stored.value);
      await changed(stored.value.isOn);
      return ok(shown(stored.value));
    },

    /** A real request with what was typed; keeps nothing. */
    async test(draft: SpeechModelDraft): Promise<Result<ModelTest, ModelInvalid>> {
      const stored = await checked(draft, true);
      return stored.ok ? ok(await tryOut(stored.value)) : stored;
    },

    /** Null while it is off. */
    async target(): Promise<Result<ModelTarget, ModelProblem> | null> {
      const stored = await store.read();
      return stored.isOn ? targetOf(stored) : null;
    },
  };
}

/** A server may have hundreds of models that do other things. */
const MOST_CHOICES = 20;

function sameServer(one: string, other: string): boolean {
  const [a, b] = [parseAddress(one), parseAddress(other)];
  return a.ok && b.ok && originOf(a.value) === originOf(b.value);
}
