import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from '../../tools/house/client.ts';
import { describedApi, type DescribedApi } from './described.ts';
import { openHouse, people, type House } from './support.ts';

let house: House;
let api: DescribedApi;
let key: string;

beforeAll(async () => {
  house = await openHouse({ films: 20, series: 2 });
  const { address } = house.program;
  const cookie = await signIn(address, people.admin.username, people.admin.password);
  const asAdmin = await describedApi(address, { cookie });
  ({ key } = (await asAdmin.ask('POST', '/auth/keys', { name: 'A script' })).body as { key: string });
  api = await describedApi(address, { 'x-api-key': key });
});
afterAll(() => house.close());

const sampleLine = /^([a-z_][a-z0-9_]*)(?:\{([^}]*)\})? (-?[0-9.e+-]+|NaN|[+-]Inf)$/i;
const labelPair = /^(\w+)="((?:[^"\\]|\\.)*)"$/;

type Sample = { metric: string; labels: { name: string; value: string }[]; value: number };

/** Reads the text as Prometheus does: a metric says its type first; anything else is an error. */
function readMetrics(text: string): Sample[] {
  const typed = new Set<string>();
  return text.split('\n').flatMap((line): Sample[] => {
    typed.add(/^# TYPE (\S+) (?:counter|gauge|histogram|summary)$/.exec(line)?.[1] ?? '');
    if (line === '' || /^# (HELP|TYPE) \S+ \S/.test(line)) return [];
    const [, metric = '', pairs = '', value = ''] = sampleLine.exec(line) ?? [];
    if (!typed.has(metric) && !typed.has(metric.replace(/_(bucket|sum|count)$/, '')))
      throw new Error(`no metric of Prometheus: ${line}`);
    const labels = pairs.split(/,(?=\w+=")/).filter((pair) => pair !== '');
    return [{ metric, labels: labels.map(readLabel), value: Number(value) }];
  });
}

function readLabel(pair: string): { name: string; value: string } {
  const [, name, value] = labelPair.exec(pair) ?? [];
  if (name === undefined || value === undefined) throw new Error(`no label of Prometheus: ${pair}`);
  return { name, value };
}

test('the metrics are Prometheus text and name no person and no secret', async () => {
  const response = await fetch(`${house.program.address}/metrics`, { headers: { 'x-api-key': key } });
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const samples = readMetrics(await response.text());
  const films = samples.find(
    ({ metric, labels }) => metric === 'keepercheky_library_items' && labels[0]?.value === 'film',
  );
  expect(films?.value).toBe((await api.get<{ total: number }>('/media?type=film')).total);

  const labels = samples.flatMap((one) => one.labels);
  expect(
    [...new Set(labels.map(({ name }) => name))].filter((name) => /user|token|key|title/.test(name)),
  ).toEqual([]);
  const inHouse = house.services.world.household.people.map(({ name }) => name);
  const accounts = Object.values(people).map(({ username }) => username);
  const secrets = [...inHouse, ...accounts, key, house.services.radarr.apiKey];
  expect(labels.filter(({ value }) => secrets.some((secret) => value.includes(secret)))).toEqual([]);
});

describe('the stream of events', () => {
  async function listen() {
    const response = await fetch(`${house.program.address}/api/v1/events`, {
      headers: { 'x-api-key': key, 'accept-encoding': 'gzip, br' },
    });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    let heard = '';
    const until = async (text: string) => {
      while (!heard.includes(text)) {
        const { done, value } = await reader.read();
        if (done) throw new Error(`the stream ended after: ${heard}`);
        heard += decoder.decode(value, { stream: true });
      }
    };
    return { response, until, reader };
  }

  test('comes uncompressed and tells what changed', async () => {
    const { response, until, reader } = await listen();
    expect(response.headers.get('content-encoding')).toBeNull();
    await until('event: hello');
    await api.ask('POST', '/library/sync');
    await until('data: library');
    await reader.cancel();
  });

  test('does not hold up the end of the program', async () => {
    const { until, reader } = await listen();
    await until('event: hello');
    // The program ends with 1 when it could not stop in time.
    expect(await house.program.stop()).toBe(0);
    expect((await reader.read()).done).toBe(true);
  });
});
