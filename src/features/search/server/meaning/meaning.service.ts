import type { ModelProblem } from '#features/enrichment/core/model.ts';
import type { Found } from '../../core/fuse.ts';
import { answeringModel, demandsOf, type Demands, type VectorModel } from '../../core/meaning.ts';
import type { SearchQuery } from '../../core/query.ts';
import type { EmbeddedCounts, Embedder, ModelsStore, VectorStore, WordsStore } from '../ports.ts';
import { createQueryVectors } from './query-vectors.ts';
import { createNearestSentences } from './nearest-sentences.ts';

export type MeaningDeps = {
  models: Pick<ModelsStore, 'kept'>;
  vectors: Pick<VectorStore, 'nearest'>;
  words: Pick<WordsStore, 'resolve'>;
  embedder: Embedder;
  clock: { now(): Date };
  /** For the vector of a query, and for those of the sentences that are shown. */
  deadlines?: { queryMs: number; sentencesMs: number };
};

/** Where the chosen model stands: what has no vector yet is not found by its meaning. */
export type MeaningState = EmbeddedCounts & { model: string };

export type Meant =
  | { is: 'off' }
  | { is: 'answered'; found: readonly Found[]; model: VectorModel; vector: Float32Array }
  | { is: 'failed'; problem: ModelProblem };

/** What is that far away says little of what is meant. */
const NEAREST = 200;
const DEADLINES = { queryMs: 2_000, sentencesMs: 800 };

export type Meaning = ReturnType<typeof createMeaning>;

/** Finds by what is meant. While a model is made whole, the one before it answers. */
export function createMeaning({
  models,
  vectors,
  words,
  embedder,
  clock,
  deadlines = DEADLINES,
}: MeaningDeps) {
  const questions = createQueryVectors({ embedder, clock, deadlineMs: deadlines.queryMs });

  async function demandsIn(query: SearchQuery) {
    const phrases = query.clauses.flatMap(({ any }) => any).filter(({ isQuoted }) => isQuoted);
    const units = [...phrases, ...query.without];
    return demandsOf(query, units.length === 0 ? [] : await words.resolve(units));
  }

  /** The one that should answer; and the chosen one with what it has, for when nobody answers for the one before it any more. */
  async function askable(): Promise<readonly VectorModel[]> {
    const chosen = await embedder.chosen();
    if (!chosen) return [];
    const kept = await models.kept();
    const first = answeringModel(kept, chosen.id);
    return [first, kept.find(({ id }) => id === chosen.id)].filter(
      (model, index, all): model is VectorModel => !!model && all.indexOf(model) === index,
    );
  }

  async function find(query: SearchQuery): Promise<Meant> {
    const [all, demands] = await Promise.all([askable(), demandsIn(query)]);
    let meant: Meant = { is: 'off' };
    for (const model of all) {
      const vector = await questions.vectorOf(model, query.asked);
      if (vector.ok) return { is: 'answered', ...(await nearest(query, demands, model, vector.value)) };
      meant = { is: 'failed', problem: vector.error };
    }
    return meant;
  }

  async function nearest(query: SearchQuery, demands: Demands, model: VectorModel, vector: Float32Array) {
    const found = await vectors.nearest({ model, vector, narrowing: query, demands, limit: NEAREST });
    return { found, model, vector };
  }

  return {
    find,
    /** After the settings of the model were saved: the prefix of questions may be another one. */
    forgetQuestions: questions.forget,
    nearestSentences: createNearestSentences(embedder, deadlines.sentencesMs),

    /** Null while no model is chosen. */
    async state(): Promise<MeaningState | null> {
      const chosen = await embedder.chosen();
      if (!chosen) return null;
      const { total = 0, embedded = 0 } = (await models.kept()).find(({ id }) => id === chosen.id) ?? {};
      return { model: chosen.name, total, embedded };
    },
  };
}
