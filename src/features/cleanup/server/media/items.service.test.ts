import { describe, expect, test } from 'vitest';
import type { ItemId, UserId } from '#core/ids.ts';
import type { Item } from '#features/library/core/item.ts';
import { aDisk, aFilm, anEpisode, anEpisodesPolicy, aSeason, aShow, daysAgo } from '../../core/build.fake.ts';
import { aStoredPolicy, fakePlanning } from '../planning/planning.fake.ts';

async function withPolicy(
  over: Parameters<typeof aStoredPolicy>[0] = {},
  items: readonly Item[] = [aFilm()],
) {
  const setup = fakePlanning({}, items);
  const policy = aStoredPolicy(over);
  await setup.stores.policies.save(policy);
  return { ...setup, policy, id: policy.id };
}

const ana = { id: 'user-1' as UserId, name: 'Ana' };
const firstOf = (items: readonly Item[]): ItemId => items[0]?.id ?? ('none' as ItemId);

describe('why', () => {
  test('every policy says what it thinks of an item, with the whole chain', async () => {
    const items = [aFilm()];
    const { service, stores } = await withPolicy({}, items);
    await stores.policies.save(aStoredPolicy({ unit: 'show' }));
    const why = await service.why(firstOf(items));
    expect(why.ok && why.value.map(({ verdict }) => verdict.standing).sort()).toEqual([
      'eligible',
      'out-of-scope',
    ]);
    expect(await service.why('none' as ItemId)).toMatchObject({ ok: false });
  });

  test('says of every item what the plan says of it', async () => {
    const show = aShow({ continuing: true });
    const items = [
      show,
      aSeason(show, 0),
      aSeason(show, 1),
      aSeason(show, 2),
      aSeason(show, 3, { fileCount: 0 }),
      aSeason(aShow(), 1),
    ];
    const { service, id, world } = await withPolicy({ unit: 'season' }, items);
    await service.makePlan(id);
    world.now = daysAgo(-15);
    await service.exclude(items[2]?.id ?? firstOf(items), { until: null, note: null, by: ana });
    const plan = await service.makePlan(id);
    for (const entry of plan.ok ? plan.value.entries : []) {
      const why = await service.why(entry.itemId);
      expect(why.ok && why.value[0]?.verdict).toEqual(entry.verdict);
    }
  });
});

describe('episodes', () => {
  /** Two seasons of two episodes, of which the last two stay. */
  async function daily() {
    const tags = { known: true, value: ['daily'] } as const;
    const show = aShow({ tags });
    const seasons = [aSeason(show, 1), aSeason(show, 2)];
    const episodes = [1, 2].flatMap((season) => [1, 2].map((number) => anEpisode(show, season, number)));
    const setup = fakePlanning({}, [show, ...seasons]);
    setup.world.episodes = episodes;
    const dates = { createdAt: daysAgo(9), changedAt: daysAgo(9), armedAt: null };
    const policy = { ...anEpisodesPolicy({ keepLast: 2 }), ...dates };
    await setup.stores.policies.save(policy);
    return { ...setup, policy, show, seasons, episodes };
  }

  test('why says of each episode what the plan says of it, with its place among all of its show', async () => {
    const { service, policy, liveUntil } = await daily();
    await service.makePlan(policy.id);
    await liveUntil(policy.id, daysAgo(-15));
    const plan = await service.makePlan(policy.id);
    expect(plan.ok && plan.value.entries.map(({ fate }) => fate.is)).toEqual([
      'remove',
      'remove',
      'kept',
      'kept',
    ]);
    for (const entry of plan.ok ? plan.value.entries : []) {
      const why = await service.why(entry.itemId);
      expect(why.ok && why.value[0]?.verdict).toEqual(entry.verdict);
    }
  });

  test('the page of a show or season says how many of its episodes go', async () => {
    const { service, policy, liveUntil, show, seasons } = await daily();
    const tally = async (id = show.id) => {
      const why = await service.why(id);
      return why.ok ? why.value[0]?.episodes : why;
    };
    await service.makePlan(policy.id);
    expect(await tally()).toEqual({ goes: 0, leavesSoon: 2, stays: 2 });
    await liveUntil(policy.id, daysAgo(-15));
    await service.makePlan(policy.id);
    expect(await tally()).toEqual({ goes: 2, leavesSoon: 0, stays: 2 });
    expect(await Promise.all(seasons.map(({ id }) => tally(id)))).toEqual([
      { goes: 2, leavesSoon: 0, stays: 0 },
      { goes: 0, leavesSoon: 0, stays: 2 },
    ]);
  });

  test('of a show that no episode policy looks at, nothing is said', async () => {
    const { service, world, stores } = await daily();
    const other = aShow();
    world.items = [...world.items, other];
    world.episodes = [...world.episodes, anEpisode(other, 1, 1)];
    await stores.policies.save(aStoredPolicy({ unit: 'show' }));
    const why = await service.why(other.id);
    expect(why.ok && why.value.map(({ episodes }) => episodes)).toEqual([null, null]);
  });

  test('an episode that is kept by hand stops leaving at once', async () => {
    const { service, policy, episodes } = await daily();
    await service.makePlan(policy.id);
    const [first, second] = episodes;
    const leaving = async () => (await service.leaving()).map(({ itemId }) => itemId);
    expect(await leaving()).toEqual([first?.id, second?.id]);
    await service.exclude(first?.id ?? firstOf([]), { until: null, note: null, by: ana });
    expect(await leaving()).toEqual([second?.id]);
  });
});

