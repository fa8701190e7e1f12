import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SourceProblem } from '../../core/source-problem.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { err } from '#core/result.ts';
import {
  aFakeCreator,
  aFakePost,
  fakePlugin,
  fakeWorld,
  readFakePost,
  type FakePost,
  type FakeWorld,
} from '../ports.fake.ts';
import { collectionPosts, comments, postMedia, posts, revisions } from '../tables.ts';
import { anArchive } from './archive.fake.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  await database.pool.query('truncate archive_sources, archive_creators, archive_posts cascade');
});

vi.setConfig({ testTimeout: 30_000 });

const HOUR = 3_600_000;
const day = (index: number) => new Date(Date.UTC(2026, 0, 1) + index * 24 * HOUR).toISOString();
const many = (count: number, over: Partial<FakePost> = {}): FakePost[] =>
  Array.from({ length: count }, (_, index) =>
    aFakePost({ id: String(index + 1), title: `Post ${index + 1}`, publishedAt: day(index), ...over }),
  );
const postsOf = (world: FakeWorld) => world.posts.get('ana') ?? [];
const edit = (world: FakeWorld, id: string, over: Partial<FakePost>) =>
  void world.posts.set(
    'ana',
    postsOf(world).map((post) => (post.id === id ? { ...post, ...over } : post)),
  );

const stored = () => database.db.select().from(posts).orderBy(posts.externalId);
const one = async (externalId: string) =>
  (await database.db.select().from(posts).where(eq(posts.externalId, externalId)))[0];
const bodyOf = async (externalId: string) => JSON.stringify((await one(externalId))?.blocks);
const revisionsOf = async (externalId: string) => {
  const post = await one(externalId);
  return post ? database.db.select().from(revisions).where(eq(revisions.postId, post.id)) : [];
};

test('everything that a creator published is archived, and a second sync asks for nothing again', async () => {
  const world = fakeWorld(many(45));
  const house = anArchive(database, world);
  const id = await house.signedIn();

  expect((await house.sync(id)).end).toEqual({ is: 'done' });
  const rows = await stored();
  expect(rows).toHaveLength(45);
  expect(rows.every(({ readAt, detailDue, readable }) => readAt && !detailDue && readable)).toBe(true);
  expect(await house.archive.runs.list({ sourceId: id, limit: 5 })).toMatchObject([
    { outcome: { is: 'done' }, counts: { creators: 1, listed: 45, fresh: 45, changed: 0 } },
  ]);

  world.asked.length = 0;
  house.later(HOUR);
  await house.sync(id);
  expect(world.asked).toEqual(['creators', 'posts ana page 1', 'products ana', 'collections ana']);
});

test('a host of avatars that refuses stops neither the sync nor its source', async () => {
  const world = fakeWorld([aFakePost()]);
  const avatar = { address: 'https://files.example/face', version: 'face' };
  world.creators = [aFakeCreator({ avatar })];
  world.pictures = () => err({ code: 'source.rate-limited', retryAfterMs: null });
  const asked: unknown[] = [];
  const house = anArchive(database, world, {
    keepPictures: async ({ source }, told, signal) => {
      for (const one of told) asked.push(await source.picture(one.avatar?.address ?? '', signal));
    },
  });
  const id = await house.signedIn();
  expect((await house.sync(id)).end).toEqual({ is: 'done' });
  expect(asked).toEqual([err({ code: 'source.rate-limited', retryAfterMs: null })]);
  expect(await house.archive.attention()).toEqual([]);
});

