import { expect, test } from 'vitest';
import { unknown } from '#core/fact.ts';
import { err, ok } from '#core/result.ts';
import type { Removal } from '../../core/removal/removal.ts';
import {
  aFilmNow,
  aRemoval,
  aSeasonRemoval,
  aShowNow,
  radarr,
  sonarr,
} from '../../core/removal/removal.fake.ts';
import { createTorrentHands } from './removal.torrents.ts';
import { aHeldTorrent, fakeTorrents, type HeldTorrent } from './torrents.fake.ts';
import type { World } from './world.fake.ts';

const rule = { remove: true, minRatio: 1, minSeedDays: null };
const film = aRemoval({ options: { ...aRemoval().options, torrents: rule } });
const linkOf = (path: string, sizeBytes = 8_000_000_000) => ({
  path: `/downloads${path}`,
  sizeBytes,
  linkOf: path,
});
const filmFile = '/films/Alma (2012)/Alma.mkv';

function setup(held: HeldTorrent[], siblings: readonly Removal[] = []) {
  const world: Pick<World, 'titles'> = { titles: { [radarr]: [aFilmNow()], [sonarr]: [aShowNow()] } };
  const fake = fakeTorrents(world, held);
  const hands = createTorrentHands({ ...fake, removals: { ofRun: async () => [...siblings] } });
  /** As the saga does it: looked at, removed, and then the torrents. */
  async function follow(removal: Removal) {
    const trace = await hands.traceOf(removal);
    const ids = removal.plannedFiles.map((file) => file.externalId);
    for (const titles of Object.values(world.titles))
      for (const title of titles) title.files = title.files.filter((file) => !ids.includes(file.externalId));
    const state = { is: 'under-way', step: 'torrents', begunAt: new Date(0), tries: 0, bytes: 0 } as const;
    return { trace, settled: await hands.settle({ ...removal, state: { ...state, notes: [], trace } }) };
  }
  return { ...fake, hands, follow, world };
}

test('the torrent follows its film, and a torrent of something else does not', async () => {
  const other = aHeldTorrent({ hash: 'other', files: [linkOf('/films/Berta/Berta.mkv')] });
  const { follow, deeds } = setup([aHeldTorrent({ hash: 'film', files: [linkOf(filmFile)] }), other]);
  expect((await follow(film)).settled).toEqual(ok([]));
  expect(deeds).toEqual([{ hash: 'film', deleteFiles: true, stillInLibrary: [] }]);
});

test('a file with one name leaves no mark: its number is another file’s soon', async () => {
  const { follow } = setup([]);
  expect((await follow(film)).trace).toEqual({ marks: [], downloads: [] });
});

test('a client that answers with nothing while the files have another name is told of, and no other silence is', async () => {
  const held = [aHeldTorrent({ hash: 'film', files: [linkOf(filmFile)] })];
  const { follow, deeds, client } = setup(held);
  Object.assign(client, { torrents: async () => ok([]) });
  expect((await follow(film)).settled).toEqual(ok(['no-torrent-told']));
  expect(deeds).toEqual([]);
  expect((await setup([]).follow(film)).settled).toEqual(ok([])); // one name, so nothing holds it
});

test('a pack of two seasons goes with the second of them, when both went in one run', async () => {
  const paths = [1, 2].flatMap((season) =>
    [1, 2].map((episode) => `/series/Faro/Season ${season}/Faro S${season}E${episode}.mkv`),
  );
  const pack = aHeldTorrent({ hash: 'pack', files: paths.map((path) => linkOf(path, 1_000_000_000)) });
  const first = aSeasonRemoval({ options: film.options });
  const files = aShowNow().files.filter((file) => file.seasonNumber === 2);
  const second = aSeasonRemoval({
    id: 'removal-3',
    seasonNumber: 2,
    options: film.options,
    plannedFiles: files.map(({ externalId, path, sizeBytes }) => ({ externalId, path, sizeBytes })),
  });
  const siblings: Removal[] = [];
  const { follow, deeds } = setup([pack], siblings);
  const { trace, settled } = await follow(first);
  expect(settled).toEqual(ok(['holds-other-files (Alma)']));
  siblings.push({ ...first, state: { is: 'removed', at: new Date(0), freedBytes: 0, notes: [], trace } });
  expect((await follow(second)).settled).toEqual(ok([]));
  expect(deeds.map(({ hash }) => hash)).toEqual(['pack']);
});

test('T-12: a copy on another disk is known by the hash in the history, asked for before the title goes', async () => {
  const copy = aHeldTorrent({
    hash: 'abc',
    files: [{ path: '/downloads/x.mkv', sizeBytes: 8_000_000_000, linkOf: null }],
  });
  const { follow, deeds, managers } = setup([copy]);
  Object.assign(managers, { downloadsOf: async () => ok(['ABC']) });
  expect((await follow(film)).trace.downloads).toEqual(['abc']);
  expect(deeds.map(({ hash }) => hash)).toEqual(['abc']);
});

test('when the history cannot be asked, only fewer torrents are known', async () => {
  const { follow, managers } = setup([]);
  Object.assign(managers, {
    downloadsOf: async () => err({ code: 'step.unreachable', reason: 'timed out' }),
  });
  expect((await follow(film)).trace).toEqual({ marks: [], downloads: [] });
});

test('T-60: nothing goes while a file cannot be looked at', async () => {
  const held = [aHeldTorrent({ hash: 'film', files: [linkOf(filmFile)] })];
  const fake = fakeTorrents({ titles: { [radarr]: [] } }, held);
  const blind = createTorrentHands({
    ...fake,
    lookAt: async () => unknown('not-readable'),
    removals: { ofRun: async () => [] },
  });
  expect(await blind.settle(film)).toEqual(ok([]));
  expect(fake.deeds).toEqual([]);
});

test('when one client of two does not answer, nothing goes: it may seed the same files', async () => {
  const { follow, deeds, managers, client } = setup([
    aHeldTorrent({ hash: 'film', files: [linkOf(filmFile)] }),
  ]);
  const silent = {
    ...client,
    torrents: async () => err({ code: 'step.unreachable', reason: 'timed out' } as const),
  };
  const both = [
    ...(await managers.torrentClients()),
    { connectionId: radarr, name: 'Deluge', client: silent },
  ];
  managers.torrentClients = async () => both;
  expect((await follow(film)).settled).toMatchObject({ ok: false, error: { code: 'step.unreachable' } });
  expect(deeds).toEqual([]);
});

test('without the root folders a file of the library cannot be told from one of a torrent, so nothing goes', async () => {
  const { follow, deeds, ownPaths } = setup([aHeldTorrent({ hash: 'film', files: [linkOf(filmFile)] })]);
  ownPaths.rootFolders = async () => [];
  expect((await follow(film)).settled).toMatchObject({ ok: false, error: { code: 'step.changed' } });
  expect(deeds).toEqual([]);
});

test('a client that says yes and keeps the torrent is a problem', async () => {
  const { follow, client } = setup([aHeldTorrent({ hash: 'film', files: [linkOf(filmFile)] })]);
  client.remove = async () => ok(undefined);
  expect((await follow(film)).settled).toMatchObject({ ok: false, error: { code: 'step.still-there' } });
});