describe('keeping by hand', () => {
  const forEver = { until: null, note: 'ours', by: ana };

  test('an item stops leaving at once, and the warning starts again when it is let go', async () => {
    const items = [aFilm()];
    const { service, id, world } = await withPolicy({}, items);
    await service.makePlan(id);
    expect(await service.leaving()).toMatchObject([
      { itemId: firstOf(items), armed: false, dueAt: daysAgo(-14) },
    ]);

    expect(await service.exclude(firstOf(items), forEver)).toMatchObject({
      ok: true,
      value: { byName: 'Ana' },
    });
    expect(await service.leaving()).toEqual([]);
    expect(await service.isExcluded([firstOf(items)])).toBe(true);

    world.now = daysAgo(-20);
    expect(await service.include(firstOf(items))).toEqual({ ok: true, value: undefined });
    await service.makePlan(id);
    expect(await service.leaving()).toMatchObject([{ dueAt: daysAgo(-34) }]);
    expect(await service.include(firstOf(items))).toMatchObject({
      ok: false,
      error: { code: 'cleanup.not-excluded' },
    });
  });

  test('a date that has gone by, or an item that is not there, is refused', async () => {
    const items = [aFilm()];
    const { service } = await withPolicy({}, items);
    expect(await service.exclude(firstOf(items), { ...forEver, until: daysAgo(1) })).toMatchObject({
      error: { code: 'cleanup.until-is-past' },
    });
    expect(await service.exclude('none' as ItemId, forEver)).toMatchObject({
      error: { code: 'cleanup.item-not-found' },
    });
  });

  test('an exclusion that has run out holds nothing', async () => {
    const items = [aFilm()];
    const { service, world } = await withPolicy({}, items);
    await service.exclude(firstOf(items), { ...forEver, until: daysAgo(-1) });
    world.now = daysAgo(-2);
    expect(await service.isExcluded([firstOf(items)])).toBe(false);
  });

  test('only armed policies make promises in the media server', async () => {
    const { service, id, policy, stores } = await withPolicy();
    await service.makePlan(id);
    expect(await service.leavingForReal()).toEqual([]);
    await stores.policies.save({ ...policy, armed: true, armedAt: daysAgo(0) });
    expect(await service.leavingForReal()).toHaveLength(1);
  });

  test('a policy that is switched off warns of nothing', async () => {
    const { service, id, world } = await withPolicy();
    await service.makePlan(id);
    await service.setEnabled(id, false);
    expect(await service.leaving()).toEqual([]);
    await service.setEnabled(id, true);
    expect(world.asked).toContain(id);
  });
});

test('a disk that empties ends the warnings', async () => {
  const { service, id, world } = await withPolicy();
  await service.makePlan(id);
  world.disks = [aDisk(50)];
  await service.makePlan(id);
  expect(await service.leaving()).toEqual([]);
});
