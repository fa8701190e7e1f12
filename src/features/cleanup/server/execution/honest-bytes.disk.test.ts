import { link, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTransmissionClient } from '#server/adapters/transmission/torrent-client.ts';
import { promptHttp, smallHousehold, targetOf as connectionOf } from '#server/adapters/simulated.fake.ts';
import { fileAt } from '#server/platform/files.ts';
import { aTorrentRow } from '#tools/simulators/torrents/torrents.ts';
import { startTransmission, type TransmissionSimulator } from '#tools/simulators/transmission/start.ts';
import { noBytes } from '../../core/removal/honest-bytes.ts';
import { aRemoval } from '../../core/removal/removal.fake.ts';
import { targetOf, fakeTime } from './execution.fake.ts';
import { createHonestBytes } from './honest-bytes.service.ts';
import { createTorrentHands } from './removal.torrents.ts';
import { fakeClientId } from './torrents.fake.ts';

let folder: string;
let transmission: TransmissionSimulator;
const SIZE = 1000;

/** Real files with real second names, a client as it is, and paths that are others inside the client (T-60). */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keepercheky-bytes-'));
  await mkdir(join(folder, 'films'));
  await mkdir(join(folder, 'downloads'));
  await writeFile(join(folder, 'films/Alma.mkv'), 'x'.repeat(SIZE));
  await link(join(folder, 'films/Alma.mkv'), join(folder, 'downloads/alma.2012.mkv'));
  const files = [{ name: 'alma.2012.mkv', sizeBytes: SIZE }];
  const torrents = [aTorrentRow({ hash: 'a'.repeat(40), savePath: '/data/torrents', files })];
  transmission = await startTransmission(smallHousehold(), { torrents });
});

afterEach(async () => {
  await transmission.close();
  await rm(folder, { recursive: true });
});

function setup() {
  const removal = aRemoval({
    plannedFiles: [{ externalId: 70, path: '/movies/Alma.mkv', sizeBytes: SIZE }],
    options: { ...aRemoval().options, torrents: { remove: true, minRatio: 1, minSeedDays: null } },
  });
  const client = createTransmissionClient(promptHttp(), connectionOf('transmission', transmission));
  const deps = {
    lookAt: fileAt,
    ownPaths: {
      ofConnection: async (_id: string, paths: readonly string[]) =>
        paths.map((path) =>
          path.replace('/movies', join(folder, 'films')).replace('/data/torrents', join(folder, 'downloads')),
        ),
      rootFolders: async () => [join(folder, 'films')],
    },
    managers: {
      torrentClients: async () => [{ connectionId: fakeClientId, name: 'Transmission', client }],
    },
  };
  const time = { ...fakeTime(), pause: () => new Promise<void>(() => undefined) };
  const honestBytes = createHonestBytes({
    ...deps,
    library: { targets: async () => [targetOf(removal)] },
    time,
  });
  return {
    removal,
    honestBytes,
    hands: createTorrentHands({ ...deps, removals: { ofRun: async () => [] } }),
  };
}

test('C-13 T-62: on a real disk, a hard link to a torrent frees when the torrent goes', async () => {
  const { honestBytes, removal } = setup();
  expect((await honestBytes([removal.itemId])).total).toEqual({
    ...noBytes,
    freesWithTorrents: SIZE,
    torrents: 1,
  });
  await link(join(folder, 'films/Alma.mkv'), join(folder, 'backup.mkv'));
  expect((await honestBytes([removal.itemId])).total).toEqual({ ...noBytes, heldElsewhere: SIZE });
});

test('when the last other name is gone it frees at once', async () => {
  const { honestBytes, removal } = setup();
  await rm(join(folder, 'downloads/alma.2012.mkv'));
  expect((await honestBytes([removal.itemId])).total).toEqual({ ...noBytes, freesNow: SIZE });
});

test('on a real disk, the torrent follows its film once the film is gone, and not before', async () => {
  const { hands, removal } = setup();
  const trace = await hands.traceOf(removal);
  expect(trace.marks).toHaveLength(1);
  const state = { is: 'under-way', step: 'torrents', begunAt: new Date(0), tries: 0, bytes: 0 } as const;
  const now = { ...removal, state: { ...state, notes: [], trace } };
  expect(await hands.settle(now)).toEqual({ ok: true, value: ['held-elsewhere (alma.2012.mkv)'] });
  await rm(join(folder, 'films/Alma.mkv'));
  expect(await hands.settle(now)).toEqual({ ok: true, value: [] });
  expect(transmission.torrents.all()).toEqual([]);
});
