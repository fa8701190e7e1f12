import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ItemId, PolicyId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import {
  aDisk,
  anEpisode,
  anEpisodesPolicy,
  anExclusion,
  aSeason,
  aShow,
  daysAgo,
  now,
} from '../../core/build.fake.ts';
import { insertItems } from '../library-rows.fake.ts';
import { createMediaStore } from '../media/media.store.ts';
import { aPlan, everything, planningStores } from './planning-stores.fake.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);

afterAll(() => database.close());

const stores = planningStores(() => database);

describe.each(Object.entries(stores))('episodes in the planning stores (%s)', (_name, open) => {
  const dates = { createdAt: daysAgo(100), changedAt: daysAgo(100), armedAt: null };
  const policy = { ...anEpisodesPolicy({ id: 'daily' as PolicyId, name: 'Daily', keepLast: 1 }), ...dates };

  /** Season 1 with a file of two episodes and one of the last one, which stays; season 2 with one each. */
  async function announced() {
    const tags = { known: true, value: ['daily'] } as const;
    const show = aShow({ title: 'Alma', tags });
    const both = [1, 2].map((episodeNumber) => ({ seasonNumber: 1, episodeNumber, airedAt: null }));
    const episodes = [
      anEpisode(show, 1, 1, { episodes: both }),
      anEpisode(show, 1, 3),
      anEpisode(show, 2, 1),
      anEpisode(show, 2, 2),
    ];
    const items = [show, aSeason(show, 1), aSeason(show, 2), ...episodes];
    const all = await open(items);
    await all.policies.save(policy);
    const plan = aPlan({ items, disks: [aDisk()], policy });
    await all.plans.save(plan, 'Daily');
    const leaving = async () => (await all.verdicts.leaving(now)).map(({ itemId }) => itemId);
    return { ...all, show, episodes, plan, leaving };
  }

  test('an episode leaves soon with the title of its show, and with the episodes of its file', async () => {
    const { verdicts, episodes, plan, plans } = await announced();
    const [both, third, fourth] = episodes;
    const leaving = await verdicts.leaving(now);
    expect(leaving.map(({ itemId }) => itemId)).toEqual([both?.id, third?.id, fourth?.id]);
    expect(leaving[0]).toEqual({
      itemId: both?.id,
      kind: 'episode',
      title: 'Alma',
      year: 2001,
      seasonNumber: 1,
      episodes: [1, 2].map((episodeNumber) => ({ seasonNumber: 1, episodeNumber })),
      sizeBytes: 1_000_000_000,
      requestedBy: [],
      dueAt: daysAgo(16),
      policyId: policy.id,
      policyName: 'Daily',
      armed: false,
    });
    const kept = await plans.entries(plan.id, everything);
    expect(kept.entries.map((entry) => entry.episodes)).toEqual(
      plan.entries.filter(({ fate }) => fate.is !== 'kept').map((entry) => entry.episodes),
    );
  });

  test('who keeps a show, one of its seasons or an episode by hand keeps what belongs to it', async () => {
    const { exclusions, episodes, leaving, show } = await announced();
    const [both, third, fourth] = episodes.map(({ id }) => id);
    await exclusions.save(anExclusion(both as ItemId));
    expect(await leaving()).toEqual([third, fourth]);
    await exclusions.save(anExclusion(`${show.id}-s01` as ItemId));
    expect(await leaving()).toEqual([fourth]);
    await exclusions.save(anExclusion(show.id));
    expect(await leaving()).toEqual([]);
  });
});

test('a show speaks for its episodes too, and a kept episode for its show', async () => {
  const { policies, plans, exclusions } = await stores.postgres([]);
  const show = aShow({ tags: { known: true, value: ['daily'] } });
  const episodes = [1, 2].map((number) => anEpisode(show, 1, number));
  const items = [show, aSeason(show, 1), ...episodes];
  await insertItems(database.db, items);
  const dates = { createdAt: daysAgo(9), changedAt: daysAgo(9), armedAt: null };
  const daily = { ...anEpisodesPolicy({ keepLast: 1 }), ...dates };
  await policies.save(daily);
  await plans.save(aPlan({ items, disks: [aDisk()], policy: daily }), 'Daily');
  const media = createMediaStore(database.db);
  const [first] = episodes;
  expect(await media.status(show.id, now)).toMatchObject({ status: 'due', dueAt: daysAgo(16) });
  expect(await media.status(first?.id ?? show.id, now)).toMatchObject({ status: 'due' });
  await exclusions.save(anExclusion(first?.id ?? show.id));
  expect(await media.status(show.id, now)).toMatchObject({ status: 'excluded', standing: 'protected' });
});
