import type { Measurement } from '../measurement.ts';
import { sorts, type Sort } from './judged.ts';

export type Score = { engine: string; sort: Sort; ndcg: number; recall: number; rank: number };

const measures = { ndcg: 'nDCG@10', recall: 'recall@50', rank: 'MRR' } as const;
type Measure = keyof typeof measures;

/** What has to be beaten; everything else in the table is ours. */
const others: readonly string[] = ['ts_rank', 'FTS5 bm25'];

const groups: Readonly<Record<string, (sort: Sort) => boolean>> = {
  ...Object.fromEntries(sorts.map((one) => [one, (sort: Sort) => sort === one])),
  // The others know nothing of slips of the keyboard, and would be beaten by that alone.
  'rightly spelt': (sort) => sort !== 'misspelt',
  all: () => true,
};

function mean(scores: readonly Score[], engine: string, measure: Measure): number {
  const own = scores.filter((score) => score.engine === engine);
  return own.reduce((sum, score) => sum + score[measure], 0) / own.length;
}

/** Every measure of every engine, by sort of query and over all, as lines to read. */
export function tableOf(scores: readonly Score[]): string {
  const engines = [...new Set(scores.map(({ engine }) => engine))];
  const line = (name: string, cells: readonly string[]) =>
    name.padEnd(20) + cells.map((cell) => cell.padStart(12)).join('');
  const row = ([name, holds]: (typeof entries)[number], measure: Measure) => {
    const own = scores.filter(({ sort }) => holds(sort));
    const cells = engines.map((engine) => mean(own, engine, measure).toFixed(3));
    return line(`${name} (${own.length / engines.length})`, cells);
  };
  const entries = Object.entries(groups);
  return (Object.keys(measures) as Measure[])
    .flatMap((measure) => ['', line(measures[measure], engines), ...entries.map((one) => row(one, measure))])
    .join('\n');
}

/** Ours beside the better of the others. */
export function measurementsOf(scores: readonly Score[]): Measurement[] {
  const ours = [...new Set(scores.map(({ engine }) => engine))].filter((engine) => !others.includes(engine));
  const spelt = scores.filter(({ sort }) => groups['rightly spelt']?.(sort));
  const compare = (own: readonly Score[], engine: string, measure: Measure, of: string): Measurement => ({
    name: `search by ${engine}, ${measures[measure]} ${of} (at least the better of ${others.join(' and ')})`,
    value: mean(own, engine, measure),
    unit: '',
    budget: Number(Math.max(...others.map((other) => mean(own, other, measure))).toFixed(4)),
    atLeast: true,
  });
  return ours.flatMap((engine) => [
    ...(Object.keys(measures) as Measure[]).map((measure) =>
      compare(scores, engine, measure, 'of all judged queries'),
    ),
    compare(spelt, engine, 'ndcg', 'of those that are rightly spelt'),
  ]);
}
