import { expect, test } from 'vitest';
import { unknown } from '#core/fact.ts';
import type { ItemId } from '#core/ids.ts';
import { err } from '#core/result.ts';
import { noBytes } from '../../core/removal/honest-bytes.ts';
import {
  aFilmNow,
  aRemoval,
  aSeasonRemoval,
  aShowNow,
  radarr,
  sonarr,
} from '../../core/removal/removal.fake.ts';
import { targetOf, fakeTime } from './execution.fake.ts';
import { createHonestBytes, MOST_ITEMS } from './honest-bytes.service.ts';
import { aHeldTorrent, fakeTorrents, type HeldTorrent } from './torrents.fake.ts';

const film = targetOf(aRemoval());
const season = targetOf(aSeasonRemoval());
const filmBytes = 8_000_000_000;
const filmTorrent = () =>
  aHeldTorrent({
    hash: 'film',
    files: [{ path: '/downloads/Alma.mkv', sizeBytes: filmBytes, linkOf: '/films/Alma (2012)/Alma.mkv' }],
  });

function setup(held: HeldTorrent[]) {
  const calls: string[] = [];
  const fake = fakeTorrents({ titles: { [radarr]: [aFilmNow()], [sonarr]: [aShowNow()] } }, held, (call) => {
    calls.push(call);
    return 'none';
  });
  const asked: ItemId[][] = [];
  const deps = {
    ...fake,
    library: {
      targets: async (ids: readonly ItemId[]) => {
        asked.push([...ids]);
        return [film, season].filter(({ itemId }) => ids.includes(itemId));
      },
    },
    time: { ...fakeTime(), pause: () => new Promise<void>(() => undefined) },
  };
  return { deps, calls, asked, honestBytes: createHonestBytes(deps) };
}

test('C-13: of each item, and of all of them together', async () => {
  const { honestBytes } = setup([filmTorrent()]);
  const { total, items, silent } = await honestBytes([film.itemId, season.itemId]);
  expect(total).toEqual({ ...noBytes, freesNow: 2e9, freesWithTorrents: filmBytes, torrents: 1 });
  expect(items.get(film.itemId)).toEqual({ ...noBytes, freesWithTorrents: filmBytes, torrents: 1 });
  expect(items.get(season.itemId)).toEqual({ ...noBytes, freesNow: 2e9 });
  expect(silent).toEqual([]);
});

test('where no file has a second name, no torrent client is asked', async () => {
  const { honestBytes, calls } = setup([]);
  expect((await honestBytes([season.itemId])).total.freesNow).toBe(2e9);
  expect(calls).toEqual([]);
});

test('the next page does not ask for every file again', async () => {
  const { honestBytes, calls } = setup([filmTorrent()]);
  await honestBytes([film.itemId]);
  await honestBytes([film.itemId, season.itemId]);
  expect(calls.filter((call) => call === 'torrents')).toHaveLength(1);
});

test('J-84 FIX: what cannot be seen is not taken for free', async () => {
  const { deps } = setup([filmTorrent()]);
  const blind = createHonestBytes({ ...deps, lookAt: async () => unknown('not-readable') });
  expect((await blind([film.itemId])).total).toEqual({ ...noBytes, unseen: { files: 1, bytes: filmBytes } });
});

test('a client that does not answer is named, and what it may hold is nobody’s to free', async () => {
  const { deps } = setup([filmTorrent()]);
  const [open] = await deps.managers.torrentClients();
  if (!open) throw new Error('no client');
  const torrents = async () => err({ code: 'step.unreachable', reason: 'x' } as const);
  const managers = { torrentClients: async () => [{ ...open, client: { ...open.client, torrents } }] };
  const { total, silent } = await createHonestBytes({ ...deps, managers })([film.itemId]);
  expect(total).toEqual({ ...noBytes, heldElsewhere: filmBytes });
  expect(silent).toEqual(['qBittorrent']);
});

test('one that hangs does not hang the page', async () => {
  const { deps } = setup([filmTorrent()]);
  const [open] = await deps.managers.torrentClients();
  if (!open) throw new Error('no client');
  const client = { ...open.client, torrents: () => new Promise<never>(() => undefined) };
  const managers = { torrentClients: async () => [{ ...open, client }] };
  const hasty = createHonestBytes({
    ...deps,
    managers,
    time: { ...deps.time, pause: async () => undefined },
  });
  expect((await hasty([film.itemId])).silent).toEqual(['qBittorrent']);
});

test(`never more than ${MOST_ITEMS} items, each once`, async () => {
  const { honestBytes, asked } = setup([]);
  const many = Array.from({ length: 5000 }, (_, index) => `x-${index}` as ItemId);
  await honestBytes([...many, ...many]);
  expect(asked[0]).toHaveLength(MOST_ITEMS);
});
