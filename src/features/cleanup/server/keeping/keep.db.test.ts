import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ItemId, PlanId, PolicyId, UserId } from '#core/ids.ts';
import { addDays } from '#core/time-span.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { aFilm, anExclusion, aPlanInput, aPolicy, now, warned } from '../../core/build.fake.ts';
import type { KeepWay } from '../../core/keeping/keep-requests.ts';
import { planCleanup } from '../../core/plan/plan-cleanup.ts';
import { createExclusionStore } from './exclusions.store.ts';
import { createKeepRequests, titleIn } from './keep-requests.service.ts';
import { createKeepUndo } from './keep-undo.service.ts';
import { createKeepStore } from './keep.store.ts';
import { aLibraryRow, insertRows } from '../library-rows.fake.ts';
import type { Leaving } from '../planning/planning.ports.ts';
import { createPlanStore } from '../planning/plans.store.ts';
import { createPolicyStore } from '../policies/policies.store.ts';
import { aStoredPolicy } from '../planning/planning.fake.ts';
import { createVerdictStore } from '../planning/verdicts.store.ts';

const films = Array.from({ length: 14 }, (_, index) => aFilm({ title: `Film ${index}` }));
const [first, second, third] = films.map(({ id }) => id) as [ItemId, ItemId, ItemId];
const policy = aPolicy({ id: 'p1' as PolicyId, leavingSoonDays: 14 });
const ana = { id: 'ana' as UserId, name: 'Ana' };
const bea = { id: 'bea' as UserId, name: 'Bea' };
const news = 'sonarr01-9' as ItemId;
const root = { id: 'root' as UserId, name: 'root' };

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());

let ids = 0;
let planned = 0;
async function makePlan(at = new Date(now.getTime() - 60_000)): Promise<void> {
  const input = aPlanInput({
    id: `plan-${(planned += 1)}` as PlanId,
    policy,
    items: films,
    exclusions: await createExclusionStore(database.db).list(),
    markedSince:
      planned === 1 ? warned(films, 2) : await createVerdictStore(database.db).markedSince(policy.id),
    now: at,
  });
  await createPlanStore(database.db).save(planCleanup(input), policy.name);
}

beforeEach(async () => {
  planned = 0;
  await database.pool.query(
    `truncate library_items, cleanup_exclusions, cleanup_plans, cleanup_plan_entries, cleanup_verdicts,
     cleanup_standings, cleanup_policies, cleanup_keep_requests, cleanup_keep_undos`,
  );
  await insertRows(
    database.db,
    films.map((film) => aLibraryRow(film)),
  );
  await createPolicyStore(database.db).save(aStoredPolicy(policy));
  await makePlan();
});

function open(over: { keepBy?: KeepWay; keepMost?: number; episodes?: readonly Leaving[] } = {}) {
  const world = { now, told: [] as string[] };
  const exclusions = createExclusionStore(database.db);
  const verdicts = createVerdictStore(database.db);
  const shared = {
    store: createKeepStore(database.db),
    changed: () => undefined,
    clock: { now: () => world.now },
    newId: () => `id-${(ids += 1)}`,
  };
  const keeping = createKeepRequests({
    ...shared,
    leaving: async () => [...(await verdicts.leaving(world.now)), ...(over.episodes ?? [])],
    titleOf: async (id) => {
      const film = films.find((one) => one.id === id);
      if (id === news) return { kind: 'show', title: 'News', year: null, seasonNumber: null, episodes: [] };
      return film ? titleIn(film) : null;
    },
    settings: async () => ({ keepBy: over.keepBy ?? 'at-once', keepMost: over.keepMost ?? 10 }),
    keepDays: async () => 90,
    log: { info: (what, facts) => world.told.push(`${what}: ${String(facts['byName'])}`) },
  });
  const undoing = createKeepUndo({
    ...shared,
    known: async (wanted) => wanted.filter((id) => films.some((film) => film.id === id)),
  });
  const kept = async (id: ItemId) => (await exclusions.of([id]))[0] ?? null;
  const leaves = async () => (await verdicts.leaving(world.now)).map(({ itemId }) => itemId);
  return { world, keeping, undoing, exclusions, kept, leaves };
}

