import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from '../../tools/house/client.ts';
import { describedApi, type DescribedApi } from './described.ts';
import { openHouse, people, type House } from './support.ts';
import { archiveAFolder, hasPoppler, poll } from './text-folder.ts';

let house: House;
let api: DescribedApi;
let key: string;

beforeAll(async () => {
  house = await openHouse({ films: 40, series: 4 });
  const { address } = house.program;
  const cookie = await signIn(address, people.admin.username, people.admin.password);
  const asAdmin = await describedApi(address, { cookie });
  ({ key } = (await asAdmin.ask('POST', '/auth/keys', { name: 'A script' })).body as { key: string });
  api = await describedApi(address, { 'x-api-key': key });
});
afterAll(() => house.close());

type List<T> = { items: T[] };
type Entry = { itemId: string; title: string; sizeBytes: number };
type PlanAnswer = { totals: { remove: { items: number } }; entries: { items: Entry[]; total: number } };
type RunAnswer = {
  id: string;
  planId: string;
  mode: string;
  endedAt: string | null;
  outcome: { is: string };
};
type RemovalAnswer = { itemId: string; state: string; freedBytes: number };

const policy = {
  name: 'Old films',
  unit: 'film',
  kind: 'disk-pressure',
  tiers: [{ freeBelowPercent: 100, maxAge: '30d' }],
  target: { unit: 'percent', value: 100 },
  leavingSoon: '0d',
  caps: { items: 3, bytes: 500_000_000_000, libraryPercent: 100 },
};

const usedBytes = () => house.services.world.storage.disks.reduce((sum, disk) => sum + disk.usedBytes, 0);
const filesOf = async (id: string) =>
  (await api.get<{ files: { path: string }[] }>(`/media/${id}`)).files.map(({ path }) => path);

/** Runs the policy and waits for the run that was not there before. */
async function run(policyId: string): Promise<RunAnswer> {
  const runs = () => api.get<List<RunAnswer>>(`/runs?policyId=${policyId}`);
  const before = (await runs()).items.length;
  expect((await api.ask('POST', `/schedules/${policyId}/run`)).status).toBe(202);
  const { items } = await poll(
    runs,
    (now) => now.items.length > before && typeof now.items[0]?.endedAt === 'string',
  );
  return items[0] as RunAnswer;
}

describe('a key', () => {
  test.each([
    ['X-Api-Key', (secret: string) => ({ 'x-api-key': secret })],
    ['Authorization: Bearer', (secret: string) => ({ authorization: `Bearer ${secret}` })],
  ])('works in %s', async (_where, headersOf) => {
    const withKey = await describedApi(house.program.address, headersOf(key));
    expect(await withKey.get('/auth/session')).toMatchObject({ username: people.admin.username });
  });

  test('that is wrong is refused', async () => {
    const stranger = await describedApi(house.program.address, { 'x-api-key': `${key}x` });
    expect(await stranger.ask('GET', '/schedules')).toMatchObject({ status: 401 });
  });
});

test('a library is read, a plan looked at, run dry, armed and run, through the API alone', async () => {
  const { id: syncId } = (await api.ask('POST', '/library/sync')).body as { id: string };
  const sync = () => api.get<{ state: string }>(`/library/syncs/${syncId}`);
  expect((await poll(sync, ({ state }) => state !== 'queued' && state !== 'running')).state).toBe('done');

  const added = await api.ask('POST', '/schedules', policy);
  expect(added).toMatchObject({ status: 201, body: { armed: false, missingTags: [] } });
  const { id } = added.body as { id: string };
  const preview = () => api.get<PlanAnswer>(`/schedules/${id}/preview?fate=remove`);
  const kept = (await preview()).entries.items[0] as Entry;
  const keptFiles = await filesOf(kept.itemId);
  expect((await api.ask('POST', `/media/${kept.itemId}/exclude`, { note: 'ours' })).status).toBe(200);

  const wanted = (await preview()).entries.items;
  expect(wanted).toHaveLength(policy.caps.items);
  expect(wanted.map(({ itemId }) => itemId)).not.toContain(kept.itemId);
  const files = (await Promise.all(wanted.map(({ itemId }) => filesOf(itemId)))).flat();

  const before = usedBytes();
  expect(await run(id)).toMatchObject({ mode: 'dry', outcome: { is: 'done' } });
  expect(usedBytes()).toBe(before);

  expect(await api.ask('POST', `/schedules/${id}/arm`)).toMatchObject({ status: 200, body: { armed: true } });
  const real = await run(id);
  expect(real).toMatchObject({ mode: 'real', outcome: { is: 'done', items: wanted.length } });

  const { removals } = await api.get<{ removals: RemovalAnswer[] }>(`/runs/${real.id}`);
  expect(removals.map(({ itemId, state }) => [itemId, state])).toEqual(
    wanted.map(({ itemId }) => [itemId, 'removed']),
  );
  await house.services.settle();
  const { storage } = house.services.world;
  expect(before - usedBytes()).toBe(removals.reduce((sum, { freedBytes }) => sum + freedBytes, 0));
  expect(files.filter((path) => storage.has(path))).toEqual([]);
  expect(keptFiles.filter((path) => !storage.has(path))).toEqual([]);

  const history = await api.get<List<{ itemId: string }>>('/history?outcome=removed');
  expect(history.items.map(({ itemId }) => itemId)).toEqual(
    expect.arrayContaining(wanted.map(({ itemId }) => itemId)),
  );
});

