import { beforeEach, describe, expect, test } from 'vitest';
import type { Http } from '#server/platform/http.ts';
import type { Prober } from '#features/connections/server/ports.ts';
import type { ConnectionTarget, TorrentClientKind } from '#features/connections/core/connection.ts';
import type { TorrentClient } from '#features/cleanup/server/ports.ts';
import { startDeluge } from '#tools/simulators/deluge/start.ts';
import { startQbittorrent } from '#tools/simulators/qbittorrent/start.ts';
import {
  aTorrentRow,
  sizeOf,
  type TorrentOptions,
  type TorrentRow,
} from '#tools/simulators/torrents/torrents.ts';
import { startTransmission } from '#tools/simulators/transmission/start.ts';
import { createWorld, type World } from '#tools/simulators/world.ts';
import { createDelugeProber } from './deluge/probe.ts';
import { createDelugeClient } from './deluge/torrent-client.ts';
import { createQbittorrentProber } from './qbittorrent/probe.ts';
import { createQbittorrentClient } from './qbittorrent/torrent-client.ts';
import { promptHttp, smallHousehold, targetOf, valueOf } from './simulated.fake.ts';
import { createTransmissionProber } from './transmission/probe.ts';
import { createTransmissionClient } from './transmission/torrent-client.ts';

const household = smallHousehold();
const http = promptHttp();

const FOLDER = '/media/disk1/downloads/complete';
const rows: readonly TorrentRow[] = [
  aTorrentRow({
    hash: 'a'.repeat(40),
    files: [
      { name: 'Faro.S01/Faro.S01E01.mkv', sizeBytes: 700 },
      { name: 'Faro.S01/Faro.S01E02.mkv', sizeBytes: 800 },
      { name: 'Faro.S01/faro.nfo', sizeBytes: 1 },
    ],
    ratio: 2.25,
    seedingSeconds: 864_000,
    category: 'sonarr',
  }),
  aTorrentRow({ hash: 'b'.repeat(40), files: [{ name: 'Alma.mkv', sizeBytes: 5_000_000_000 }], ratio: -1 }),
  aTorrentRow({
    hash: 'c'.repeat(40),
    files: [{ name: 'Half.mkv', sizeBytes: 100 }],
    progress: 0.5,
    doing: 'downloading',
  }),
  aTorrentRow({ hash: 'd'.repeat(40), files: [{ name: 'Check.mkv', sizeBytes: 100 }], doing: 'checking' }),
];

type Running = {
  url: string;
  apiKey: string;
  torrents: { all: () => TorrentRow[] };
  faults: {
    add: (fault: { path: string; kind: 'timeout' | 'drop' | '500' | 'html' | 'truncated-json' }) => void;
  };
  requests: { method: string; path: string; body: string; status: number }[];
  restart: () => void;
  close: () => Promise<void>;
};

type Subject = {
  kind: TorrentClientKind;
  product: string;
  start: (world: World, options?: TorrentOptions) => Promise<Running>;
  open: (http: Http, target: ConnectionTarget) => TorrentClient;
  prober: (http: Http) => Prober;
  wrongKey: string;
};

const subjects: Subject[] = [
  {
    kind: 'qbittorrent',
    product: 'qBittorrent',
    start: (world, options) => startQbittorrent(world, { torrents: rows, ...options }),
    open: createQbittorrentClient,
    prober: createQbittorrentProber,
    wrongKey: 'admin:wrong',
  },
  {
    kind: 'transmission',
    product: 'Transmission',
    start: (world, options) => startTransmission(world, { torrents: rows, ...options }),
    open: createTransmissionClient,
    prober: createTransmissionProber,
    wrongKey: 'admin:wrong',
  },
  {
    kind: 'deluge',
    product: 'Deluge',
    start: (world, options) => startDeluge(world, { torrents: rows, ...options }),
    open: createDelugeClient,
    prober: createDelugeProber,
    wrongKey: 'wrong',
  },
];