async function asked(keeping: ReturnType<typeof open>['keeping'], id = first, by = ana) {
  const done = await keeping.ask(id, by);
  if (!done.ok) throw new Error(done.error.code);
  return done.value;
}

describe('C-06: where people keep at once', () => {
  test('the item stays 90 days beyond its day, in the name of who asked, and is gone from the list', async () => {
    const { keeping, kept, leaves, world } = open();
    expect(await leaves()).toContain(first);
    const { request } = await asked(keeping);
    expect(request.state).toBe('kept');
    expect(await kept(first)).toMatchObject({ byName: 'Ana', until: request.wantedUntil });
    expect((await kept(first))?.asked).toBeUndefined();
    expect(await leaves()).not.toContain(first);
    expect(world.told).toEqual(['somebody asked to keep an item: Ana']);
  });

  test('pressed for many at the same moment, no more are kept than the cap says', async () => {
    const { keeping, exclusions } = open({ keepMost: 3 });
    const done = await Promise.all(films.slice(0, 8).map(({ id }) => keeping.ask(id, ana)));
    expect(done.filter(({ ok }) => ok)).toHaveLength(3);
    expect(done.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'keep.too-many', most: 3 } });
    expect(await exclusions.list()).toHaveLength(3);
    expect(await keeping.ask(films[9]?.id ?? first, bea)).toMatchObject({ ok: true });
  });

  test('of a show whose episodes leave, the show is kept with all of them, beyond the last of their days', async () => {
    const episodes = [3, 5].map((days) => ({
      itemId: `${news}-f${days}` as ItemId,
      dueAt: addDays(now, days),
    })) as unknown as Leaving[];
    const { keeping, kept } = open({ episodes });
    const { request } = await asked(keeping, news);
    expect(request).toMatchObject({ itemId: news, item: { kind: 'show', title: 'News' } });
    expect(await kept(news)).toMatchObject({ byName: 'Ana', until: addDays(now, 95) });
    expect(await keeping.ask('sonarr01-8' as ItemId, ana)).toMatchObject({ ok: false });
  });

  test('what does not leave soon cannot be asked for', async () => {
    const { keeping } = open();
    expect(await keeping.ask('c1-none' as ItemId, ana)).toEqual({
      ok: false,
      error: { code: 'keep.not-leaving' },
    });
  });
});

