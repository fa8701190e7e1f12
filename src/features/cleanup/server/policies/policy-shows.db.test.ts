import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ConnectionId, ItemId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { anEpisodesPolicy, aShow, daysAgo, sonarr } from '../../core/build.fake.ts';
import { aLibraryRow, insertRows } from '../library-rows.fake.ts';
import { createPolicyStore } from './policies.store.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => database.pool.query('truncate library_items, cleanup_policies cascade'));

const idOf = (number: number, connection = sonarr) => `${connection}-${String(number)}` as ItemId;

/** What Sonarr shows: the TVDB number of the show at each of its own numbers. */
async function sonarrHolds(shows: Readonly<Record<number, number>>, connectionId: ConnectionId = sonarr) {
  await insertRows(
    database.db,
    Object.entries(shows).map(([number, tvdbId]) =>
      aLibraryRow(aShow({ id: idOf(Number(number), connectionId), connectionId }), { tvdbId }),
    ),
  );
}
const forgetAll = () => database.pool.query('truncate library_items cascade');

async function open(showIds: readonly ItemId[] = [idOf(12)]) {
  await sonarrHolds({ 12: 100, 13: 200 });
  const policies = createPolicyStore(database.db);
  const dates = { createdAt: daysAgo(9), changedAt: daysAgo(9), armedAt: daysAgo(8) };
  const policy = { ...anEpisodesPolicy({ showTags: [], showIds, armed: true }), ...dates };
  await policies.save(policy);
  const idsNow = async () => {
    const found = await policies.find(policy.id);
    return found?.kind === 'episodes' ? found.showIds : null;
  };
  return { policies, policy, idsNow };
}

test('a policy comes back with the shows that it named', async () => {
  const { policies, policy, idsNow } = await open();
  expect(await idsNow()).toEqual([idOf(12)]);
  expect(await policies.list()).toEqual([policy]);
});

test('the show is followed when Sonarr numbers it anew, and whatever has its number is left alone', async () => {
  const { policies, policy, idsNow } = await open();
  await forgetAll();
  await sonarrHolds({ 12: 777, 40: 100 });
  expect(await idsNow()).toEqual([idOf(40)]);
  const stored = await policies.find(policy.id);
  if (stored) await policies.save({ ...stored, enabled: false });
  expect(await idsNow()).toEqual([idOf(40)]);
});

test('another show with the number of one that is gone is not the one that somebody named', async () => {
  const { idsNow } = await open();
  await forgetAll();
  await sonarrHolds({ 12: 777 });
  expect(await idsNow()).toEqual([]);
});

test('a show that is away keeps its place, and is found when it is added again', async () => {
  const { policies, policy, idsNow } = await open();
  await forgetAll();
  expect(await idsNow()).toEqual([idOf(12)]);
  const stored = await policies.find(policy.id);
  if (stored) await policies.save(stored);
  await sonarrHolds({ 55: 100 });
  expect(await idsNow()).toEqual([idOf(55)]);
});

test('of two Sonarrs the one that it was named in counts, and of two others none', async () => {
  const { idsNow } = await open();
  const [second, third] = ['sonarr02' as ConnectionId, 'sonarr03' as ConnectionId];
  await forgetAll();
  await sonarrHolds({ 12: 777, 40: 100 });
  await sonarrHolds({ 5: 100 }, second);
  expect(await idsNow()).toEqual([idOf(40)]);
  await forgetAll();
  await sonarrHolds({ 12: 777 });
  await sonarrHolds({ 5: 100 }, second);
  expect(await idsNow()).toEqual([idOf(5, second)]);
  await sonarrHolds({ 6: 100 }, third);
  expect(await idsNow()).toEqual([]);
});
