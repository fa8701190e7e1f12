import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CollectionId, CreatorId, PostId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import type { ReadingStore } from './reading.ports.ts';
import { createReadingStore } from './reading.store.ts';
import { aSha, aShelf, minute } from './shelf.fake.ts';

let database: TestDatabase;
let shelf: ReturnType<typeof aShelf>;
let store: ReadingStore;

beforeAll(async () => {
  database = await openTestDatabase();
  shelf = aShelf(database.db);
  store = createReadingStore(database.db);
}, 60_000);
afterAll(() => database.close());
beforeEach(() => shelf.begin());

describe('a post', () => {
  test('comes with its media, what stands before and after it, and its versions', async () => {
    await shelf.post({ id: 'before', publishedAt: minute(1) });
    await shelf.post({
      id: 'here',
      publishedAt: minute(2),
      currentRevision: 'r1' as never,
      locked: true,
    });
    await shelf.post({ id: 'after', publishedAt: minute(3) });
    await shelf.collection('first', ['after', 'here', 'before']);
    await shelf.collection('second', ['here']);
    await shelf.revision('here', { id: 'r1', seenAt: minute(4) });
    await shelf.revision('here', { id: 'r2', seenAt: minute(5), locked: true });
    await shelf.file(aSha(1), { sizeBytes: 77, mimeType: 'image/png' });
    await shelf.media('here', {
      externalId: 'stored',
      position: 1,
      sha256: aSha(1),
      expectedBytes: 5,
      mimeType: 'image/x-wrong',
    });
    await shelf.media('here', {
      externalId: 'missing',
      position: 0,
      gap: { code: 'vanished' },
      expectedBytes: 9,
    });

    const post = await store.post('here' as PostId);
    expect(post).toMatchObject({
      source: { id: 'source', name: 'Source source' },
      shownFrom: minute(4),
      revisions: [
        { id: 'r2', locked: true, isShown: false },
        { id: 'r1', locked: false, isShown: true },
      ],
      beside: { previous: { id: 'before' }, next: { id: 'after' } },
      collections: [
        { id: 'first', number: 2, count: 3, previous: { id: 'after' }, next: { id: 'before' } },
        { id: 'second', number: 1, count: 1, previous: null, next: null },
      ],
      media: [
        { externalId: 'missing', gap: { code: 'vanished' }, sizeBytes: 9 },
        { externalId: 'stored', mimeType: 'image/png', sizeBytes: 77, isDamaged: false },
      ],
    });
    expect(Object.keys(post ?? {})).not.toContain('listedRaw');
    expect(await store.post('nobody' as PostId)).toBeNull();
  });

  test('keeps comments that its source has taken away', async () => {
    await shelf.post({ id: 'a' });
    await shelf.comment('a', { externalId: '2', createdAt: minute(2), vanishedAt: minute(9) });
    await shelf.comment('a', { externalId: '1', createdAt: minute(1) });
    expect((await store.comments('a' as PostId)).map(({ externalId }) => externalId)).toEqual(['1', '2']);
  });
});

describe('creators and collections', () => {
  test('who published last comes first, and who has nothing yet last', async () => {
    await shelf.creator({ id: 'eva' as CreatorId });
    await shelf.creator({ id: 'new' as CreatorId });
    await shelf.post({ id: 'a', publishedAt: minute(1) });
    await shelf.post({ id: 'b', publishedAt: minute(2), creatorId: 'eva' as CreatorId });
    const creators = await store.creators();
    expect(creators.map(({ id, newestPostAt }) => [id, newestPostAt])).toEqual([
      ['eva', minute(2)],
      ['ana', minute(1)],
      ['new', null],
    ]);
  });

  test('a creator has an avatar and a cover, unless their bytes are damaged', async () => {
    await shelf.file(aSha(1));
    await shelf.file(aSha(2), { damagedAt: minute(1) });
    await shelf.creator({ id: 'eva' as CreatorId, avatarSha: aSha(1), coverSha: aSha(2) });
    await shelf.creator({ id: 'leo' as CreatorId, avatarSha: aSha(2), coverSha: aSha(1) });
    expect(await store.creator('eva' as CreatorId)).toMatchObject({
      avatar: { sha256: aSha(1), kind: 'image' },
      cover: null,
    });
    expect(await store.creator('leo' as CreatorId)).toMatchObject({
      avatar: null,
      cover: { sha256: aSha(1) },
    });
  });

  test('a collection has the picture of its first post that has one', async () => {
    await shelf.post({ id: 'bare' });
    await shelf.post({ id: 'seen' });
    await shelf.file(aSha(1));
    await shelf.media('seen', { externalId: 'm', sha256: aSha(1) });
    await shelf.collection('best', ['bare', 'seen'], { postCount: 9 });
    expect(await store.collection('best' as CollectionId)).toMatchObject({
      postCount: 2,
      saidCount: 9,
      cover: { sha256: aSha(1) },
    });
    const inOrder = await store.collectionPosts('best' as CollectionId, { offset: 0, limit: 9 });
    expect(inOrder.map(({ id }) => id)).toEqual(['bare', 'seen']);
    expect((await store.creator('ana' as CreatorId))?.collections).toHaveLength(1);
    expect(await store.creator('nobody' as CreatorId)).toBeNull();
  });

  test('the lists offer what there is, the most common tags first', async () => {
    await shelf.post({ id: 'a', tags: ['rare', 'often'] });
    await shelf.post({ id: 'b', tags: ['often'] });
    await shelf.collection('best', ['a']);
    const choices = await store.choices('ana' as CreatorId);
    expect(choices).toEqual({
      creators: [{ id: 'ana', name: 'Creator ana' }],
      sources: [{ id: 'source', name: 'Source source' }],
      collections: [{ id: 'best', title: 'Collection best' }],
      tags: ['often', 'rare'],
    });
    expect((await store.choices(null)).collections).toEqual([]);
  });

  test('counts what is new, what is missing and what it takes', async () => {
    await shelf.post({ id: 'old', firstSeenAt: minute(1) });
    await shelf.post({ id: 'new', firstSeenAt: minute(5) });
    await shelf.file(aSha(1), { sizeBytes: 3_000_000_000 });
    await shelf.media('new', { externalId: 'm', gap: { code: 'drm' } });
    expect(await store.counts(minute(5))).toEqual({
      sources: 1,
      creators: 1,
      newPosts: 1,
      gaps: 1,
    });
    expect(await store.storedBytes()).toBe(3_000_000_000);
  });
});
