import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { fakeWorld, type FakePost } from '../ports.fake.ts';
import { collectionPosts, posts } from '../posts.tables.ts';
import { anArchive } from './archive.fake.ts';
import { archivedRows, HOUR, many, postsOf } from './posts.fake.ts';

let database: TestDatabase;
let rows: ReturnType<typeof archivedRows>;
beforeAll(async () => {
  database = await openTestDatabase();
  rows = archivedRows(database);
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  await database.pool.query('truncate archive_sources, archive_creators, archive_posts cascade');
});

vi.setConfig({ testTimeout: 30_000 });

describe('a post that is gone', () => {
  test('has vanished only when a whole list and its own address lack it', async () => {
    const world = fakeWorld(many(45));
    const house = anArchive(database, world);
    const id = await house.signedIn();
    await house.sync(id);
    const [gone] = postsOf(world).splice(2, 1);
    house.later(HOUR);
    await house.sync(id);
    expect(await rows.one('3')).toMatchObject({ vanishedAt: null, missingSince: null });

    house.later(8 * 24 * HOUR);
    await house.sync(id);
    expect(await rows.one('3')).toMatchObject({ vanishedAt: house.now(), readable: true });
    expect(await house.archive.runs.list({ sourceId: id, limit: 1 })).toMatchObject([
      { counts: { vanished: 1 } },
    ]);

    postsOf(world).push(gone as FakePost);
    house.later(8 * 24 * HOUR);
    await house.sync(id);
    expect(await rows.one('3')).toMatchObject({ vanishedAt: null });
  });

  test('has not when its address still answers, or cannot be asked', async () => {
    const world = fakeWorld(many(5));
    const house = anArchive(database, world);
    const id = await house.signedIn();
    await house.sync(id);
    const hidden = new Map(world.posts);
    const all = postsOf(world);
    house.later(8 * 24 * HOUR);
    world.posts.set('ana', all.slice(1));
    world.products.set('other', all.slice(0, 1)); // not in the list, and its address answers
    await house.sync(id);
    expect(await rows.one('1')).toMatchObject({ vanishedAt: null, missingSince: null });

    world.products.clear();
    world.fault = (question) => (question === 'post 1' ? { code: 'source.forbidden' } : null);
    house.later(8 * 24 * HOUR);
    await house.sync(id);
    expect(await rows.one('1')).toMatchObject({ vanishedAt: null });
    expect((await rows.one('1'))?.missingSince).not.toBeNull();
    expect(hidden.size).toBe(1);
  });

  test('is not looked for when the list is empty or broke off', async () => {
    const world = fakeWorld(many(45));
    const house = anArchive(database, world);
    const id = await house.signedIn();
    await house.sync(id);
    world.posts.set('ana', []);
    house.later(8 * 24 * HOUR);
    await house.sync(id);
    world.posts.set('ana', many(25));
    world.fault = (question) =>
      question === 'posts ana page 2' ? { code: 'source.bad-request', reason: 'cursor' } : null;
    house.later(8 * 24 * HOUR);
    expect((await house.sync(id)).end).toMatchObject({ is: 'partly', creators: [{ name: 'Ana' }] });
    expect((await rows.stored()).filter(({ missingSince }) => missingSince)).toEqual([]);
  });
});

test('collections keep their order, and a post that vanished keeps its place', async () => {
  const world = fakeWorld(many(3));
  const named = { externalId: 'k', title: 'Best', description: null, postCount: 3 };
  world.collections.set('ana', [{ ...named, postIds: ['3', '1', '2'] }]);
  const house = anArchive(database, world);
  const id = await house.signedIn();
  await house.sync(id);
  const order = async () =>
    (
      await database.db
        .select({ externalId: posts.externalId })
        .from(collectionPosts)
        .innerJoin(posts, eq(posts.id, collectionPosts.postId))
        .orderBy(collectionPosts.position)
    ).map(({ externalId }) => externalId);
  expect(await order()).toEqual(['3', '1', '2']);

  postsOf(world).splice(0, 1);
  world.collections.set('ana', [{ ...named, postIds: ['3', '2'] }]);
  house.later(8 * 24 * HOUR);
  await house.sync(id);
  house.later(HOUR);
  await house.sync(id);
  expect((await order()).toSorted()).toEqual(['1', '2', '3']);
});
