import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { aFakePost, fakeWorld, type FakePost } from '../ports.fake.ts';
import { anArchive } from '../sync/archive.fake.ts';
import { postMedia } from '../media/post-media.tables.ts';
import { posts } from '../posts.tables.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(
  async () => void (await database.pool.query('truncate archive_sources, archive_creators cascade')),
);

const post = (id: string, day: number, over: Partial<FakePost> = {}) =>
  aFakePost({
    id,
    title: `Post ${id}`,
    publishedAt: new Date(Date.UTC(1969, 11, day)).toISOString(),
    ...over,
  });

/** Three that can be read, one of them with media in every state, and two that are locked. */
async function aHouse() {
  const world = fakeWorld([
    post('1', 1, { media: [{ externalId: 'a' }, { externalId: 'b' }, { externalId: 'c' }] }),
    post('2', 2),
    post('3', 3),
    post('4', 4, { locked: true, body: null, media: [{ externalId: 'd' }] }),
    post('5', 5, { locked: true, body: null }),
  ]);
  world.creators = world.creators.map((creator) => ({ ...creator, postCount: 8 }));
  const house = anArchive(database, world);
  const id = await house.signedIn();
  await house.sync(id);
  const set = (externalId: string, values: Partial<typeof postMedia.$inferInsert>) =>
    database.db.update(postMedia).set(values).where(eq(postMedia.externalId, externalId));
  await set('a', { state: 'gap', gap: { code: 'drm' } });
  await set('b', {
    state: 'gap',
    gap: { code: 'failed', tries: 5, problem: { code: 'source.forbidden' } },
    tries: 5,
  });
  const [row] = await house.archive.ledger.all();
  if (!row) throw new Error('no creator');
  house.queued.length = 0;
  house.wanted.length = 0;
  return { ...house, id, world, creatorId: row.creatorId };
}

test('the ledger says what was expected, what is here, what waits, and what is missing and why', async () => {
  const { archive, creatorId } = await aHouse();
  expect(await archive.ledger.of(creatorId)).toMatchObject({
    creatorName: 'Ana',
    ledger: {
      posts: { expected: 5, archived: 3, waiting: 0, missing: [{ reason: 'locked', count: 2 }] },
      media: {
        expected: 4,
        archived: 0,
        waiting: 1,
        missing: [
          { reason: 'drm', count: 1 },
          { reason: 'failed', count: 1 },
          { reason: 'locked', count: 1 },
        ],
      },
      unlisted: 3,
      isWhole: false,
    },
  });
  expect(await archive.ledger.of('nobody')).toBeNull();
});

test('gaps come page by page, the newest posts first, also from before 1970', async () => {
  const { archive, creatorId } = await aHouse();
  const first = await archive.ledger.gaps({ limit: 2 });
  expect(first.items.map(({ postTitle, media, reason }) => [postTitle, media !== null, reason.code])).toEqual(
    [
      ['Post 5', false, 'locked'],
      ['Post 4', false, 'locked'],
    ],
  );
  const rest = await archive.ledger.gaps({ limit: 10, after: first.next ?? '' });
  expect(rest.items).toHaveLength(3);
  expect(rest.next).toBeNull();
  expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(5);
  const failed = await archive.ledger.gaps({ limit: 10, reason: 'failed', creatorId });
  expect(failed.items).toMatchObject([{ reason: { code: 'failed', tries: 5 }, media: { kind: 'image' } }]);
});

test('gaps that are tried again wait, with all their tries', async () => {
  const { archive, creatorId, wanted, queued } = await aHouse();
  const { items } = await archive.ledger.gaps({ limit: 10, reason: 'failed' });
  expect(await archive.ledger.tryAgain({ ids: items.map(({ id }) => id) })).toBe(1);
  expect(wanted).toHaveLength(1);
  const [row] = await database.db.select().from(postMedia).where(eq(postMedia.externalId, 'b'));
  expect(row).toMatchObject({ state: 'waiting', gap: null, tries: 0 });

  expect(await archive.ledger.tryAgain({ creatorId, reason: 'locked' })).toBe(3);
  expect(queued.map(({ name }) => name)).toEqual(['archive.post', 'archive.post']);
  expect(await archive.ledger.tryAgain({ ids: ['nonsense', 'media-nobody', 'post-nobody'] })).toBe(0);
});

test('a locked post that can be read when it is tried again is archived', async () => {
  const { archive, creatorId, world, queued, signal } = await aHouse();
  world.posts.set('ana', [post('4', 4, { body: 'At last.', media: [{ externalId: 'd' }] })]);
  await archive.ledger.tryAgain({ creatorId, reason: 'locked' });
  for (const { payload } of queued) await archive.readPost(payload['postId'] as never, signal);
  const [row] = await database.db.select().from(posts).where(eq(posts.externalId, '4'));
  expect(row).toMatchObject({ readable: true, locked: false });
});

test('what nobody knows is counted by post, with one of them to look at', async () => {
  const world = fakeWorld([
    { ...post('1', 1), surprise: 1 } as FakePost,
    { ...post('2', 2), surprise: 2 } as FakePost,
  ]);
  const house = anArchive(database, world);
  await house.sync(await house.signedIn());
  expect(await house.archive.ledger.drift()).toMatchObject([
    { plugin: 'invented', what: 'key', name: 'surprise', postCount: 2, firstSeenAt: house.now() },
  ]);
});