test('another like, another token or another comment count is no revision, and comments are read anew', async () => {
  const comment = {
    externalId: 'c1',
    parentId: null,
    author: 'Bo',
    isCreator: false,
    body: 'Lovely',
    createdAt: new Date('2026-03-02T10:00:00Z'),
    isDeleted: false,
    votes: 1,
  };
  const world = fakeWorld([aFakePost()]);
  const house = anArchive(database, world);
  const id = await house.signedIn();
  await house.sync(id);
  edit(world, '1', { likes: 9, token: 'second', comments: [comment] });
  house.later(HOUR);
  await house.sync(id);

  expect(await revisionsOf('1')).toHaveLength(1);
  expect(await one('1')).toMatchObject({ likeCount: 9, commentCount: 1, commentsReadCount: 1 });
  expect(await database.db.select().from(comments)).toMatchObject([{ body: 'Lovely', vanishedAt: null }]);

  edit(world, '1', {
    comments: [
      { ...comment, externalId: 'c2', body: 'Me too' },
      { ...comment, isDeleted: true, body: '' },
    ],
  });
  house.later(HOUR);
  await house.sync(id);
  const kept = await database.db.select().from(comments).orderBy(comments.externalId);
  expect(kept).toMatchObject([
    { externalId: 'c1', body: 'Lovely', vanishedAt: house.now() },
    { externalId: 'c2', body: 'Me too', vanishedAt: null },
  ]);
});

test('an edited post has a new revision, and the old one and its media stay', async () => {
  const world = fakeWorld([aFakePost({ media: [{ externalId: 'a' }, { externalId: 'b' }] })]);
  const house = anArchive(database, world);
  const id = await house.signedIn();
  await house.sync(id);
  expect(house.wanted).toHaveLength(2);

  edit(world, '1', {
    body: 'We left late.',
    editedAt: day(90),
    media: [{ externalId: 'b' }, { externalId: 'c' }],
  });
  house.later(HOUR);
  await house.sync(id);
  expect(await bodyOf('1')).toContain('We left late.');
  expect((await revisionsOf('1')).map(({ raw }) => (raw as FakePost).body)).toEqual([
    'We left early.',
    'We left late.',
  ]);
  const media = await database.db.select().from(postMedia).orderBy(postMedia.externalId);
  expect(
    media.map(({ externalId, position, withdrawnAt }) => [externalId, position, withdrawnAt !== null]),
  ).toEqual([
    ['a', 0, true],
    ['b', 0, false],
    ['c', 1, false],
  ]);
  expect(house.wanted).toHaveLength(3);
});

test('a post that is locked later keeps its body, and is read again when it can be', async () => {
  const world = fakeWorld([aFakePost()]);
  const house = anArchive(database, world);
  const id = await house.signedIn();
  await house.sync(id);
  edit(world, '1', { locked: true, body: null });
  house.later(HOUR);
  await house.sync(id);
  expect(await bodyOf('1')).toContain('We left early.');
  expect(await one('1')).toMatchObject({ locked: true, readable: true });
  expect(await revisionsOf('1')).toMatchObject([{ locked: false }, { locked: true }]);

  house.later(HOUR);
  await house.sync(id);
  expect(await revisionsOf('1')).toHaveLength(2);

  edit(world, '1', { locked: false, body: 'We left early, again.' });
  house.later(HOUR);
  await house.sync(id);
  expect(await bodyOf('1')).toContain('again');
  expect(await one('1')).toMatchObject({ locked: false, readable: true });
});

test('locked posts are kept from the list, without a question for each', async () => {
  const world = fakeWorld(many(30, { locked: true, body: null, media: [{}] }));
  const house = anArchive(database, world);
  await house.sync(await house.signedIn());
  expect(world.asked.filter((question) => question.startsWith('post '))).toEqual([]);
  expect(
    (await stored()).every(({ locked, readable, currentRevision }) => locked && !readable && currentRevision),
  ).toBe(true);
  const media = await database.db.select().from(postMedia);
  expect(media[0]).toMatchObject({ state: 'gap', gap: { code: 'locked', tiers: ['Gold'] } });
  expect(house.wanted).toEqual([]);
});

test('a body that the list leaves out comes with the detail; an empty answer later does not take it away', async () => {
  const world = fakeWorld([aFakePost()]);
  world.listed = (post) => ({ ...post, body: null });
  const house = anArchive(database, world);
  const id = await house.signedIn();
  await house.sync(id);
  expect(await bodyOf('1')).toContain('We left early.');
  edit(world, '1', { body: null, editedAt: day(91) });
  house.later(HOUR);
  await house.sync(id);
  expect(await bodyOf('1')).toContain('We left early.');
  expect(await revisionsOf('1')).toHaveLength(2);
});

