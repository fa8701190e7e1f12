import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { err } from '#core/result.ts';
import {
  aFakeCreator,
  aFakePost,
  fakePlugin,
  fakeWorld,
  readFakePost,
  type FakePost,
} from '../ports.fake.ts';
import { postMedia } from '../media/post-media.tables.ts';
import { comments } from '../posts.tables.ts';
import { anArchive } from './archive.fake.ts';
import { archivedRows, day, edit, HOUR, many } from './posts.fake.ts';

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

test('everything that a creator published is archived, and a second sync asks for nothing again', async () => {
  const world = fakeWorld(many(45));
  const house = anArchive(database, world);
  const id = await house.signedIn();

  expect((await house.sync(id)).end).toEqual({ is: 'done' });
  const kept = await rows.stored();
  expect(kept).toHaveLength(45);
  expect(kept.every(({ readAt, detailDue, readable }) => readAt && !detailDue && readable)).toBe(true);
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

  expect(await rows.revisionsOf('1')).toHaveLength(1);
  expect(await rows.one('1')).toMatchObject({ likeCount: 9, commentCount: 1, commentsReadCount: 1 });
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
  expect(await rows.bodyOf('1')).toContain('We left late.');
  expect((await rows.revisionsOf('1')).map(({ raw }) => (raw as FakePost).body)).toEqual([
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

test('words of a film stay while the film is there and nobody tells of any words', async () => {
  const film = { externalId: 'film', kind: 'video' } as const;
  const words = (externalId: string) => ({ externalId, kind: 'file', role: 'captions', of: 'film' }) as const;
  const world = fakeWorld([aFakePost({ media: [film, words('es'), words('en')] })]);
  const house = anArchive(database, world);
  const id = await house.signedIn();
  const shown = async () => {
    await house.sync(id);
    const media = await database.db.select().from(postMedia).orderBy(postMedia.externalId);
    return media.flatMap(({ externalId, withdrawnAt }) => (withdrawnAt === null ? externalId : []));
  };
  const told = [[film], [film, words('es')], [words('es')]];
  const kept = [await shown()];
  for (const [index, media] of told.entries()) {
    edit(world, '1', { body: `Edition ${index}`, editedAt: day(90 + index), media });
    house.later(HOUR);
    kept.push(await shown());
  }
  expect(kept).toEqual([['en', 'es', 'film'], ['en', 'es', 'film'], ['es', 'film'], ['es']]);
});

test('a post that is locked later keeps its body, and is read again when it can be', async () => {
  const world = fakeWorld([aFakePost()]);
  const house = anArchive(database, world);
  const id = await house.signedIn();
  await house.sync(id);
  edit(world, '1', { locked: true, body: null });
  house.later(HOUR);
  await house.sync(id);
  expect(await rows.bodyOf('1')).toContain('We left early.');
  expect(await rows.one('1')).toMatchObject({ locked: true, readable: true });
  expect(await rows.revisionsOf('1')).toMatchObject([{ locked: false }, { locked: true }]);

  house.later(HOUR);
  await house.sync(id);
  expect(await rows.revisionsOf('1')).toHaveLength(2);

  edit(world, '1', { locked: false, body: 'We left early, again.' });
  house.later(HOUR);
  await house.sync(id);
  expect(await rows.bodyOf('1')).toContain('again');
  expect(await rows.one('1')).toMatchObject({ locked: false, readable: true });
});

test('locked posts are kept from the list, without a question for each', async () => {
  const world = fakeWorld(many(30, { locked: true, body: null, media: [{}] }));
  const house = anArchive(database, world);
  await house.sync(await house.signedIn());
  expect(world.asked.filter((question) => question.startsWith('post '))).toEqual([]);
  expect(
    (await rows.stored()).every(
      ({ locked, readable, currentRevision }) => locked && !readable && currentRevision,
    ),
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
  expect(await rows.bodyOf('1')).toContain('We left early.');
  edit(world, '1', { body: null, editedAt: day(91) });
  house.later(HOUR);
  await house.sync(id);
  expect(await rows.bodyOf('1')).toContain('We left early.');
  expect(await rows.revisionsOf('1')).toHaveLength(2);
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
  expect(await rows.one('2')).toMatchObject({
    kind: 'other',
    title: null,
    drift: [{ what: 'post', name: 'a new shape' }],
  });
  house.later(HOUR);
  await house.sync(id);
  expect(await rows.revisionsOf('2')).toHaveLength(1);

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
  expect(await rows.one('2')).toMatchObject({ title: 'Odd', readable: true, parserVersion: 3 });

  // the next sync with the better parser finds nothing new in the same answers
  world.asked.length = 0;
  better.at('2026-06-01T12:00:00.000Z');
  await better.sync(id);
  expect(await rows.revisionsOf('1')).toHaveLength(1);
});

test('what was bought is kept as posts of their own, and dates far away stay as they are', async () => {
  const world = fakeWorld([
    aFakePost({ id: 'old', publishedAt: '1912-04-15T02:20:00.000Z' }),
    aFakePost({ id: 'far', publishedAt: '2150-01-01T00:00:00.000Z' }),
  ]);
  world.products.set('ana', [aFakePost({ id: 'product-1', title: 'A book' })]);
  const house = anArchive(database, world);
  await house.sync(await house.signedIn());
  expect(await rows.one('product-1')).toMatchObject({ kind: 'product', title: 'A book', readable: true });
  expect((await rows.one('old'))?.publishedAt.toISOString()).toBe('1912-04-15T02:20:00.000Z');
  expect((await rows.one('far'))?.publishedAt.toISOString()).toBe('2150-01-01T00:00:00.000Z');
});

test('a post with five hundred pictures is one post with five hundred places', async () => {
  const media = Array.from({ length: 500 }, (_, index) => ({ externalId: `p${index}` }));
  const world = fakeWorld([aFakePost({ media })]);
  const house = anArchive(database, world);
  await house.sync(await house.signedIn());
  expect(house.wanted).toHaveLength(500);
});
