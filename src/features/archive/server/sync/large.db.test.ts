import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openArchiveHouse, type ArchiveHouse } from '../../../../../tests/archive/house.ts';
import { aSmallPatronage } from '../../../../../tests/archive/world.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { readingApi } from '../reading/reading.api.ts';

vi.setConfig({ testTimeout: 240_000 });

const POSTS = 20_000;
const PAGE = 50;
/** Their numbers, their waiting jobs and a page or two (11 MB measured); all of them at once would be over a hundred. */
const MOST_GROWTH_MB = 32;

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const heapMb = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1e6;
};

/** Nobody but the creators that a test adds. */
const anEmptyPatronage = () => ({ ...aSmallPatronage(), creators: [] });

const asked = ({ patreon }: ArchiveHouse) => {
  const paths = patreon.requests.map(({ path }) => path.replace(/\d{4,}/, 'id'));
  patreon.requests.length = 0;
  return Object.fromEntries([...Map.groupBy(paths, (path) => path)].map(([path, all]) => [path, all.length]));
};

async function countPosts(): Promise<number> {
  const { rows } = await database.pool.query<{ posts: number }>(
    'select count(*)::int as posts from archive_posts',
  );
  return rows[0]?.posts ?? 0;
}

test('a creator with twenty thousand posts: four hundred questions, page by page through the memory', async () => {
  let pages = 0;
  let peak = 0;
  const house = await openArchiveHouse(database, anEmptyPatronage(), {
    changed: ({ patreon }) => {
      pages += 1;
      patreon.requests.splice(0, patreon.requests.length - 1_000);
      if (pages % 40 === 0) peak = Math.max(peak, heapMb());
    },
  });
  house.patreon.act.addCorpus('large');
  const before = heapMb();
  await house.archive.sources.sync(house.id, 'Ana');
  await house.jobs.drain(1);
  expect(asked(house)).toMatchObject({ '/api/posts': POSTS / PAGE });
  expect(await house.standing()).toMatchObject({
    run: { is: 'done' },
    counts: { listed: POSTS, fresh: POSTS },
  });
  expect(await countPosts()).toBe(POSTS);
  expect(peak).toBeGreaterThan(0);
  expect(peak - before).toBeLessThan(MOST_GROWTH_MB);

  await house.jobs.drain(2); // thumbnails of the creator's own two pictures
  // each post is a question of its own, in a job of its own
  expect(house.jobs.waiting()).toEqual({ 'archive.post': POSTS });
  await house.jobs.drain(150);
  expect(asked(house)).toEqual({ '/api/posts/id': 150 });
  expect(house.jobs.waiting()).toEqual({ 'archive.post': POSTS - 150 });

  house.later(3_600_000);
  await house.archive.sources.sync(house.id, 'Ana');
  house.jobs.forget();
  await house.archive.sources.sync(house.id, 'Ana');
  await house.jobs.drain(1);
  expect(asked(house)).toMatchObject({ '/api/posts': 1 });
  await house.close();
});

test('a post with five hundred pictures is read, stored and answered in its order', async () => {
  const house = await openArchiveHouse(database, anEmptyPatronage());
  house.patreon.act.addCorpus('gallery');
  await house.sync();
  const api = readingApi(house.archive.reading);
  const [card] = await itemsOf(api, '/posts');
  expect(card).toMatchObject({ title: 'Five hundred plates', pictures: 500, gaps: 0 });
  const post = (await (await api.request(`/posts/${card?.id ?? ''}`)).json()) as {
    media: { position: number; state: string; fileName: string }[];
  };
  expect(post.media).toHaveLength(500);
  expect(post.media.every(({ state }) => state === 'stored')).toBe(true);
  expect(post.media.map(({ fileName }) => fileName)).toEqual(
    Array.from({ length: 500 }, (_, index) => `plate-${String(index + 1).padStart(3, '0')}.png`),
  );
  expect((await house.archived()).files.length).toBeGreaterThanOrEqual(500);
  await house.close();
});

test('dates before 1970 and after 2100 come through the sync to the answers, in their order and by their filter', async () => {
  const house = await openArchiveHouse(database, anEmptyPatronage());
  house.patreon.act.addCorpus('dates');
  await house.sync();
  const api = readingApi(house.archive.reading);
  const dates = [
    '1899-12-31T23:59:59.000Z',
    '1969-12-31T23:59:59.000Z',
    '1970-01-01T00:00:00.000Z',
    '2000-02-29T12:00:00.000Z',
    '2038-01-19T03:14:08.000Z',
    '2100-02-28T23:59:59.000Z',
    '2107-01-01T00:00:00.000Z',
    '9999-12-31T23:59:59.000Z',
  ];
  const newest = await itemsOf(api, '/posts');
  expect(newest.map(({ publishedAt }) => publishedAt)).toEqual(dates.toReversed());
  const oldest = [];
  for (let next: string | null = ''; next !== null;) {
    const page = await pageOf(api, `/posts?order=oldest&limit=3${next && `&after=${next}`}`);
    oldest.push(...page.items.map(({ publishedAt }) => publishedAt));
    next = page.next;
  }
  expect(oldest).toEqual(dates);
  for (const { id, publishedAt } of newest)
    expect(await (await api.request(`/posts/${id}`)).json()).toMatchObject({ publishedAt });
  await house.close();
});

type Card = { id: string; title: string; publishedAt: string; pictures: number; gaps: number };
type Api = ReturnType<typeof readingApi>;

const pageOf = async (api: Api, path: string) =>
  (await (await api.request(path)).json()) as { items: Card[]; next: string | null };
const itemsOf = async (api: Api, path: string) => (await pageOf(api, path)).items;
