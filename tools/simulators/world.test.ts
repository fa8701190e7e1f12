import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seedHousehold } from '../seed.ts';
import { jellyfin, seerr, servarr } from './client.fake.ts';
import { startHousehold } from './start.ts';

const household = seedHousehold({ films: 60, series: 6, users: 4, now: new Date('2026-11-20T12:00:00Z') });
const asked = household.seerr.media.find((media) => media.kind === 'movie' && media.jellyfinMediaId !== null);
const movie = household.radarrs[0]?.movies.find((one) => one.title === asked?.title);
if (!asked || !movie?.file) throw new Error('the seed has no requested film');

test('what Radarr deletes is on no disk, still in Jellyfin until it looks, and still asked for in Seerr', async () => {
  const home = await startHousehold(household);
  const inJellyfin = async () =>
    (
      (await jellyfin(home.jellyfin)('GET', `/Items?ids=${asked.jellyfinMediaId ?? ''}`)).body as {
        Items: unknown[];
      }
    ).Items.length;
  const before = await inJellyfin();
  await servarr(home.radarr)('DELETE', `/movie/${String(movie.id)}?deleteFiles=true`);
  await home.settle();
  expect(await inJellyfin()).toBe(before);
  await jellyfin(home.jellyfin)('POST', '/Library/Refresh');
  await home.settle();
  expect(await inJellyfin()).toBe(0);
  const request = home.seerr.state.requests.find((one) => one.mediaId === asked.id);
  expect((await seerr(home.seerr)('GET', `/request/${String(request?.id)}`)).status).toBe(200);
  await home.close();
});

test('two Radarrs use the same numbers for different films', async () => {
  const home = await startHousehold(household);
  const title = async (server: typeof home.radarr) =>
    (await servarr(server)('GET', '/movie/2')).body as { tmdbId: number };
  expect((await title(home.radarr)).tmdbId).not.toBe((await title(home.radarr4k)).tmdbId);
  await home.close();
});

test('a world that is kept on disk goes on where it was', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'world-'));
  const stateFile = join(folder, 'world.json');
  const first = await startHousehold(household, { stateFile });
  await servarr(first.radarr)('DELETE', `/movie/${String(movie.id)}?deleteFiles=true`);
  await first.settle();
  const used = first.world.storage.disks.map((disk) => disk.usedBytes);
  await first.close();
  const second = await startHousehold(household, { stateFile });
  expect((await servarr(second.radarr)('GET', `/movie/${String(movie.id)}`)).status).toBe(404);
  expect(second.world.storage.disks.map((disk) => disk.usedBytes)).toEqual(used);
  await second.close();
  await rm(folder, { recursive: true });
});
