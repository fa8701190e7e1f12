import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CreatorId, PostId, SourceId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { posts } from '../posts.tables.ts';
import { creators, sources } from '../tables.ts';
import { aSource, fakeSources } from './sources.fake.ts';
import type { SourceStore } from './sources.ports.ts';
import { createSourceStore } from './sources.store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());

const first = aSource();
const second = aSource({
  id: 's0000002' as SourceId,
  name: 'Another',
  createdAt: new Date('2026-02-01T00:00:00Z'),
});
const at = new Date('2026-03-01T00:00:00.000Z');

/** A source that has a post, in either store. */
async function withPost(): Promise<void> {
  const creatorId = 'c1' as CreatorId;
  await database.db.insert(sources).values({ ...first, state: { is: 'unchecked' } });
  await database.db.insert(creators).values({
    id: creatorId,
    sourceId: first.id,
    externalId: 'a',
    name: 'Ana',
    tiers: [],
    membership: 'paid',
  });
  await database.db.insert(posts).values({
    id: 'p1' as PostId,
    creatorId,
    externalId: '1',
    kind: 'text',
    publishedAt: at,
    locked: false,
    readable: true,
    blocks: [],
    tags: [],
    tiers: [],
    commentCount: 0,
    parserVersion: 1,
    listedAs: '',
    firstSeenAt: at,
    lastSeenAt: at,
  });
}

const stores: Record<string, (hasPosts?: boolean) => Promise<SourceStore>> = {
  fake: async (hasPosts = false) => {
    const store = fakeSources(new Set(hasPosts ? [first.id] : []));
    if (hasPosts) await store.add(first);
    return store;
  },
  postgres: async (hasPosts = false) => {
    await database.pool.query('truncate archive_sources cascade');
    if (hasPosts) await withPost();
    return createSourceStore(database.db);
  },
};

describe.each(Object.entries(stores))('SourceStore (%s)', (_name, open) => {
  test('gives back what was added, in that order', async () => {
    const store = await open();
    expect([await store.add(first), await store.add(second)]).toEqual([true, true]);
    expect(await store.list()).toEqual([first, second]);
    expect(await store.find(first.id)).toEqual(first);
    expect(await store.find('nope' as SourceId)).toBeNull();
  });

  test('has one source of a name', async () => {
    const store = await open();
    await store.add(first);
    await store.add(second);
    expect(await store.add(aSource({ id: 's0000003' as SourceId }))).toBe(false);
    expect(await store.change(second.id, { name: first.name })).toBe('name-taken');
    expect(await store.change(first.id, { name: first.name, enabled: false })).toBe('changed');
    expect(await store.find(first.id)).toEqual({ ...first, enabled: false });
    expect(await store.change('nope' as SourceId, { name: 'x' })).toBe('gone');
  });

  test('keeps what a source said of itself, with its dates', async () => {
    const store = await open();
    await store.add(first);
    const ready = { is: 'ready', account: 'Bo', checkedAt: at, expiresAt: at } as const;
    await store.saveState(first, ready);
    expect((await store.find(first.id))?.state).toEqual(ready);
    const stopped = { is: 'stopped', problem: { code: 'source.challenge' }, since: at, until: null } as const;
    await store.saveState(first, stopped);
    expect((await store.find(first.id))?.state).toEqual(stopped);
  });

  test('keeps when a source was last looked at, and nothing else changes by it', async () => {
    const store = await open();
    await store.add(first);
    await store.saveLook(first.id, at);
    expect(await store.find(first.id)).toEqual({ ...first, lookedAt: at });
  });

  test('does not believe an answer to a sign-in that was changed meanwhile', async () => {
    const store = await open();
    await store.add(first);
    await store.change(first.id, { sealedCredentials: 'sealed(new)' });
    await store.saveState(first, {
      is: 'stopped',
      problem: { code: 'source.signed-out' },
      since: at,
      until: null,
    });
    expect((await store.find(first.id))?.state).toEqual({ is: 'unchecked' });
    await store.change(first.id, { sealedCredentials: null });
    await store.saveState({ id: first.id, sealedCredentials: null }, { is: 'unchecked' });
    expect((await store.find(first.id))?.sealedCredentials).toBeNull();
  });

  test('lets go of a source without posts, and of no other', async () => {
    const empty = await open();
    await empty.add(first);
    expect([await empty.remove(first.id), await empty.remove(first.id)]).toEqual(['removed', 'gone']);
    const full = await open(true);
    expect(await full.remove(first.id)).toBe('has-posts');
    expect(await full.find(first.id)).not.toBeNull();
  });
});