describe('a post that is gone', () => {
  test('has vanished only when a whole list and its own address lack it', async () => {
    const world = fakeWorld(many(45));
    const house = anArchive(database, world);
    const id = await house.signedIn();
    await house.sync(id);
    const [gone] = postsOf(world).splice(2, 1);
    house.later(HOUR);
    await house.sync(id);
    expect(await one('3')).toMatchObject({ vanishedAt: null, missingSince: null });

    house.later(8 * 24 * HOUR);
    await house.sync(id);
    expect(await one('3')).toMatchObject({ vanishedAt: house.now(), readable: true });
    expect(await house.archive.runs.list({ sourceId: id, limit: 1 })).toMatchObject([
      { counts: { vanished: 1 } },
    ]);

    postsOf(world).push(gone as FakePost);
    house.later(8 * 24 * HOUR);
    await house.sync(id);
    expect(await one('3')).toMatchObject({ vanishedAt: null });
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
    expect(await one('1')).toMatchObject({ vanishedAt: null, missingSince: null });

    world.products.clear();
    world.fault = (question) => (question === 'post 1' ? { code: 'source.forbidden' } : null);
    house.later(8 * 24 * HOUR);
    await house.sync(id);
    expect(await one('1')).toMatchObject({ vanishedAt: null });
    expect((await one('1'))?.missingSince).not.toBeNull();
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
    expect((await stored()).filter(({ missingSince }) => missingSince)).toEqual([]);
  });
});

const faults: { problem: SourceProblem; state: 'ready' | 'rests' | 'waits' }[] = [
  { problem: { code: 'source.signed-out' }, state: 'waits' },
  { problem: { code: 'source.user-agent-refused' }, state: 'waits' },
  { problem: { code: 'source.challenge' }, state: 'rests' },
  { problem: { code: 'source.rate-limited', retryAfterMs: 120_000 }, state: 'rests' },
  { problem: { code: 'source.server-error', status: 503 }, state: 'rests' },
  { problem: { code: 'source.timed-out', afterMs: 30_000 }, state: 'rests' },
  { problem: { code: 'source.unreachable', reason: 'ECONNRESET' }, state: 'rests' },
  { problem: { code: 'source.bad-request', reason: 'cursor' }, state: 'ready' },
  { problem: { code: 'source.bad-answer', reason: 'cut short' }, state: 'ready' },
  { problem: { code: 'source.suspended' }, state: 'ready' },
  { problem: { code: 'source.forbidden' }, state: 'ready' },
];

describe.each(faults)('when a source says $problem.code in the middle', ({ problem, state }) => {
  test.each(['posts ana page 2', 'post 30', 'creators', 'collections ana'])(
    'at %s, nothing is lost',
    async (moment) => {
      const world = fakeWorld(many(45));
      const house = anArchive(database, world);
      const id = await house.signedIn();
      world.fault = (question) => (question === moment ? problem : null);
      const { end } = await house.sync(id);
      expect(end.is).toBe(
        moment === 'post 30' ? 'done' : state === 'ready' && moment !== 'creators' ? 'partly' : 'stopped',
      );

      const source = await house.archive.sources.find(id);
      const now = source.ok ? source.value.state : null;
      expect(now).toMatchObject(state === 'ready' ? { is: 'ready' } : { is: 'stopped', problem });
      if (now?.is === 'stopped') expect(now.until === null).toBe(state === 'waits');

      // what stopped is not asked while it rests
      if (state !== 'ready') {
        const before = world.asked.length;
        await house.sync(id);
        expect(world.asked.length).toBe(before);
      }
      world.fault = () => null;
      house.later(7 * HOUR);
      if (state === 'waits') await house.archive.sources.signIn(id, { cookie: 'fresh' });
      expect((await house.sync(id)).end).toEqual({ is: 'done' });
      const rows = await stored();
      expect(rows).toHaveLength(45);
      expect(rows.every(({ readAt, detailDue }) => readAt && !detailDue)).toBe(true);
      expect(await database.db.select().from(revisions)).toHaveLength(45);
    },
  );
});

