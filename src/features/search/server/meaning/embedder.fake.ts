import { err, ok } from '#core/result.ts';
import type { ModelProblem } from '#features/enrichment/core/model.ts';
import { wordsOf } from '../../core/text.ts';
import type { ChosenModel, Embedder } from '../ports.ts';
import { bitCandidates } from './bits.store.ts';
import type { Meaning } from './meaning.service.ts';

export type FakeEmbedder = Embedder & {
  choose: (model: ChosenModel | null) => void;
  /** Every request ends so until it is set to null. */
  fail: (problem: ModelProblem | null) => void;
  /** No request ends. */
  hang: (isHanging: boolean) => void;
  /** Called before each answer; what it throws comes out of the request. */
  before: (what: (texts: readonly string[]) => void) => void;
  /** Texts that the model does not want. */
  refuse: (isRefused: (text: string) => boolean) => void;
  /** Every text that was embedded, in order. */
  asked: string[];
  kept: () => readonly string[];
};

export const aModel = (id = 'm1', dimensions = 64): ChosenModel => ({ id, name: `model ${id}`, dimensions });

/** A stable number for each text, between -1 and 1. */
function noise(text: string, place: number): number {
  let hash = 2166136261 ^ place;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 2246822519);
  hash = Math.imul(hash ^ (hash >>> 13), 3266489917);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 31 - 1;
}

/** Of texts that share words, or words that mean the same, the vectors are near. */
export function fakeEmbedder({
  synonyms = [],
  model = aModel(),
}: { synonyms?: readonly (readonly string[])[]; model?: ChosenModel | null } = {}): FakeEmbedder {
  const meaning = new Map(synonyms.flatMap((same) => same.map((word) => [word, same[0] ?? word] as const)));
  const dimensions = new Map<string, number>();
  const asked: string[] = [];
  let chosen: ChosenModel | null = null;
  let kept: readonly string[] = [];
  let failing: ModelProblem | null = null;
  let isHanging = false;
  let before: (texts: readonly string[]) => void = () => undefined;
  let isRefused: (text: string) => boolean = () => false;

  function vectorOf(id: string, text: string): Float32Array {
    const vector = new Float32Array(dimensions.get(id) ?? 64);
    for (const { folded } of wordsOf(text))
      for (let place = 0; place < vector.length; place += 1)
        vector[place] = (vector[place] ?? 0) + noise(`${id} ${meaning.get(folded) ?? folded}`, place);
    const length = Math.hypot(...vector) || 1;
    return vector.map((number) => number / length);
  }

  function choose(next: ChosenModel | null): void {
    chosen = next;
    if (next) dimensions.set(next.id, next.dimensions);
  }
  choose(model);

  return {
    asked,
    choose,
    fail: (problem) => void (failing = problem),
    hang: (hanging) => void (isHanging = hanging),
    before: (what) => void (before = what),
    refuse: (refused) => void (isRefused = refused),
    kept: () => kept,
    chosen: () => Promise.resolve(chosen),
    keepOnly: async (models) => void (kept = models),
    async embed({ model: id, texts, signal }) {
      if (isHanging) await new Promise(() => undefined);
      signal.throwIfAborted();
      before(texts);
      if (failing) return err(failing);
      if (texts.some(isRefused)) return err({ code: 'model.rejected', reason: 'too odd' });
      asked.push(...texts);
      return ok(texts.map((text) => vectorOf(id, text)));
    },
  };
}

/** For what looks at words alone. */
export const noMeaning: Meaning = {
  find: () => Promise.resolve({ is: 'off' }),
  forgetQuestions: () => undefined,
  nearestSentences: (_asked, texts) => Promise.resolve(texts.map(() => null)),
  state: () => Promise.resolve(null),
};

/** What a search needs to have parts for it, and no model. */
export const withoutMeaning = () => ({
  embedder: fakeEmbedder({ model: null }),
  candidatesOf: () => bitCandidates,
  wakeEmbedding: () => Promise.resolve(),
});
