import { err, ok, type Result } from '#core/result.ts';
import {
  formatAddress,
  originOf,
  parseAddress,
  type AddressProblem,
} from '#features/connections/core/address.ts';
import type { ModelProblem } from '../core/model.ts';
import type { ModelTarget, SecretBox } from './ports.ts';

/** What all models have in common, as somebody typed it. */
export type ModelDraft = {
  isOn: boolean;
  url: string;
  model: string;
  /** Left out: the saved one is kept, if it was given for the same server. Null: there is none. */
  key?: string | null | undefined;
};

export type ModelInvalid =
  | { code: 'models.bad-address'; field: 'url'; why: AddressProblem['code'] }
  | { code: 'models.name-required'; field: 'model' }
  | { code: 'models.key-required'; field: 'key' };

type Stored = { isOn: boolean; url: string; model: string; sealedKey: string | null };

export type ModelDraftsDeps = {
  secrets: SecretBox;
  /** From the moment it is readable, no log may show it. */
  hide: (key: string) => void;
};

export type ModelDrafts = ReturnType<typeof createModelDrafts>;

export function createModelDrafts({ secrets, hide }: ModelDraftsDeps) {
  function sealedFor(
    saved: Pick<Stored, 'url' | 'sealedKey'>,
    url: string,
    key: string | null | undefined,
  ): Result<string | null, ModelInvalid> {
    if (key === null) return ok(null);
    if (key !== undefined) return ok(secrets.seal(key));
    if (saved.sealedKey === null || sameServer(saved.url, url)) return ok(saved.sealedKey);
    return err({ code: 'models.key-required', field: 'key' });
  }

  return {
    /** What would be stored, or what is wrong with it. An address may be missing only while nothing is asked of it. */
    check(
      draft: ModelDraft,
      saved: Pick<Stored, 'url' | 'sealedKey'>,
      isAsked: boolean,
    ): Result<Stored, ModelInvalid> {
      const address = draft.url.trim() === '' && !isAsked ? null : parseAddress(draft.url);
      if (address && !address.ok)
        return err({ code: 'models.bad-address', field: 'url', why: address.error.code });
      const model = draft.model.trim();
      if (model === '' && isAsked) return err({ code: 'models.name-required', field: 'model' });
      const url = address ? formatAddress(address.value) : '';
      const sealedKey = sealedFor(saved, url, draft.key);
      return sealedKey.ok ? ok({ isOn: draft.isOn, url, model, sealedKey: sealedKey.value }) : sealedKey;
    },

    /** Its address with the readable key. */
    target({ url, model, sealedKey }: Omit<Stored, 'isOn'>): Result<ModelTarget, ModelProblem> {
      if (sealedKey === null) return ok({ url, model, key: null });
      const key = secrets.open(sealedKey);
      if (!key.ok) return err({ code: 'model.key-unreadable' });
      hide(key.value);
      return ok({ url, model, key: key.value });
    },
  };
}

type Listing = { models(target: ModelTarget): Promise<Result<readonly string[], ModelProblem>> };

/** A server may have hundreds of models that do other things. */
const MOST_CHOICES = 20;

/** What is there, when the model that was asked for is not. */
export async function choicesFor(
  problem: ModelProblem,
  server: Listing,
  target: ModelTarget,
): Promise<readonly string[]> {
  if (problem.code !== 'model.not-found') return [];
  const listed = await server.models(target);
  return listed.ok ? listed.value.slice(0, MOST_CHOICES) : [];
}

function sameServer(one: string, other: string): boolean {
  const [a, b] = [parseAddress(one), parseAddress(other)];
  return a.ok && b.ok && originOf(a.value) === originOf(b.value);
}
