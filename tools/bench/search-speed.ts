import { spawnSync } from 'node:child_process';
import { createIndexService } from '#features/search/server/index.service.ts';
import { createIndexStore } from '#features/search/server/index.store.ts';
import { detectLanguage } from '#features/search/server/language.ts';
import { noMeaning } from '#features/search/server/meaning/embedder.fake.ts';
import type { TextSource } from '#features/search/server/ports.ts';
import { createSearchService } from '#features/search/server/search.service.ts';
import { createShownStore } from '#features/search/server/shown.store.ts';
import { createWordsStore } from '#features/search/server/words.store.ts';
import type { Database } from '#server/platform/db.ts';
import { keepHeapSmall } from '#server/platform/small-heap.ts';
import { frugal } from '../bootstrap/frugal.mjs';
import { openCpuMeter } from './cpu.ts';
import { openBenchDatabase } from './database.ts';
import { quantile, timed, type Measurement } from './measurement.ts';
import { pssOf } from './memory.ts';
import { documentOf, PASSAGES_PER_DOCUMENT, refOf } from './search-corpus.ts';
import { queriesOf, typedTexts } from './search-queries.ts';

const number = (ref: string): number => Number(ref.slice('post'.length));

/** As many documents as the archive has by now; those of later rounds changed later. */
function madeUp(): { source: TextSource; grow: (documents: number) => void } {
  let count = 0;
  const changedAt = new Date('2026-01-01T00:00:00Z');
  const source: TextSource = {
    kind: 'post',
    changed: (_since, after, limit) => {
      const from = after === null ? indexed : number(after.ref) + 1;
      const length = Math.max(0, Math.min(limit, count - from));
      return Promise.resolve(Array.from({ length }, (_, index) => ({ ref: refOf(from + index), changedAt })));
    },
    documents: (refs) => Promise.resolve(refs.map((ref) => documentOf(number(ref)))),
    existing: (refs) => Promise.resolve(new Set(refs)),
  };
  let indexed = 0;
  return {
    source,
    grow: (documents) => {
      indexed = count;
      count = documents;
    },
  };
}

function parts({ db }: Pick<Database, 'db'>) {
  const { source, grow } = madeUp();
  const index = createIndexService({
    store: createIndexStore(db),
    sources: [source],
    detect: detectLanguage,
  });
  const search = createSearchService({
    words: createWordsStore(db),
    shown: createShownStore(db),
    meaning: noMeaning,
    onTrouble: () => undefined,
    clock: { now: () => new Date() },
  });
  return { index, search, grow };
}

type Parts = ReturnType<typeof parts>;

type Times = { wall: number[]; cpu: number[] };

/** The first of each kind is asked before, so that what a server reads once is read. */
async function timesOf<T>(asks: readonly T[], ask: (one: T) => Promise<unknown>): Promise<Times> {
  for (const one of asks.slice(0, 3)) await ask(one);
  const spent = openCpuMeter();
  const times: Times = { wall: [], cpu: [] };
  for (const one of asks) {
    const before = spent();
    times.wall.push((await timed(() => ask(one))).ms);
    times.cpu.push(spent() - before);
  }
  return times;
}

const rounded = (value: number): string => value.toFixed(1);

async function measureQueries({ search, index }: Parts, documents: number): Promise<Measurement[]> {
  const { passages } = await index.counts();
  const measured: Measurement[] = [];
  const add = (what: string, { wall, cpu }: Times, budget: number) => {
    const told = `p50 ${rounded(quantile(wall, 0.5))}, of the processor ${rounded(quantile(cpu, 0.5))}`;
    const name = `${what} among ${passages} passages, p95 (${told})`;
    measured.push({ name, value: quantile(wall, 0.95), unit: 'ms', budget });
  };
  const all: Times = { wall: [], cpu: [] };
  for (const { kind, texts } of queriesOf(documents)) {
    const times = await timesOf(texts, (text) => search.search({ text, page: 1 }));
    all.wall.push(...times.wall);
    all.cpu.push(...times.cpu);
    add(`search, ${kind}`, times, 50);
  }
  add('search by words, all kinds', all, 50);
  add('suggest', await timesOf(typedTexts(), search.suggest), 20);
  return measured;
}

type Grown = { measured: Measurement[]; peak: number };

async function growTo(parts: Parts, from: number, passages: number): Promise<Grown> {
  const documents = Math.round(passages / PASSAGES_PER_DOCUMENT);
  const before = (await parts.index.counts()).passages;
  let peak = 0;
  const progress = ({ done }: { done: number }) => {
    if (done % 2000 === 0) peak = Math.max(peak, pssOf(process.pid));
  };
  parts.grow(documents);
  const spent = openCpuMeter();
  const spentBefore = spent();
  const { ms } = await timed(() =>
    parts.index.catchUp('post', { signal: new AbortController().signal, progress }),
  );
  const cpu = spent() - spentBefore;
  const written = (await parts.index.counts()).passages - before;
  const queries = await measureQueries(parts, documents);
  const rate = {
    name: `index from ${from} to ${passages} passages (of the processor ${rounded(cpu / written)} ms each)`,
    value: written / (ms / 1000),
    unit: '/s',
    budget: 500,
    atLeast: true,
  };
  return { measured: [rate, ...queries], peak: Math.max(peak, pssOf(process.pid)) };
}

/** An index that grows by the program's own service; what is asked of it is measured at each of these sizes. */
async function measureHere(sizes: readonly number[]): Promise<Measurement[]> {
  const database = await openBenchDatabase();
  try {
    // All connections there are, or the meters would not know some of them.
    await Promise.all(Array.from({ length: 8 }, () => database.pool.query('select pg_sleep(0.2)')));
    documentOf(0); // its words are the bench's and not the program's
    const idle = pssOf(process.pid);
    const opened = parts(database);
    const measured: Measurement[] = [];
    let peak = 0;
    for (const [round, passages] of sizes.entries()) {
      const grown = await growTo(opened, sizes[round - 1] ?? 0, passages);
      measured.push(...grown.measured);
      peak = Math.max(peak, grown.peak);
    }
    const memory = { name: 'memory growth by indexing and searching (PSS)', value: peak - idle, unit: 'MB' };
    return [...measured, { ...memory, budget: 60 }];
  } finally {
    await database.close();
  }
}

/** In a process of its own that is as sparing with memory as the program is. */
export function measureSearchSpeed(sizes: readonly number[]): Promise<Measurement[]> {
  const { stdout } = spawnSync(
    process.execPath,
    [...frugal.flags, import.meta.filename, ...sizes.map(String)],
    {
      env: { ...process.env, ...frugal.environment },
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
    },
  );
  return Promise.resolve(JSON.parse(stdout) as Measurement[]);
}

if (import.meta.main) {
  keepHeapSmall();
  process.stdout.write(JSON.stringify(await measureHere(process.argv.slice(2).map(Number))));
  process.exit(0);
}