describe('decision 012: where an admin answers', () => {
  test('the item is protected while it waits, 14 days and no longer', async () => {
    const { keeping, kept, leaves, world } = open({ keepBy: 'admin-answers' });
    const { request } = await asked(keeping);
    expect(request).toMatchObject({ state: 'waiting', until: addDays(now, 14) });
    expect(await kept(first)).toMatchObject({ asked: true, until: addDays(now, 14) });
    expect(await leaves()).not.toContain(first);
    world.now = addDays(now, 15);
    expect(await keeping.ask(first, ana)).toMatchObject({ ok: false });
    expect(await keeping.waiting()).toHaveLength(1);
  });

  test('yes keeps it as long as was asked, or until another day, for everybody who asked', async () => {
    const { keeping, kept } = open({ keepBy: 'admin-answers' });
    const { request } = await asked(keeping);
    await keeping.askByLink({ itemId: first, by: 'Leo', until: addDays(now, 60) });
    const until = addDays(now, 30);
    expect(await keeping.accept(request.id, { until: addDays(now, -1), word: null, by: root })).toMatchObject(
      {
        error: { code: 'cleanup.until-is-past' },
      },
    );
    expect(await keeping.accept(request.id, { until, word: 'enjoy', by: root })).toMatchObject({ ok: true });
    expect(await kept(first)).toMatchObject({ until, note: 'enjoy', byName: 'Ana' });
    expect((await kept(first))?.asked).toBeUndefined();
    expect(await keeping.waiting()).toEqual([]);
    expect(await keeping.mine(ana)).toMatchObject([
      { state: 'accepted', until, answer: { by: 'root', word: 'enjoy' } },
    ]);
    expect(await keeping.refuse(request.id, { word: null, by: root })).toMatchObject({
      error: { code: 'keep.answered-already' },
    });
  });

  test('no sets back what was there before, with its day and note, and the person reads the word', async () => {
    const { keeping, kept, exclusions } = open({ keepBy: 'admin-answers' });
    const before = anExclusion(first, { until: addDays(now, 3), note: 'for the summer' });
    await exclusions.save(before);
    await keeping.askByLink({ itemId: first, by: 'Leo', until: addDays(now, 60) });
    await keeping.askByLink({ itemId: first, by: 'Mia', until: addDays(now, 60) });
    expect(await kept(first)).toMatchObject({ asked: true });
    const [one] = await keeping.waiting();
    await keeping.refuse(one?.id ?? '', { word: 'no room', by: root });
    expect(await kept(first)).toEqual(before);
    expect(await keeping.waiting()).toEqual([]);
  });

  test('no ends the protection; what an admin decided meanwhile stays', async () => {
    const { keeping, kept, exclusions } = open({ keepBy: 'admin-answers' });
    const [one, other] = [await asked(keeping), await asked(keeping, second)];
    await exclusions.save(anExclusion(second, { byName: 'root' }));
    await keeping.refuse(one.request.id, { word: 'no room', by: root });
    await keeping.refuse(other.request.id, { word: null, by: root });
    expect(await kept(first)).toBeNull();
    expect(await kept(second)).toMatchObject({ byName: 'root', until: null });
    expect((await keeping.mine(ana)).map(({ state, answer }) => [state, answer?.word])).toContainEqual([
      'refused',
      'no room',
    ]);
  });

  test('only who asked can take it back', async () => {
    const { keeping, kept } = open({ keepBy: 'admin-answers' });
    const { request } = await asked(keeping);
    expect(await keeping.withdraw(request.id, bea)).toMatchObject({
      error: { code: 'keep.request-not-found' },
    });
    expect(await keeping.withdraw(request.id, ana)).toMatchObject({ ok: true });
    expect(await kept(first)).toBeNull();
  });
});

describe('C-19: a link follows the same setting', () => {
  const link = { itemId: first, by: 'Leo', until: addDays(now, 60) };

  test('kept at once, or asked', async () => {
    const { keeping, kept } = open();
    expect(await keeping.askByLink(link)).toEqual({ ok: true, value: 'kept' });
    expect(await kept(first)).toMatchObject({ byName: 'Leo', until: link.until });
    const strict = open({ keepBy: 'admin-answers' });
    expect(await strict.keeping.askByLink({ ...link, itemId: second })).toEqual({ ok: true, value: 'asked' });
    expect(await strict.keeping.waiting()).toMatchObject([{ byName: 'Leo', itemId: second }]);
  });

  test('above the cap an admin is asked', async () => {
    const { keeping } = open({ keepMost: 1 });
    await keeping.askByLink(link);
    expect(await keeping.askByLink({ ...link, itemId: second })).toEqual({ ok: true, value: 'asked' });
  });

  test.each([[null], [addDays(now, 400)]])(
    'what is kept until %s is never kept for less long',
    async (until) => {
      const { keeping, kept, exclusions } = open({ keepBy: 'admin-answers' });
      const before = anExclusion(first, { until });
      await exclusions.save(before);
      expect(await keeping.askByLink(link)).toEqual({ ok: true, value: 'kept' });
      expect(await kept(first)).toEqual(before);
    },
  );

  test('to something that is gone says so', async () => {
    const wish = { ...link, itemId: 'c1-none' as ItemId };
    expect(await open().keeping.askByLink(wish)).toEqual({ ok: false, error: { code: 'keep.item-gone' } });
  });
});

