import { fold } from '#features/search/core/text.ts';
import { createIndexService } from '#features/search/server/index.service.ts';
import { createIndexStore } from '#features/search/server/index.store.ts';
import { detectLanguage } from '#features/search/server/language.ts';
import { openCandidates } from '#features/search/server/meaning/candidates-of.store.ts';
import { createEmbeddingService } from '#features/search/server/meaning/embedding.service.ts';
import { createMeaning } from '#features/search/server/meaning/meaning.service.ts';
import { createModelsStore } from '#features/search/server/meaning/models.store.ts';
import { createVectorStore } from '#features/search/server/meaning/vectors.store.ts';
import type { Embedder, TextSource } from '#features/search/server/ports.ts';
import { createSearchService } from '#features/search/server/search.service.ts';
import { createShownStore } from '#features/search/server/shown.store.ts';
import { createWordsStore } from '#features/search/server/words.store.ts';
import { openDb, type Database } from '#server/platform/db.ts';
import { migrate } from '#server/platform/migrate.ts';
import { join } from 'node:path';
import { openBenchDatabase } from './database.ts';
import { quantile, timed, type Measurement } from './measurement.ts';
import { documentOf, PASSAGES_PER_DOCUMENT, refOf } from './search-corpus.ts';
import { queriesOf } from './search-queries.ts';

const DIMENSIONS = 384;
const BUDGET_MS = 150;

/**
 * A stand-in: each stem has a direction of its own, a text the sum of them. It says nothing of what a model understands;
 * its vectors are as long and as crowded as those of one, and cost no time that would be measured here.
 */
function standIn(): Embedder {
  const directions = new Map<string, Float32Array>();

  function directionOf(stem: string): Float32Array {
    const known = directions.get(stem);
    if (known) return known;
    let state = 2166136261;
    for (let at = 0; at < stem.length; at += 1) state = Math.imul(state ^ stem.charCodeAt(at), 16777619);
    const direction = Float32Array.from({ length: DIMENSIONS }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      return state / 2 ** 31;
    });
    directions.set(stem, direction);
    return direction;
  }

  function vectorOf(text: string): Float32Array {
    const vector = new Float32Array(DIMENSIONS);
    for (const word of fold(text).split(/[^\p{L}\p{N}]+/u)) {
      if (word.length < 4) continue;
      const direction = directionOf(word.slice(0, 7));
      for (let place = 0; place < DIMENSIONS; place += 1)
        vector[place] = (vector[place] ?? 0) + (direction[place] ?? 0);
    }
    const length = Math.hypot(...vector) || 1;
    return vector.map((number) => number / length);
  }

  return {
    chosen: () => Promise.resolve({ id: 'stand-in', name: 'stand-in', dimensions: DIMENSIONS }),
    embed: ({ texts }) => Promise.resolve({ ok: true, value: texts.map(vectorOf) }),
    keepOnly: () => Promise.resolve(),
  };
}

function madeUp(documents: number): TextSource {
  const changedAt = new Date('2026-01-01T00:00:00Z');
  const number = (ref: string): number => Number(ref.slice('post'.length));
  return {
    kind: 'post',
    changed: (_since, after, limit) => {
      const from = after === null ? 0 : number(after.ref) + 1;
      const length = Math.max(0, Math.min(limit, documents - from));
      return Promise.resolve(Array.from({ length }, (_, index) => ({ ref: refOf(from + index), changedAt })));
    },
    documents: (refs) => Promise.resolve(refs.map((ref) => documentOf(number(ref)))),
    existing: (refs) => Promise.resolve(new Set(refs)),
  };
}

const working = { signal: new AbortController().signal, progress: () => undefined };

async function measureOn({ db }: Pick<Database, 'db'>, passages: number, by: string): Promise<Measurement[]> {
  const documents = Math.round(passages / PASSAGES_PER_DOCUMENT);
  const candidatesOf = await openCandidates(db);
  const [models, vectors] = [createModelsStore(db, candidatesOf), createVectorStore(db, candidatesOf)];
  const [words, embedder, clock] = [createWordsStore(db), standIn(), { now: () => new Date() }];
  const index = createIndexService({
    store: createIndexStore(db),
    sources: [madeUp(documents)],
    detect: detectLanguage,
  });
  await index.rebuild(working);
  const embedding = createEmbeddingService({ models, vectors, embedder, clock });
  const { ms } = await timed(() => embedding.run(working));
  const [kept] = await models.kept();
  const { search } = createSearchService({
    words,
    shown: createShownStore(db),
    meaning: createMeaning({ models, vectors, words, embedder, clock }),
    clock,
    onTrouble: (what, problem) => console.error(what, problem),
  });
  const among = `among ${kept?.embedded ?? 0} vectors of ${DIMENSIONS} by ${by} (the model is a stand-in)`;
  const measured: Measurement[] = [
    {
      name: `vectors kept, ${by}`,
      value: (kept?.embedded ?? 0) / (ms / 1000),
      unit: '/s',
      budget: 100,
      atLeast: true,
    },
  ];
  for (const mode of ['meaning', 'both'] as const) {
    const times: number[] = [];
    for (const { kind, texts } of queriesOf(documents)) {
      await search({ text: texts[0] ?? '', page: 1, mode });
      const own: number[] = [];
      for (const text of texts) own.push((await timed(() => search({ text, page: 1, mode }))).ms);
      times.push(...own);
      const told = `p50 ${quantile(own, 0.5).toFixed(1)}`;
      measured.push({
        name: `search, ${mode}, ${kind}, p95 ${among} (${told})`,
        value: quantile(own, 0.95),
        unit: 'ms',
        budget: BUDGET_MS,
      });
    }
    const told = `p50 ${quantile(times, 0.5).toFixed(1)}`;
    measured.push({
      name: `search, ${mode}, all kinds, p95 ${among} (${told})`,
      value: quantile(times, 0.95),
      unit: 'ms',
      budget: BUDGET_MS,
    });
  }
  return measured;
}

/** On an empty database of somebody's server with pgvector. */
async function onPgvector(url: string, passages: number): Promise<Measurement[]> {
  const opened = await openDb({ databaseUrl: url });
  if (!opened.ok) throw new Error(opened.error.code);
  const migrated = await migrate(opened.value.pool, {
    folder: join(import.meta.dirname, '..', '..', 'migrations'),
  });
  if (!migrated.ok) throw new Error(migrated.error.code);
  const measured = await measureOn(opened.value, passages, 'pgvector');
  await opened.value.close();
  return measured;
}

/** By meaning, and by both: on the private PostgreSQL, and on one with pgvector where its address is given. */
export async function measureSearchMeaning(passages: number, pgvector: string): Promise<Measurement[]> {
  const database = await openBenchDatabase();
  const measured = await measureOn(database, passages, 'signs');
  await database.close();
  if (pgvector === '')
    console.log('pgvector is not measured: no address of an empty database was given with --pgvector');
  return pgvector === '' ? measured : [...measured, ...(await onPgvector(pgvector, passages))];
}
