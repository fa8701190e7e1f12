import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { aFakeCreator, aFakePost, fakeWorld } from '../ports.fake.ts';
import { anArchive } from '../sync/archive.fake.ts';
import { sources as table } from '../tables.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => void (await database.pool.query('truncate archive_sources cascade')));

const wish = { plugin: 'invented', credentials: { cookie: 'sesame' }, cron: '0 5 * * *', timeZone: 'UTC' };

describe('adding a source', () => {
  test('checks the sign-in, keeps it sealed, and shows who can be read', async () => {
    const world = fakeWorld();
    world.creators = [aFakeCreator(), aFakeCreator({ externalId: 'bo', name: 'Bo', membership: 'none' })];
    const { archive, queued } = anArchive(database, world);
    const added = await archive.sources.add(wish);
    expect(added).toMatchObject({
      ok: true,
      value: { name: 'Invented', isSignedIn: true, state: { is: 'ready', account: 'reader@example.org' } },
    });
    expect(queued).toMatchObject([{ name: 'archive.sync' }]);
    expect(JSON.stringify(added)).not.toContain('sesame');
    const [row] = await database.db.select().from(table);
    expect(row?.sealedCredentials).toBe('sealed({"cookie":"sesame"})');
    const creators = added.ok ? await archive.sources.creators(added.value.id) : null;
    expect(creators).toMatchObject({
      ok: true,
      value: [
        { name: 'Ana', selected: true },
        { name: 'Bo', selected: false },
      ],
    });
  });

  test('says beside which field the mistake is, and saves nothing', async () => {
    const { archive } = anArchive(database, fakeWorld());
    expect(await archive.sources.add({ ...wish, credentials: {} })).toEqual({
      ok: false,
      error: { code: 'sources.bad-credentials', problems: [{ field: 'cookie', code: 'missing' }] },
    });
    expect(await archive.sources.add({ ...wish, plugin: 'nobody' })).toMatchObject({
      error: { code: 'sources.no-such-plugin' },
    });
    expect(await archive.sources.list()).toEqual([]);
  });

  test('keeps a source that does not answer now, with the reason', async () => {
    const world = fakeWorld();
    world.fault = () => ({ code: 'source.signed-out' });
    const { archive, told } = anArchive(database, world);
    expect(await archive.sources.add(wish)).toMatchObject({
      ok: true,
      value: { state: { is: 'stopped', until: null } },
    });
    expect(told).toEqual([{ kind: 'stopped', name: 'Invented' }]);
    expect(await archive.attention()).toMatchObject([{ name: 'Invented' }]);
  });
});

describe('a sign-in', () => {
  test('that is new goes on with what waited', async () => {
    const world = fakeWorld([aFakePost()]);
    const house = anArchive(database, world);
    const id = await house.signedIn();
    world.fault = () => ({ code: 'source.signed-out' });
    await house.sync(id);
    world.fault = () => null;
    house.queued.length = 0;
    expect(await house.archive.sources.signIn(id, { cookie: 'fresh' })).toMatchObject({
      value: { state: { is: 'ready' } },
    });
    expect(house.queued).toMatchObject([{ name: 'archive.sync', payload: { sourceId: id } }]);
  });

  test('that is taken away leaves the archive, and asks nothing any more', async () => {
    const world = fakeWorld([aFakePost()]);
    const house = anArchive(database, world);
    const id = await house.signedIn();
    await house.sync(id);
    await house.archive.sources.signOut(id);
    world.asked.length = 0;
    expect((await house.sync(id)).end).toEqual({
      is: 'not-openable',
      problem: { code: 'sources.signed-out' },
    });
    expect(world.asked).toEqual([]);
    expect(await house.archive.sources.remove(id)).toMatchObject({ error: { code: 'sources.has-posts' } });
    expect(await house.archive.sources.sync(id, 'Ana')).toMatchObject({
      error: { code: 'sources.signed-out' },
    });
  });

  test('that ends soon is told once a day, and shown', async () => {
    const world = fakeWorld();
    world.account = { name: 'reader', expiresAt: new Date('2026-06-05T00:00:00Z') };
    const house = anArchive(database, world);
    await house.signedIn();
    await house.archive.checkAll(house.signal);
    expect(house.told).toEqual([{ kind: 'expiring', name: 'Invented' }]);
    expect(await house.archive.attention()).toMatchObject([{ expiry: { is: 'soon' } }]);
  });

  test('of a source that rests is looked at before anything else, when the rest is over', async () => {
    const world = fakeWorld([aFakePost()]);
    const house = anArchive(database, world);
    const id = await house.signedIn();
    world.fault = (question) =>
      question === 'creators' ? { code: 'source.rate-limited', retryAfterMs: 60_000 } : null;
    await house.sync(id);
    expect(house.queued).toMatchObject([
      { name: 'archive.go-on', startAfter: new Date('2026-06-01T08:15:00Z') },
    ]);
    world.fault = () => null;
    house.later(16 * 60_000);
    world.asked.length = 0;
    await house.sync(id);
    expect(world.asked.slice(0, 2)).toEqual(['check', 'creators']);
  });
});

test('creators that were left out are not read, and what was archived of them stays', async () => {
  const world = fakeWorld([aFakePost()]);
  const house = anArchive(database, world);
  const id = await house.signedIn();
  await house.sync(id);
  await house.archive.sources.select(id, []);
  world.asked.length = 0;
  await house.sync(id);
  expect(world.asked).toEqual(['creators']);
  expect(await house.archive.ledger.all()).toMatchObject([
    { creatorName: 'Ana', ledger: { posts: { archived: 1 } } },
  ]);
});