describe('taking many back', () => {
  const wish = { until: null, note: 'bulk', by: root };
  async function excluded(undoing: ReturnType<typeof open>['undoing'], ids: readonly ItemId[]) {
    const done = await undoing.excludeMany(ids, wish);
    if (!done.ok) throw new Error(done.error.code);
    return done.value;
  }

  test('each is as it was, with its day, its note and its name, and warnings go on where they were', async () => {
    const { undoing, exclusions, kept, leaves } = open();
    const before = anExclusion(second, { until: addDays(now, 9), note: 'for Bea', byName: 'Ana' });
    await exclusions.save(before);
    const marks = await createVerdictStore(database.db).markedSince(policy.id);
    const leaving = await leaves();
    const { undoId, items } = await excluded(undoing, [first, second, 'c1-none' as ItemId]);
    expect(items).toEqual([first, second]);
    expect(await kept(second)).toMatchObject({ note: 'bulk', until: null });
    expect(await leaves()).not.toContain(first);
    expect(await undoing.undo(undoId, root)).toEqual({ ok: true, value: { back: 2, changedSince: 0 } });
    expect(await kept(first)).toBeNull();
    expect(await kept(second)).toEqual(before);
    expect(await leaves()).toEqual(leaving);
    expect(await createVerdictStore(database.db).markedSince(policy.id)).toEqual(marks);
  });

  test('also of taking exclusions away', async () => {
    const { undoing, exclusions, kept } = open();
    const before = anExclusion(first, { until: addDays(now, 9), note: 'for Bea' });
    await exclusions.save(before);
    const { undoId } = await undoing.includeMany([first, second], root);
    expect(await kept(first)).toBeNull();
    await undoing.undo(undoId, root);
    expect(await kept(first)).toEqual(before);
    expect(await kept(second)).toBeNull();
  });

  test('what somebody changed since stays as they left it', async () => {
    const { undoing, exclusions, kept } = open();
    const { undoId } = await excluded(undoing, [first, second, third]);
    const since = anExclusion(second, { note: 'mine now', byName: 'Bea', at: addDays(now, 1) });
    await exclusions.save(since);
    await exclusions.remove(third);
    expect(await undoing.undo(undoId, root)).toEqual({ ok: true, value: { back: 1, changedSince: 2 } });
    expect([await kept(first), await kept(second), await kept(third)]).toEqual([null, since, null]);
  });

  test('is for who did it, once, and for a quarter of an hour', async () => {
    const { undoing, world, kept } = open();
    const over = { ok: false, error: { code: 'keep.undo-over' } };
    const once = await excluded(undoing, [first]);
    expect(await undoing.undo(once.undoId, root)).toMatchObject({ ok: true });
    expect(await undoing.undo(once.undoId, root)).toEqual(over);
    const others = await excluded(undoing, [second]);
    expect(await undoing.undo(others.undoId, bea)).toEqual(over);
    const late = await excluded(undoing, [third]);
    world.now = new Date(now.getTime() + 15 * 60_000);
    expect(await undoing.undo(late.undoId, root)).toEqual(over);
    expect(await kept(third)).not.toBeNull();
  });

  test('a plan that was made meanwhile has the last word on warnings', async () => {
    const { undoing, leaves } = open();
    const { undoId } = await excluded(undoing, [first]);
    await makePlan(now);
    await undoing.undo(undoId, root);
    expect(await leaves()).not.toContain(first);
  });

  test('who asked and thinks better of it has asked for nothing', async () => {
    const { keeping, undoing, leaves, kept } = open({ keepBy: 'admin-answers' });
    const { undoId } = await asked(keeping);
    expect(await undoing.undo(undoId, ana)).toMatchObject({ ok: true });
    expect(await keeping.waiting()).toEqual([]);
    expect(await kept(first)).toBeNull();
    expect(await leaves()).toContain(first);
    expect(await keeping.mine(ana)).toMatchObject([{ state: 'withdrawn' }]);
  });
});