describe.each(subjects)('$product', ({ kind, product, start, open, prober, wrongKey }) => {
  let world: World;
  let running: Running;
  let client: TorrentClient;

  beforeEach(async () => {
    world = createWorld(structuredClone(household));
    for (const row of rows)
      for (const file of row.files) world.storage.write(`${FOLDER}/${file.name}`, file.sizeBytes);
    running = await start(world);
    client = open(http, targetOf(kind, running));
    return async () => {
      await running.close();
      await world.close();
    };
  });

  test('tells every torrent, what it has given and for how long', async () => {
    const all = valueOf(await client.torrents());
    expect(all.map(({ hash }) => hash).sort()).toEqual(rows.map(({ hash }) => hash));
    expect(all.find(({ hash }) => hash.startsWith('a'))).toMatchObject({
      savePath: FOLDER,
      sizeBytes: sizeOf(rows[0] ?? aTorrentRow({ hash: '', files: [] })),
      ratio: 2.25,
      seedingSeconds: 864_000,
      finished: true,
      category: 'sonarr',
    });
    // -1 is no ratio at all, so it can reach none.
    expect(all.find(({ hash }) => hash.startsWith('b'))?.ratio).toBeNull();
  });

  test('what still comes, or is being checked, is not finished', async () => {
    const all = valueOf(await client.torrents());
    expect(all.filter(({ finished }) => finished).map(({ hash }) => hash[0])).toEqual(['a', 'b']);
  });

  test('the files are told with their whole path, and only of what was asked', async () => {
    const files = valueOf(await client.files(['a'.repeat(40), 'f'.repeat(40)]));
    expect([...files.keys()]).toEqual(['a'.repeat(40)]);
    expect(files.get('a'.repeat(40))).toEqual([
      { path: `${FOLDER}/Faro.S01/Faro.S01E01.mkv`, sizeBytes: 700 },
      { path: `${FOLDER}/Faro.S01/Faro.S01E02.mkv`, sizeBytes: 800 },
      { path: `${FOLDER}/Faro.S01/faro.nfo`, sizeBytes: 1 },
    ]);
    expect(valueOf(await client.files([]))).toEqual(new Map());
  });

  test('a torrent goes with its files, or without, and what is gone already is no problem', async () => {
    valueOf(await client.remove(['a'.repeat(40)], { deleteFiles: true }));
    valueOf(await client.remove(['b'.repeat(40), 'f'.repeat(40)], { deleteFiles: false }));
    expect(running.torrents.all().map(({ hash }) => hash[0])).toEqual(['c', 'd']);
    expect(world.storage.has(`${FOLDER}/Faro.S01/Faro.S01E01.mkv`)).toBe(false);
    expect(world.storage.has(`${FOLDER}/Alma.mkv`)).toBe(true);
  });

  test('removing nothing removes nothing: without ids Transmission would take all of them', async () => {
    valueOf(await client.remove([], { deleteFiles: true }));
    expect(running.torrents.all()).toHaveLength(rows.length);
    expect(running.requests.filter(({ body }) => /remove|delete/.test(body))).toEqual([]);
  });

  test('signs in once, and again after a restart', async () => {
    valueOf(await client.torrents());
    running.restart();
    expect(valueOf(await client.torrents())).toHaveLength(rows.length);
    valueOf(await client.remove(['a'.repeat(40)], { deleteFiles: true }));
    expect(running.torrents.all()).toHaveLength(rows.length - 1);
  });

  test.each(['500', 'drop', 'html', 'truncated-json'] as const)(
    'an answer that comes as "%s" is a problem, never an empty list',
    async (fault) => {
      valueOf(await client.torrents());
      running.faults.add({ path: '*', kind: fault });
      expect((await client.torrents()).ok).toBe(false);
      expect((await client.files(['a'.repeat(40)])).ok).toBe(false);
      if (fault !== 'html' && fault !== 'truncated-json')
        expect((await client.remove(['a'.repeat(40)], { deleteFiles: true })).ok).toBe(false);
    },
  );

  test('the probe names the product, and a wrong password', async () => {
    const { probe } = prober(http);
    expect(await probe(targetOf(kind, running))).toMatchObject({
      ok: true,
      value: { product, warnings: [] },
    });
    expect(await probe({ ...targetOf(kind, running), key: wrongKey })).toEqual({
      ok: false,
      error: { code: 'probe.key-refused' },
    });
  });

  test('the probe gives one real file to try the paths on (T-60)', async () => {
    const file = valueOf(await prober(http).sampleFile(targetOf(kind, running)));
    expect(world.storage.has(file ?? '')).toBe(true);
    const bare = await start(world, { torrents: [] });
    expect(valueOf(await prober(http).sampleFile(targetOf(kind, bare)))).toBeNull();
    await bare.close();
  });

  test('no problem that it tells holds the password', async () => {
    const secret = 'geheim-Zz9';
    const other = await start(world, { password: secret });
    other.faults.add({ path: '*', kind: '500' });
    const told = await open(http, targetOf(kind, other)).torrents();
    expect(told.ok).toBe(false);
    expect(JSON.stringify(told)).not.toContain(secret);
    await other.close();
  });
});

test.each(['4.6.7', '5.1.2', '5.2.0'])('qBittorrent %s: its login is understood', async (version) => {
  const running = await startQbittorrent(household, { version, torrents: rows });
  const target = targetOf('qbittorrent', running);
  expect(valueOf(await createQbittorrentClient(http, target).torrents())).toHaveLength(rows.length);
  const { probe } = createQbittorrentProber(http);
  expect(await probe({ ...target, key: 'admin:no' })).toMatchObject({ error: { code: 'probe.key-refused' } });
  await running.close();
});

test('qBittorrent shuts out who was wrong too often, and the probe says so', async () => {
  const running = await startQbittorrent(household, { torrents: rows });
  const target = targetOf('qbittorrent', running);
  const { probe } = createQbittorrentProber(http);
  for (let tries = 0; tries < 5; tries += 1) await probe({ ...target, key: 'admin:no' });
  expect(await probe(target)).toEqual({ ok: false, error: { code: 'probe.locked-out' } });
  await running.close();
});

test('Transmission is found at its address, at its web page and at its RPC', async () => {
  const running = await startTransmission(household, { torrents: rows });
  for (const end of ['', '/transmission', '/transmission/web', '/transmission/rpc']) {
    const target = { ...targetOf('transmission', running), url: `${running.url}${end}` };
    expect(valueOf(await createTransmissionClient(http, target).torrents())).toHaveLength(rows.length);
  }
  await running.close();
});

test('Deluge 1.3 tells its version in another way', async () => {
  const running = await startDeluge(household, { version: '1.3.15', torrents: rows });
  expect(await createDelugeProber(http).probe(targetOf('deluge', running))).toMatchObject({
    ok: true,
    value: { product: 'Deluge', version: '1.3.15' },
  });
  await running.close();
});