test('posts behind the place where a first listing broke off are found by the next one', async () => {
  const world = fakeWorld(many(30));
  const house = anArchive(database, world);
  const id = await house.signedIn();
  await house.sync(id);
  // 45 new ones; the listing breaks off when it has seen the newest 20
  world.posts.set('ana', many(75));
  world.fault = (question) =>
    question === 'posts ana page 2' ? { code: 'source.bad-answer', reason: 'cut' } : null;
  house.later(HOUR);
  await house.sync(id);
  world.fault = () => null;
  house.later(HOUR);
  await house.sync(id);
  expect(await stored()).toHaveLength(75);
});

test('a post that the parser cannot read is kept raw, counted, and shown once a better parser reads it', async () => {
  const world = fakeWorld([aFakePost(), aFakePost({ id: '2', title: 'Odd' })]);
  const cannot = (raw: Parameters<typeof readFakePost>[0]) =>
    raw.externalId === '2'
      ? ({ ok: false, error: { code: 'source.unreadable-post', reason: 'a new shape' } } as const)
      : readFakePost(raw);
  const house = anArchive(database, world, { plugin: fakePlugin(world, { read: cannot }) });
  const id = await house.signedIn();
  await house.sync(id);
  expect(await one('2')).toMatchObject({
    kind: 'other',
    title: null,
    drift: [{ what: 'post', name: 'a new shape' }],
  });
  house.later(HOUR);
  await house.sync(id);
  expect(await revisionsOf('2')).toHaveLength(1);

  const still = anArchive(database, world, { plugin: fakePlugin(world, { parserVersion: 2, read: cannot }) });
  expect(
    await still.archive.replay({ all: true, signal: house.signal, progress: () => undefined }),
  ).toMatchObject([
    { read: 2, changed: 0, unreadable: { count: 1, first: [{ post: '2', why: 'a new shape' }] } },
  ]);

  const better = anArchive(database, world, { plugin: fakePlugin(world, { parserVersion: 3 }) });
  const replayed = await better.archive.replay({
    all: false,
    signal: house.signal,
    progress: () => undefined,
  });
  expect(replayed).toMatchObject([
    {
      read: 2,
      changed: 1,
      unreadable: { count: 0, first: [] },
      before: { readable: 1 },
      after: { readable: 2, drift: 0 },
    },
  ]);
  expect(await one('2')).toMatchObject({ title: 'Odd', readable: true, parserVersion: 3 });

  // the next sync with the better parser finds nothing new in the same answers
  world.asked.length = 0;
  better.at('2026-06-01T12:00:00.000Z');
  await better.sync(id);
  expect(await revisionsOf('1')).toHaveLength(1);
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

test('what was bought is kept as posts of their own, and dates far away stay as they are', async () => {
  const world = fakeWorld([
    aFakePost({ id: 'old', publishedAt: '1912-04-15T02:20:00.000Z' }),
    aFakePost({ id: 'far', publishedAt: '2150-01-01T00:00:00.000Z' }),
  ]);
  world.products.set('ana', [aFakePost({ id: 'product-1', title: 'A book' })]);
  const house = anArchive(database, world);
  await house.sync(await house.signedIn());
  expect(await one('product-1')).toMatchObject({ kind: 'product', title: 'A book', readable: true });
  expect((await one('old'))?.publishedAt.toISOString()).toBe('1912-04-15T02:20:00.000Z');
  expect((await one('far'))?.publishedAt.toISOString()).toBe('2150-01-01T00:00:00.000Z');
});

test('a post with five hundred pictures is one post with five hundred places', async () => {
  const media = Array.from({ length: 500 }, (_, index) => ({ externalId: `p${index}` }));
  const world = fakeWorld([aFakePost({ media })]);
  const house = anArchive(database, world);
  await house.sync(await house.signedIn());
  expect(house.wanted).toHaveLength(500);
});
