/**
 * `npm run bench`: measures what architecture promises and prints it beside the budget. `-- --json FILE` also writes
 * `[{name, value, unit, budget, within}]`; `-- --only sync` runs the measurements whose name holds the word.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measureArchive } from './archive.ts';
import { measureArchivePages } from './archive-pages.ts';
import { measureFirstLoad } from './first-load.ts';
import { measureHouse } from './house.ts';
import { measureMedia } from './media.ts';
import { measurePlan } from './plan.ts';
import { measureQueue } from './queue.ts';
import { measureSearchMeaning } from './search-meaning.ts';
import { measureSearchSpeed } from './search-speed.ts';
import type { Measurement, Row } from './measurement.ts';
import { measureSearchQuality } from './search/quality.ts';
import { measureThumbnails } from './thumbnails.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    only: { type: 'string', default: '' },
    films: { type: 'string', default: '10000' },
    series: { type: 'string', default: '1000' },
    users: { type: 'string', default: '10' },
    passages: { type: 'string', default: '10000,100000' },
    pgvector: { type: 'string', default: '' },
  },
});

const size = { films: Number(values.films), series: Number(values.series), users: Number(values.users) };
const benches: Record<string, () => Promise<Measurement[]>> = {
  plan: measurePlan,
  queue: measureQueue,
  'first load': measureFirstLoad,
  thumbnails: measureThumbnails,
  'media store': measureMedia,
  'archive pages': measureArchivePages,
  'search quality': measureSearchQuality,
  'search speed': () => measureSearchSpeed(values.passages.split(',').map(Number)),
  'search speed by meaning': () =>
    measureSearchMeaning(Math.max(...values.passages.split(',').map(Number)), values.pgvector),
  'archive sync': measureArchive,
  house: () => measureHouse(size),
};

const rows: Row[] = [];
for (const [name, measure] of Object.entries(benches)) {
  if (!name.includes(values.only)) continue;
  for (const one of await measure()) {
    const within = one.atLeast ? one.value >= one.budget : one.value <= one.budget;
    rows.push({ name: one.name, value: one.value, unit: one.unit, budget: one.budget, within });
    const sign = one.atLeast ? '≥' : '≤';
    const value = `${Number(one.value.toPrecision(4))} ${one.unit}`.padStart(14);
    console.log(
      `${within ? 'within' : 'MISSED'}  ${value}  ${sign} ${one.budget} ${one.unit}`.padEnd(44),
      one.name,
    );
  }
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
process.exit(0);
