import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ConnectionId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { aFilm, aSeason, aShow, radarr } from '../../core/build.fake.ts';
import { aLibraryRow, insertRows } from '../library-rows.fake.ts';
import { createTwins } from './twins.store.ts';

const radarr4k = 'radarr4k' as ConnectionId;
const hd = aFilm({ title: 'Alma', year: 2001 });
const uhd = aFilm({ title: 'Alma', year: 2001, connectionId: radarr4k });
const remake = aFilm({ title: 'Alma', year: 2020 });
const show = aShow({ title: 'Borgen' });
const seasons = [aSeason(show, 1), aSeason(show, 2)];

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  await database.pool.query('truncate library_items');
  await insertRows(
    database.db,
    [hd, uhd, remake, show, ...seasons].map((item) =>
      aLibraryRow(item, { qualityProfile: item === uhd ? 'Ultra-HD' : 'HD-1080p' }),
    ),
  );
});

test('J-95: only what stands there twice says where it stands, also when its twin is on another page', async () => {
  const twinsOf = createTwins(database.db, async () => [
    { id: radarr, name: 'Radarr' },
    { id: radarr4k, name: 'Radarr 4K' },
  ]);
  const all = await twinsOf([hd, uhd, remake, show, ...seasons].map(({ id }) => id));
  expect([...all]).toEqual([
    [hd.id, 'Radarr · HD-1080p'],
    [uhd.id, 'Radarr 4K · Ultra-HD'],
  ]);
  expect((await twinsOf([uhd.id])).get(uhd.id)).toBe('Radarr 4K · Ultra-HD');
  expect((await twinsOf([])).size).toBe(0);
  expect((await twinsOf([`${show.id}-f7`])).size).toBe(0);
});
