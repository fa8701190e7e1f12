import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CollectionId, CreatorId, SourceId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { MOST_COUNTED, type PostFilter, type PostQuery } from '../../core/reading/list.ts';
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

const query = (filter: PostFilter = {}, more: Partial<PostQuery> = {}): PostQuery => ({
  filter,
  order: 'newest',
  from: null,
  limit: 10,
  ...more,
});
const idsOf = async (given: PostQuery) => (await store.posts(given)).posts.map(({ id }) => id);

describe('the list of posts', () => {
  test('goes on where a page ended, and back, also among posts of the same moment', async () => {
    for (const id of ['a', 'b', 'c', 'd', 'e']) await shelf.post({ id, publishedAt: minute(1) });
    const first = await store.posts(query({}, { limit: 2 }));
    expect(first.posts.map(({ id }) => id)).toEqual(['e', 'd']);
    expect(first.previous).toBeNull();
    if (!first.next) throw new Error('there are more');
    const second = await store.posts(query({}, { limit: 2, from: { cursor: first.next, way: 'on' } }));
    expect(second.posts.map(({ id }) => id)).toEqual(['c', 'b']);
    if (!second.previous || !second.next) throw new Error('there is more on both sides');
    const back = await store.posts(query({}, { limit: 2, from: { cursor: second.previous, way: 'back' } }));
    expect(back.posts.map(({ id }) => id)).toEqual(['e', 'd']);
    expect(back.previous).toBeNull();
    const last = await store.posts(query({}, { limit: 2, from: { cursor: second.next, way: 'on' } }));
    expect(last.posts.map(({ id }) => id)).toEqual(['a']);
    expect(last.next).toBeNull();
  });

  test('begins with the oldest when asked to, and knows dates before 1970 and after 2100', async () => {
    await shelf.post({ id: 'future', publishedAt: new Date('2150-01-01T00:00:00Z') });
    await shelf.post({ id: 'past', publishedAt: new Date('1931-05-01T00:00:00Z') });
    await shelf.post({ id: 'now' });
    expect(await idsOf(query({}, { order: 'oldest' }))).toEqual(['past', 'now', 'future']);
    const { next } = await store.posts(query({}, { order: 'oldest', limit: 1 }));
    if (!next) throw new Error('there are more');
    expect(await idsOf(query({}, { order: 'oldest', from: { cursor: next, way: 'on' } }))).toEqual([
      'now',
      'future',
    ]);
  });

  test('finds by creator, source, collection, kind, tag, date and what is special about them', async () => {
    await shelf.source({ id: 'other' as SourceId });
    await shelf.creator({ id: 'eva' as CreatorId, sourceId: 'other' as SourceId });
    await shelf.post({ id: 'plain', publishedAt: minute(1) });
    await shelf.post({ id: 'of-eva', creatorId: 'eva' as CreatorId, publishedAt: minute(2) });
    await shelf.post({ id: 'tagged', tags: ['música', 'live'], publishedAt: minute(3) });
    await shelf.post({ id: 'podcast', kind: 'podcast', publishedAt: minute(4) });
    await shelf.post({ id: 'locked', locked: true, publishedAt: minute(5) });
    await shelf.post({ id: 'vanished', vanishedAt: minute(9), publishedAt: minute(6) });
    await shelf.post({ id: 'gap', publishedAt: minute(7) });
    await shelf.media('gap', { externalId: 'm', gap: { code: 'drm' } });
    await shelf.post({ id: 'mended', publishedAt: minute(8) });
    await shelf.media('mended', { externalId: 'm', gap: { code: 'drm' }, withdrawnAt: minute(9) });
    await shelf.collection('best', ['plain', 'podcast']);

    expect(await idsOf(query({ creatorId: 'eva' as CreatorId }))).toEqual(['of-eva']);
    expect(await idsOf(query({ sourceId: 'other' as SourceId }))).toEqual(['of-eva']);
    expect(await idsOf(query({ collectionId: 'best' as CollectionId }))).toEqual(['podcast', 'plain']);
    expect(await idsOf(query({ kind: 'podcast' }))).toEqual(['podcast']);
    expect(await idsOf(query({ tag: 'música' }))).toEqual(['tagged']);
    expect(await idsOf(query({ state: 'locked' }))).toEqual(['locked']);
    expect(await idsOf(query({ state: 'vanished' }))).toEqual(['vanished']);
    expect(await idsOf(query({ state: 'gaps' }))).toEqual(['gap']);
    expect(await idsOf(query({ from: minute(2), before: minute(4) }))).toEqual(['tagged', 'of-eva']);
    expect(await store.countPosts({ creatorId: 'ana' as CreatorId })).toBe(7);
    expect(await store.countPosts({ tag: "'; drop table archive_posts; --" })).toBe(0);
  });

  test.each([
    { many: 30, behind: 0, what: 'few' },
    { many: MOST_COUNTED + 30, behind: 0, what: 'more than are counted' },
    { many: 30, behind: 1_100, what: 'few that stand behind many others' },
    { many: MOST_COUNTED + 30, behind: 1_100, what: 'more than are counted, behind many others' },
  ])('is turned page by page, on and back, through $what that pass two filters', async ({ many, behind }) => {
    const first = await shelf.post({ id: 'p', kind: 'audio', tags: ['live'], publishedAt: minute(0) });
    await database.pool.query(
      `insert into archive_posts select (p).* from (select jsonb_populate_record(p, jsonb_build_object('id', 'p' || n,
         'external_id', n, 'published_at', p.published_at + make_interval(mins => n / 2))) as p
       from archive_posts p, generate_series(1, $2) n where p.id = $1) made`,
      [first, many - 1],
    );
    await shelf.post({ id: 'other', kind: 'audio', publishedAt: minute(3) });
    await database.pool.query(
      `insert into archive_posts select (p).* from (select jsonb_populate_record(p, jsonb_build_object('id', 'o' || n,
         'external_id', 'o' || n, 'published_at', p.published_at + make_interval(days => 30 + n))) as p
       from archive_posts p, generate_series(1, $1) n where p.id = 'other') made`,
      [behind],
    );
    const filter: PostFilter = { kind: 'audio', tag: 'live' };
    const { rows } = await database.pool.query<{ id: string }>(
      `select id from archive_posts where tags <> '{}' order by published_at desc, id desc`,
    );
    const pageAt = (from: PostQuery['from']) => store.posts(query(filter, { limit: 7, from }));
    const turned = [await pageAt(null)];
    for (let page = turned[0]; page?.next && turned.length < 4; turned.push(page))
      page = await pageAt({ cursor: page.next, way: 'on' });
    expect(turned.flatMap(({ posts }) => posts.map(({ id }) => id))).toEqual(
      rows.slice(0, 28).map(({ id }) => id),
    );
    const last = turned.at(-1)?.previous;
    if (!last) throw new Error('there is more before');
    expect((await pageAt({ cursor: last, way: 'back' })).posts).toEqual(turned.at(-2)?.posts);
    expect(await store.countPosts(filter)).toBe(Math.min(many, MOST_COUNTED + 1));
  });

  test('shows of each post its cover, what is in it and what is missing', async () => {
    await shelf.post({
      id: 'a',
      blocks: [{ type: 'paragraph', text: [{ text: 'Hola a todos' }] }],
      teaser: 'not this',
      commentCount: 4,
    });
    await shelf.file(aSha(1));
    await shelf.file(aSha(2), { mimeType: 'video/mp4', kind: 'video' });
    await shelf.file(aSha(3));
    await shelf.media('a', {
      externalId: 'film',
      kind: 'video',
      role: 'main',
      sha256: aSha(2),
      durationMs: 90_000,
    });
    await shelf.media('a', { externalId: 'late', position: 5, sha256: aSha(3) });
    await shelf.media('a', { externalId: 'front', position: 9, role: 'cover', sha256: aSha(1) });
    await shelf.media('a', { externalId: 'pdf', kind: 'file', role: 'attachment', gap: { code: 'expired' } });
    const [card] = (await store.posts(query())).posts;
    expect(card).toMatchObject({
      excerpt: 'Hola a todos',
      minutes: 1,
      pictures: 1,
      files: 1,
      gaps: 1,
      commentCount: 4,
      durationMs: 90_000,
      cover: { sha256: aSha(1), kind: 'image' },
      creator: { id: 'ana', name: 'Creator ana' },
    });
  });

  test('a PDF is the face of a post that has no picture and no film', async () => {
    await shelf.post({ id: 'a' });
    await shelf.file(aSha(1), { mimeType: 'application/zip', kind: 'file' });
    await shelf.file(aSha(2), { mimeType: 'application/pdf', kind: 'file' });
    await shelf.file(aSha(3), { mimeType: 'video/mp4', kind: 'video' });
    const file = { kind: 'file', role: 'attachment', mimeType: null } as const;
    await shelf.media('a', { ...file, externalId: 'zip', fileName: 'a.zip', sha256: aSha(1) });
    await shelf.media('a', { ...file, externalId: 'pdf', fileName: 'a.PDF', position: 1, sha256: aSha(2) });
    const cover = async () => (await store.posts(query())).posts[0]?.cover;
    expect(await cover()).toMatchObject({ sha256: aSha(2), kind: 'file' });
    await shelf.media('a', { externalId: 'film', kind: 'video', position: 2, sha256: aSha(3) });
    expect(await cover()).toMatchObject({ sha256: aSha(3), kind: 'video' });
  });
});
