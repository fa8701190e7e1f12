import type { ModelProblem } from '#features/enrichment/core/model.ts';
import type { VectorModel } from '../../core/meaning.ts';
import type {
  ChosenModel,
  EmbeddedCounts,
  Embedder,
  ModelsStore,
  UnembeddedText,
  VectorStore,
} from '../ports.ts';
import { createBatchEmbedder } from './batch.ts';

export type EmbeddingDeps = {
  models: ModelsStore;
  vectors: Omit<VectorStore, 'nearest'>;
  embedder: Embedder;
  clock: { now(): Date };
};

export type Embedding = {
  signal: AbortSignal;
  progress: (progress: { done: number; total: number; text: string }) => void;
};

/** How it went. What was embedded is kept in any case, and the next run goes on from there. */
export type Embedded =
  { is: 'off' } | { is: 'whole'; embedded: number } | { is: 'stopped'; problem: ModelProblem };

type Task = Embedding & { model: VectorModel };

/** One transaction; a kill costs no more than this. */
const AT_ONCE = 64;
/** An index that is made anew has no passages for minutes: what nothing needs for this long is needed no more. */
const ORPHANS_KEPT_MS = 20 * 3_600_000;

export type EmbeddingService = ReturnType<typeof createEmbeddingService>;

/** Gives every text of the index its vector of the chosen model. It may be stopped anywhere and run twice. */
export function createEmbeddingService({ models, vectors, embedder, clock }: EmbeddingDeps) {
  const embed = createBatchEmbedder(embedder);

  /** Up to which passage there is nothing left to do. Passages come in order, and one that changes comes anew. */
  const upTo = new Map<number, number>();

  async function* batches({ model, signal }: Task): AsyncGenerator<readonly UnembeddedText[]> {
    for (let after = upTo.get(model.number) ?? 0; ;) {
      signal.throwIfAborted();
      const page = await vectors.unembedded(model, after, AT_ONCE);
      const last = page.at(-1);
      if (!last) return;
      yield [...new Map(page.map((text) => [text.hash, text])).values()];
      after = last.at;
      upTo.set(model.number, after);
    }
  }

  async function fill(task: Task): Promise<Embedded | { is: 'changed' }> {
    const { model, signal, progress } = task;
    // Counting everything takes longer than the few texts that are new after a sync.
    let counts: EmbeddedCounts | null = null;
    let embedded = 0;
    for await (const texts of batches(task)) {
      counts ??= await vectors.counts(model);
      const answer = await embed(model, texts, signal);
      if (!answer.ok) return { is: 'stopped', problem: answer.error };
      await vectors.save(model, answer.value);
      embedded += texts.length;
      counts.embedded += texts.length;
      counts.total = Math.max(counts.total, counts.embedded);
      await models.saveCounts(model, counts);
      progress({ done: counts.embedded, total: counts.total, text: model.name });
      if (!(await isStillChosen(model))) return { is: 'changed' };
    }
    if (embedded > 0 || !model.isWhole) await models.saveCounts(model, await vectors.counts(model));
    return { is: 'whole', embedded };
  }

  const isStillChosen = async ({ id }: ChosenModel): Promise<boolean> => (await embedder.chosen())?.id === id;

  /** From now on it answers. What the others knew is not needed any more. */
  async function takeOver(model: VectorModel): Promise<void> {
    await models.makeWhole(model);
    for (const other of await models.kept()) if (other.id !== model.id) await models.remove(other);
    await embedder.keepOnly([model.id]);
  }

  async function run(embedding: Embedding): Promise<Embedded> {
    const chosen = await embedder.chosen();
    if (!chosen) return { is: 'off' };
    const model = await models.keep(chosen);
    if (!upTo.has(model.number)) await vectors.prepare(model, embedding.signal);
    const done = await fill({ ...embedding, model });
    if (done.is === 'changed') return run(embedding);
    if (done.is === 'whole' && (await isStillChosen(model))) await takeOver(model);
    return done;
  }

  return {
    run,
    /** At night. Gives how many vectors went. */
    forgetOrphans: () => {
      upTo.clear();
      const now = clock.now();
      return vectors.forgetOrphans(now, new Date(now.getTime() - ORPHANS_KEPT_MS));
    },
  };
}
