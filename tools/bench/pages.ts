import type { ApiClient } from '../house/client.ts';
import { draftPolicy } from '../house/policies.ts';
import { quantile, timed, type Measurement } from './measurement.ts';

const SAMPLES = 100;
/** Of each filter and each sort; the slowest of them is named. */
const SAMPLES_OF_EACH = 25;
const WARM_UP = 5;

/** What people open every day, and what an API client asks. */
const usual = ['', '?q=mar', '?type=film&sort=size&direction=down', '?type=show', '?sort=watched&page=20'];

const filters = [
  'q=mar',
  'type=show',
  'type=season',
  ...['due', 'leaving-soon', 'eligible', 'protected', 'unknown', 'kept', 'unmanaged', 'excluded'].map(
    (status) => `status=${status}`,
  ),
  'tag=keep',
  'requester=Ana',
  'minBytes=5000000000',
  'maxBytes=5000000000',
  'minAgeDays=365',
  'maxAgeDays=365',
  'unwatchedDays=180',
  'watchedDays=180',
  'neverWatched=true',
].map((filter) => `?${filter}`);

const sorts = ['title', 'year', 'size', 'added', 'watched', 'due'].flatMap((sort) => [
  `?sort=${sort}`,
  `?sort=${sort}&direction=down`,
]);

/** Where pages are read, and as whom. */
export type Reader = { address: string; cookie: string };
export type Site = Reader & { api: ApiClient };

async function read({ address, cookie }: Reader, path: string): Promise<number> {
  const { ms, result } = await timed(async () => {
    const response = await fetch(address + path, { headers: { cookie } });
    await response.text();
    return response.status;
  });
  if (result !== 200) throw new Error(`${path} answered ${result}`);
  return ms;
}

export async function readAll(site: Reader, paths: readonly string[], samples: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = -Math.max(WARM_UP, paths.length); index < samples; index += 1) {
    const ms = await read(site, paths[(index + samples) % paths.length] ?? '/');
    if (index >= 0) times.push(ms);
  }
  return times;
}

export const p95 = (times: readonly number[]) => quantile(times, 0.95);

export async function slowest(
  site: Reader,
  path: string,
  asks: readonly string[],
): Promise<{ ask: string; ms: number }> {
  let worst = { ask: '', ms: 0 };
  for (const ask of asks) {
    const ms = p95(await readAll(site, [path + ask], SAMPLES_OF_EACH));
    if (ms > worst.ms) worst = { ask, ms };
  }
  return worst;
}

/** The pages that ask most of the database, on a library that `fillUp` has made large. */
export async function measurePages(site: Site): Promise<Measurement[]> {
  const pages = await readAll(
    site,
    usual.map((query) => `/media${query}`),
    SAMPLES,
  );
  const answers = await readAll(
    site,
    usual.map((query) => `/api/v1/media${query}`),
    SAMPLES,
  );
  const dashboard = await readAll(site, ['/'], SAMPLES_OF_EACH);
  const filter = await slowest(site, '/media', filters);
  const sort = await slowest(site, '/media', sorts);
  const preview = await timed(() => site.api.post('/schedules/preview', draftPolicy));
  const page = (name: string, value: number): Measurement => ({ name, value, unit: 'ms', budget: 50 });
  return [
    page('media page of 50 000 items, p95', p95(pages)),
    page('media page of 50 000 items, median', quantile(pages, 0.5)),
    page('media list over the API, p95', p95(answers)),
    page(`media page, slowest filter (${filter.ask}), p95`, filter.ms),
    page(`media page, slowest sort (${sort.ask}), p95`, sort.ms),
    page('dashboard on 50 000 items, p95', p95(dashboard)),
    { name: 'preview of a policy over 50 000 items', value: preview.ms / 1000, unit: 's', budget: 3 },
  ];
}