/** One id of each kind of thing, as their lists give them. */
async function someIds(): Promise<Record<string, string[]>> {
  const idsAt = async (path: string) => (await api.get<List<{ id: string }>>(path)).items.map(({ id }) => id);
  const [films, shows, seasons, runs] = await Promise.all([
    idsAt('/media?type=film&pageSize=5'),
    idsAt('/media?type=show&pageSize=2'),
    idsAt('/media?type=season&pageSize=2'),
    api.get<List<RunAnswer>>('/runs'),
  ]);
  return {
    services: await idsAt('/services'),
    syncs: await idsAt('/library/syncs'),
    schedules: await idsAt('/schedules'),
    media: [...films, ...shows, ...seasons],
    runs: runs.items.map(({ id }) => id),
    plans: runs.items.map(({ planId }) => planId),
    removals: await idsAt('/history'),
  };
}

/** Nobody listens there; it is only read. */
const aChannel = {
  name: 'Nobody',
  topics: [],
  secret: 'a-secret-of-sixteen-letters',
  settings: { kind: 'webhook', url: 'http://127.0.0.1:9' },
};

/** The path with ids of things that are there. */
function filledIn(path: string, id: string, ids: Record<string, string[]>): string {
  const [map = '', picture = 'ab'.repeat(16)] = [ids['map']?.[0], ids['picture']?.[0]];
  if (path.includes('/pictures'))
    return path
      .replace('{sha}', map)
      .replace(/\{picture\}$/, `${picture}.webp`)
      .replace('{picture}', picture);
  if (path === '/honest-bytes') return `${path}?ids=${ids['media']?.[0]}`;
  return path
    .replace('{id}', id)
    .replace('{revision}', ids['revision']?.[0] ?? '')
    .replace('{sha}', ids['sha']?.[0] ?? '')
    .replace('{width}', '150');
}

test('everything that can be read answers as it is described', async () => {
  const ids = {
    ...(await someIds()),
    ...(await archiveAFolder({ api, address: house.program.address, key })),
  };
  expect(await api.ask('POST', '/notifications/channels', aChannel)).toMatchObject({ status: 201 });
  ids['channels'] = (await api.get<List<{ id: string }>>('/notifications/channels')).items.map(
    ({ id }) => id,
  );
  const reads = Object.keys(api.document.paths).filter(
    (path) => api.document.paths[path]?.['get'] && !path.endsWith('/events'),
  );
  expect(reads.length).toBeGreaterThan(20);
  for (const path of reads) {
    const short = path.replace('/api/v1', '');
    const things = /\/(\w+)\/\{id\}/.exec(short)?.[1];
    const own = things === undefined ? [''] : (ids[things] ?? []);
    expect(own.length, path).toBeGreaterThan(0);
    for (const id of own) {
      const { status } = await api.ask('GET', filledIn(short, id, ids));
      const isMissing = short.includes('{picture}') && !hasPoppler;
      const mayBeNone = isMissing || /\/(poster|removal|restore|latest)$|^\/collections\/\{id\}$/.test(short);
      expect(mayBeNone ? [200, 404, 409] : [200], path).toContain(status);
    }
  }
});

/** Bodies that no operation takes, and one that is nearly right. */
const badBodies = [
  '{"a":',
  '[]',
  '"text"',
  '{"surprise":1}',
  '{"name":"\\u0000"}',
  `"${'x'.repeat(2_000_000)}"`,
];
const badIds = ['nothing-1', '%2e%2e%2fetc', '%00', '%F0%9F%98%80', 'x'.repeat(3000), '%ff'];

test('what is wrong is refused as it is described, and nothing of it is a failure of ours', async () => {
  const paths = ['/services', '/schedules', '/users', '/settings', '/auth/keys', '/media'];
  const everything = () => Promise.all(paths.map((path) => api.get(path)));
  const before = await everything();
  for (const [path, operations] of Object.entries(api.document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      if (path.endsWith('/events') || path.endsWith('/sign-out')) continue;
      const short = path.replace('/api/v1', '');
      const hasBody = 'requestBody' in operation;
      const isUnknown = short.includes('{id}');
      const asks = isUnknown ? badIds.map((id) => short.replace('{id}', id)) : [short];
      for (const ask of asks) {
        if (!isUnknown && !hasBody) continue;
        for (const body of hasBody ? badBodies : [undefined]) {
          const { status } = await api.ask(method.toUpperCase(), ask, body);
          expect(status, `${method} ${ask} ${String(body).slice(0, 30)}`).toBeGreaterThanOrEqual(400);
          expect(status, `${method} ${ask} ${String(body).slice(0, 30)}`).toBeLessThan(500);
        }
      }
    }
  }
  // A key remembers when it was used.
  const timeless = (answers: unknown) => JSON.stringify(answers).replaceAll(/"lastUsedAt":"[^"]*"/g, '');
  expect(timeless(await everything())).toBe(timeless(before));
});
