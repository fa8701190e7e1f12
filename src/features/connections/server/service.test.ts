import { expect, test } from 'vitest';
import type { ConnectionId } from '#core/ids.ts';
import { err, ok } from '#core/result.ts';
import { connectionsApi } from './api.ts';
import { aConnection, fakeConnections, fakeKeyBox, fakeProbers } from './ports.fake.ts';
import type { StoredConnection } from './ports.ts';
import { createConnectionsService } from './service.ts';

const now = new Date('2026-01-31T00:00:00Z');
const draft = {
  kind: 'radarr',
  name: 'New',
  url: 'nas:7878/',
  key: 'k1',
  enabled: true,
  pathMappings: [],
} as const;

function setup(initial: readonly StoredConnection[] = [aConnection()]) {
  const fake = fakeProbers();
  const files = new Set<string>();
  const moved: string[] = [];
  let next = 1;
  const service = createConnectionsService({
    store: fakeConnections(initial),
    probers: fake.probers,
    secrets: fakeKeyBox,
    mapPath: (path, mappings) =>
      mappings.reduce((mapped, { theirs, ours }) => mapped.replace(theirs, ours), path),
    isFile: async (path) => files.has(path),
    moving: async (id) => void moved.push(id),
    newId: () => `new${String(next++)}`,
    clock: { now: () => now },
  });
  return { service, files, moved, ...fake };
}

test('a new connection is tidied, sealed and tested, and never shows its key', async () => {
  const { service, asked } = setup();
  const created = await service.create(draft);
  expect(created).toEqual({
    ok: true,
    value: {
      id: 'new1',
      kind: 'radarr',
      name: 'New',
      url: 'http://nas:7878',
      enabled: true,
      pathMappings: [],
      health: { state: 'online', since: now, product: 'Radarr', version: '6.0.3' },
    },
  });
  expect(asked).toEqual([{ kind: 'radarr', url: 'http://nas:7878', key: 'k1' }]);
  expect(JSON.stringify(await service.list())).not.toMatch(/k1|sealed/);
});

test('a connection is saved although its service does not answer', async () => {
  const { service, answers } = setup([]);
  answers(err({ code: 'probe.timed-out', afterMs: 10_000 }));
  expect(await service.create(draft)).toMatchObject({
    ok: true,
    value: { health: { state: 'offline', since: now } },
  });
  expect(await service.list()).toHaveLength(1);
});

test('an address that cannot be used and a name that is taken change nothing', async () => {
  const { service, asked } = setup();
  expect(await service.create({ ...draft, url: 'http://169.254.169.254' })).toEqual(
    err({ code: 'connections.bad-address', field: 'url', why: 'address.metadata' }),
  );
  expect(await service.create({ ...draft, name: 'Films' })).toEqual(err({ code: 'connections.name-taken' }));
  expect([await service.list(), asked]).toMatchObject([{ length: 1 }, { length: 0 }]);
});

test('a change without a key keeps the key', async () => {
  const { service } = setup();
  await service.update('c0000001', { name: 'Renamed', url: 'http://radarr:7878/base' });
  expect(await service.target('c0000001' as ConnectionId)).toEqual(
    ok({ kind: 'radarr', url: 'http://radarr:7878/base', key: 'abc' }),
  );
});

test.each(['http://evil:7878', 'http://radarr:7879', 'https://radarr:7878'])(
  'a saved key is not sent to another server: %s',
  async (url) => {
    const { service, asked } = setup();
    const refused = err({ code: 'connections.key-required', field: 'key' });
    expect(await service.update('c0000001', { url })).toEqual(refused);
    expect(await service.testDraft({ id: 'c0000001', kind: 'radarr', url })).toEqual(refused);
    expect(asked).toEqual([]);
    expect(await service.update('c0000001', { url, key: 'k2' })).toMatchObject({ ok: true, value: { url } });
    expect(asked).toEqual([{ kind: 'radarr', url, key: 'k2' }]);
  },
);

test('a saved key is not sent as the key of another kind of service', async () => {
  const { service } = setup();
  expect(
    await service.testDraft({ id: 'c0000001', kind: 'jellyfin', url: 'http://radarr:7878' }),
  ).toMatchObject({ ok: false });
});

test('a draft of a saved connection is tested with the saved key, and nothing is kept', async () => {
  const { service, asked } = setup();
  const outcome = await service.testDraft({ id: 'c0000001', kind: 'radarr', url: 'radarr:7878/base' });
  expect(outcome).toMatchObject({ ok: true, value: { ok: true, value: { product: 'Radarr' } } });
  expect(asked).toEqual([{ kind: 'radarr', url: 'http://radarr:7878/base', key: 'abc' }]);
  expect(await service.find('c0000001')).toMatchObject({
    value: { url: 'http://radarr:7878', health: { state: 'untested' } },
  });
});

test('the round of tests leaves out what is switched off', async () => {
  const { service, asked } = setup([
    aConnection(),
    aConnection({ id: 'c2' as ConnectionId, name: 'Off', enabled: false }),
  ]);
  await service.testAll();
  expect(asked).toHaveLength(1);
  expect((await service.list()).map(({ health }) => health.state)).toEqual(['online', 'untested']);
});

test('T-60 a path mapping is tried on a real file of the service', async () => {
  const { service, files, hasFile } = setup();
  hasFile('/movies/a.mkv');
  files.add('/srv/movies/a.mkv');
  const mappings = [{ theirs: '/movies', ours: '/srv/movies' }];
  expect(await service.tryPaths('c0000001', mappings)).toEqual(
    ok(ok({ theirs: '/movies/a.mkv', ours: '/srv/movies/a.mkv', found: true })),
  );
  expect(await service.tryPaths('c0000001')).toMatchObject({
    value: { value: { ours: '/movies/a.mkv', found: false } },
  });
});

test('the API never tells a key, and refuses in problem details', async () => {
  const { service } = setup();
  const api = connectionsApi(service);
  const send = (path: string, method: string, body: unknown) =>
    api.request(path, {
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });

  const created = await send('/services', 'POST', draft);
  expect([created.status, await created.text()]).toEqual([201, expect.not.stringContaining('k1') as string]);

  const wrong = await send('/services', 'POST', { ...draft, name: 'Other', url: 'http://a:b@c' });
  expect(wrong.status).toBe(400);
  expect(await wrong.json()).toMatchObject({
    code: 'connections.bad-address',
    errors: [{ path: 'url', code: 'address.has-credentials' }],
  });

  expect((await send('/services', 'POST', { ...draft, surprise: 1 })).status).toBe(400);
  expect((await send('/services/c0000001', 'PATCH', { url: 'http://evil' })).status).toBe(400);
  expect((await send('/services/test', 'POST', { kind: 'radarr', url: 'nas', key: 'k' })).status).toBe(200);
  expect((await api.request('/services/c0000001/test', { method: 'POST' })).status).toBe(200);
  expect((await api.request('/services/nope', { method: 'DELETE' })).status).toBe(404);
  expect((await api.request('/services/c0000001', { method: 'DELETE' })).status).toBe(204);
});

test('whoever relies on what a service told hears that its address changes, and only then', async () => {
  const { service, moved } = setup();
  const { id } = aConnection();
  await service.update(id, { name: 'Other name' });
  expect(moved).toEqual([]);
  await service.update(id, { url: 'http://elsewhere:7878', key: 'k2' });
  expect(moved).toEqual([id]);
});
