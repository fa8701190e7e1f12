import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mode } from '#features/search/core/mode.ts';
import { fold } from '#features/search/core/text.ts';
import { createIndexService } from '#features/search/server/index.service.ts';
import { createIndexStore } from '#features/search/server/index.store.ts';
import { detectLanguage } from '#features/search/server/language.ts';
import type { TextSource } from '#features/search/server/ports.ts';
import { openDb, type Database } from '#server/platform/db.ts';
import { migrate } from '#server/platform/migrate.ts';
import { openWithPgvector } from '../house/pgvector.ts';
import { openCpuMeter } from './cpu.ts';
import { openBenchDatabase } from './database.ts';
import { quantile, timed, type Measurement } from './measurement.ts';
import { documentOf, PASSAGES_PER_DOCUMENT, refOf } from './search-corpus.ts';
import { queriesOf } from './search-queries.ts';
import { inProcess, openLayers } from './search/layers.ts';

const DIMENSIONS = 384;
const BUDGET_MS = 150;

/**
 * A stand-in: each stem has a direction of its own, a text the sum of them. It says nothing of what a model understands;
 * its vectors are as long and as crowded as those of one, and cost no time that would be measured here.
 */
function standIn(): (text: string) => Float32Array {
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

  return (text) => {
    const vector = new Float32Array(DIMENSIONS);
    for (const word of fold(text).split(/[^\p{L}\p{N}]+/u)) {
      if (word.length < 4) continue;
      const direction = directionOf(word.slice(0, 7));
      for (let place = 0; place < DIMENSIONS; place += 1)
        vector[place] = (vector[place] ?? 0) + (direction[place] ?? 0);
    }
    const length = Math.hypot(...vector) || 1;
    return vector.map((number) => number / length);
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

type Search = Awaited<ReturnType<typeof openLayers>>['search'];
type Times = { wall: number[]; cpu: number[] };

/** One before, so that what a server reads once is read. */
async function timesOf(search: Search, mode: Mode, texts: readonly string[]): Promise<Times> {
  await search({ text: texts[0] ?? '', page: 1, mode });
  const spent = openCpuMeter();
  const times: Times = { wall: [], cpu: [] };
  for (const text of texts) {
    const before = spent();
    times.wall.push((await timed(() => search({ text, page: 1, mode }))).ms);
    times.cpu.push(spent() - before);
  }
  return times;
}

async function measureMode(search: Search, mode: Mode, documents: number, among: string) {
  const measured: Measurement[] = [];
  const all: Times = { wall: [], cpu: [] };
  const add = (kind: string, { wall, cpu }: Times) => {
    const told = `p50 ${quantile(wall, 0.5).toFixed(1)}, of the processor ${quantile(cpu, 0.5).toFixed(1)}`;
    const name = `search, ${mode}, ${kind}, p95 ${among} (${told})`;
    measured.push({ name, value: quantile(wall, 0.95), unit: 'ms', budget: BUDGET_MS });
  };
  for (const { kind, texts } of queriesOf(documents)) {
    const times = await timesOf(search, mode, texts);
    all.wall.push(...times.wall);
    all.cpu.push(...times.cpu);
    add(kind, times);
  }
  add('all kinds', all);
  return measured;
}

type Measured = Pick<Database, 'db'> & Partial<Pick<Database, 'pool'>>;

async function measureOn({ db, pool }: Measured, passages: number, by: string) {
  const documents = Math.round(passages / PASSAGES_PER_DOCUMENT);
  const model = inProcess(standIn(), { name: 'stand-in', dimensions: DIMENSIONS });
  const { search, embedAll, embedded } = await openLayers(db, model);
  const index = createIndexService({
    store: createIndexStore(db),
    sources: [madeUp(documents)],
    detect: detectLanguage,
  });
  await index.rebuild(working);
  const { ms } = await timed(embedAll);
  const kept = await embedded();
  // All connections there are, or the meters would not know some of them.
  if (pool) await Promise.all(Array.from({ length: 8 }, () => pool.query('select pg_sleep(0.2)')));
  const among = `among ${kept} vectors of ${DIMENSIONS} by ${by} (the model is a stand-in)`;
  const rate = { name: `vectors kept, by ${by}`, value: kept / (ms / 1000), unit: '/s', budget: 100 };
  return [
    { ...rate, atLeast: true },
    ...(await measureMode(search, 'meaning', documents, among)),
    ...(await measureMode(search, 'both', documents, among)),
  ];
}

/** An empty database with pgvector: of somebody's server, or with `pglite` of one in this process, which is slower. */
async function openPgvector(where: string): Promise<Measured & { by: string; close: () => Promise<void> }> {
  if (where === 'pglite') {
    const folder = mkdtempSync(join(tmpdir(), 'keepercheky-bench-'));
    const { db, close } = await openWithPgvector(folder);
    const closeAll = () => close().then(() => rmSync(folder, { recursive: true }));
    return { db, by: 'pgvector as WebAssembly', close: closeAll };
  }
  const opened = await openDb({ databaseUrl: where });
  if (!opened.ok) throw new Error(opened.error.code);
  const migrated = await migrate(opened.value.pool, {
    folder: join(import.meta.dirname, '..', '..', 'migrations'),
  });
  if (!migrated.ok) throw new Error(migrated.error.code);
  return { ...opened.value, by: 'pgvector' };
}

/** By meaning, and by both: on the private PostgreSQL, and on one with pgvector where it is told which. */
export async function measureSearchMeaning(passages: number, pgvector: string): Promise<Measurement[]> {
  const database = await openBenchDatabase();
  const measured = await measureOn(database, passages, 'signs');
  await database.close();
  if (pgvector === '') {
    console.log('pgvector is not measured: give --pgvector the address of an empty database, or "pglite"');
    return measured;
  }
  const other = await openPgvector(pgvector);
  const near = await measureOn(other, passages, other.by);
  await other.close();
  return [...measured, ...near];
}
