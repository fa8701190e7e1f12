import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ItemId, PolicyId } from '#core/ids.ts';
import type { Item } from '#features/library/core/item.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { aDisk, aFilm, anExclusion, aSeason, aShow, daysAgo, now } from '../../core/build.fake.ts';
import { aStoredPolicy } from '../planning/planning.fake.ts';
import { aPlan, planningStores } from '../planning/planning-stores.fake.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);

afterAll(() => database.close());

const stores = planningStores(() => database);

describe.each(Object.entries(stores))('what is kept by hand (%s)', (_name, open) => {
  test('an exclusion comes back, is replaced and taken away', async () => {
    const { exclusions } = await open([]);
    const exclusion = anExclusion('radarr01-1' as ItemId, { note: 'ours', until: daysAgo(-5) });
    await exclusions.save(exclusion);
    await exclusions.save({ ...exclusion, until: null });
    expect(await exclusions.list()).toEqual([{ ...exclusion, until: null }]);
    expect(await exclusions.of([exclusion.itemId, 'radarr01-2' as ItemId])).toHaveLength(1);
    expect(await exclusions.of(['radarr01-2' as ItemId])).toEqual([]);
    expect(await exclusions.remove(exclusion.itemId)).toBe(true);
    expect(await exclusions.remove(exclusion.itemId)).toBe(false);
  });

  test('who keeps a show keeps its seasons from leaving at once, and the other way round', async () => {
    const show = aShow();
    const other = aShow();
    const items = [show, aSeason(show, 1), aSeason(show, 2), other, aSeason(other, 1)];
    const { policies, plans, verdicts, exclusions } = await open(items);
    const seasons = aStoredPolicy({ id: 'seasons' as PolicyId, unit: 'season' });
    const shows = aStoredPolicy({ id: 'shows' as PolicyId, unit: 'show' });
    await policies.save(seasons);
    await policies.save(shows);
    const disks = [aDisk()];
    await plans.save(aPlan({ items, disks, policy: seasons }), 'x');
    await plans.save(aPlan({ items, disks, policy: shows }), 'x');
    const leaving = async () => (await verdicts.leaving(now)).map((one) => one.itemId).sort();
    expect(await leaving()).toHaveLength(5);

    await exclusions.save(anExclusion(show.id));
    expect(await leaving()).toEqual([other.id, `${other.id}-s01`]);
    await exclusions.save(anExclusion(`${other.id}-s01` as ItemId));
    expect(await leaving()).toEqual([]);
    expect(await verdicts.markedSince(seasons.id)).toEqual(new Map());
  });
});

describe('what is kept by hand, after its service gave other numbers', () => {
  const open = async (items: readonly Item[]) => {
    const all = await stores.postgres(items);
    const renumber = (tmdbIds: Readonly<Record<string, number>>) =>
      Promise.all(
        Object.entries(tmdbIds).map(([id, tmdb]) =>
          database.pool.query('update library_items set tmdb_id = $2 where id = $1', [id, tmdb]),
        ),
      );
    const kept = async () => (await all.exclusions.list()).map(({ itemId, until }) => [itemId, until]);
    return { ...all, renumber, kept };
  };
  const films = (...ids: string[]) => ids.map((id) => aFilm({ id: id as ItemId }));

  test('a service that was added anew keeps what was kept', async () => {
    const { exclusions, renumber, kept } = await open(films('radarr01-5'));
    await renumber({ 'radarr01-5': 100 });
    await exclusions.save(anExclusion('radarr01-5' as ItemId));
    await database.pool.query(`update library_items set id = 'radarr99-1', connection_id = 'radarr99'`);
    await exclusions.follow();
    expect(await kept()).toEqual([['radarr99-1', null]]);
  });

  test('two films that changed numbers are each kept as before (T-14)', async () => {
    const { exclusions, renumber, kept } = await open(films('radarr01-5', 'radarr01-6', 'radarr01-7'));
    await renumber({ 'radarr01-5': 100, 'radarr01-6': 200, 'radarr01-7': 300 });
    const until = daysAgo(-30);
    await exclusions.save(anExclusion('radarr01-5' as ItemId));
    await exclusions.save(anExclusion('radarr01-6' as ItemId, { until }));
    await renumber({ 'radarr01-5': 200, 'radarr01-6': 300, 'radarr01-7': 100 });
    await exclusions.follow();
    expect(await kept()).toEqual([
      ['radarr01-5', until],
      ['radarr01-7', null],
    ]);
    await exclusions.follow();
    expect(await kept()).toHaveLength(2);
  });

  test('a film that is in no library now stays kept, and so does its copy in another service alone', async () => {
    const { exclusions, renumber, kept } = await open(films('radarr01-5', 'radarr02-1'));
    await renumber({ 'radarr01-5': 100, 'radarr02-1': 100 });
    await exclusions.save(anExclusion('radarr01-5' as ItemId));
    await exclusions.follow();
    expect(await kept()).toEqual([['radarr01-5', null]]);
    await database.pool.query(`delete from library_items`);
    await exclusions.follow();
    expect(await kept()).toEqual([['radarr01-5', null]]);
  });
});
