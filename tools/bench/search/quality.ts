import { createIndexService } from '#features/search/server/index.service.ts';
import { createIndexStore } from '#features/search/server/index.store.ts';
import { detectLanguage } from '#features/search/server/language.ts';
import type { TextSource } from '#features/search/server/ports.ts';
import type { Db } from '#server/platform/db.ts';
import { seedMeaning } from '../../simulators/openai/embed.ts';
import { DIMENSIONS } from '../../simulators/openai/meaning.ts';
import { openBenchDatabase } from '../database.ts';
import type { Measurement } from '../measurement.ts';
import { seedCollection, type Judgeable } from './collection.ts';
import { searchEngine, tsRankEngine, type Engine } from './engines.ts';
import { openFts5 } from './fts5.ts';
import { gradesOf } from './judged.ts';
import { inProcess, openLayers } from './layers.ts';
import { ndcg, recall, reciprocalRank } from './measures.ts';
import { queries } from './queries.ts';
import { measurementsOf, tableOf, type Score } from './table.ts';

const sourceOf = (kind: TextSource['kind'], all: readonly Judgeable[]): TextSource => {
  const own = new Map(
    all.filter(({ document }) => document.kind === kind).map(({ document }) => [document.ref, document]),
  );
  const changedAt = new Date(0);
  const refs = [...own.keys()].toSorted();
  return {
    kind,
    changed: (_since, after, limit) =>
      Promise.resolve(
        refs
          .filter((ref) => after === null || ref > after.ref)
          .slice(0, limit)
          .map((ref) => ({ ref, changedAt })),
      ),
    documents: (wanted) => Promise.resolve(wanted.flatMap((ref) => own.get(ref) ?? [])),
    existing: (wanted) => Promise.resolve(new Set(wanted.filter((ref) => own.has(ref)))),
  };
};

const fill = (db: Db, all: readonly Judgeable[]) =>
  createIndexService({
    store: createIndexStore(db),
    sources: [sourceOf('post', all), sourceOf('item', all)],
    detect: detectLanguage,
  }).rebuild({ signal: new AbortController().signal, progress: () => undefined });

async function scoresOf(engine: string, find: Engine, all: readonly Judgeable[]): Promise<Score[]> {
  const scores: Score[] = [];
  for (const judged of queries) {
    const found = await find(judged.text);
    const grades = gradesOf(judged, all);
    scores.push({
      engine,
      sort: judged.sort,
      ndcg: ndcg(found, grades),
      recall: recall(found, grades),
      rank: reciprocalRank(found, grades),
    });
  }
  return scores;
}

/**
 * Ours beside what PostgreSQL and SQLite have by themselves: the better of these two is the budget. What a model understands is
 * not measured here: the stand-in learnt its meaning from the seed that is searched, so it shows that the layers work, and no more.
 */
export async function measureSearchQuality(): Promise<Measurement[]> {
  const database = await openBenchDatabase();
  const { db } = database;
  const all = seedCollection();
  await fill(db, all);
  const { words, search, embedAll } = await openLayers(
    db,
    inProcess(seedMeaning(), { name: 'stand-in', dimensions: DIMENSIONS }),
  );
  await embedAll();
  const sqlite = await openFts5(db);
  const engines: Record<string, Engine> = {
    words: searchEngine(search, 'words'),
    'meaning*': searchEngine(search, 'meaning'),
    'both*': searchEngine(search, 'both'),
    'auto*': searchEngine(search, 'auto'),
    ts_rank: tsRankEngine(db, words),
    'FTS5 bm25': sqlite.find,
  };
  const scores: Score[] = [];
  for (const [name, find] of Object.entries(engines)) scores.push(...(await scoresOf(name, find, all)));
  sqlite.close();
  await database.close();
  console.log(`${tableOf(scores)}\n\n${STAND_IN}\n`);
  // Nothing that the stand-in is part of is held to a budget.
  return measurementsOf(scores.filter(({ engine }) => !engine.endsWith('*')));
}

const STAND_IN =
  '* The model is a stand-in that was made from the texts that are searched here: these columns say nothing of real models.';
