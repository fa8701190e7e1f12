import { afterAll, beforeAll, expect, test } from 'vitest';
import { toHtml, type Node } from '../../seed/patreon/document.ts';
import type { Post } from '../../seed/patreon/patronage.ts';
import { postTypes } from '../../seed/patreon/patronage.ts';
import { patron, type Ask, type Document } from './client.fake.ts';
import { startPatreon, type PatreonSimulator } from './start.ts';

const now = new Date('2026-11-20T12:00:00Z');
let patreon: PatreonSimulator;
let ask: Ask;
let posts: Post[];
beforeAll(async () => {
  patreon = await startPatreon(undefined, { now: () => now });
  ask = patron(patreon);
  posts = patreon.house.patronage.creators.flatMap((creator) => creator.posts);
});
afterAll(() => patreon.close());

const maps = '5120388';
const list = `/api/posts?filter[campaign_id]=${maps}&filter[is_draft]=false&json-api-version=1.0`;
/** Lists without media are quick: no file has to be made to tell its size. */
const bare = '&json-api-use-default-includes=false&fields[post]=title,published_at';
const find = (test: (post: Post) => boolean): Post => {
  const found = posts.find(test);
  if (!found) throw new Error('the seed has no such post');
  return found;
};
const isOpen = ({ access }: Post): boolean => access.kind !== 'tier';

test('the cookie says whose it is and whom they support', async () => {
  const { status, headers, document } = await ask(
    '/api/current_user?include=active_memberships.campaign&fields[campaign]=name,vanity',
  );
  expect(status).toBe(200);
  expect(headers.get('set-cookie')).toContain('Expires=Sun, 20 Dec 2026 12:00:00 GMT');
  const campaigns = document.included?.filter(({ type }) => type === 'campaign') ?? [];
  expect(campaigns.map(({ attributes }) => attributes)).toContainEqual({
    name: 'Maps & Marrow',
    vanity: 'mapsandmarrow',
  });
  expect(document.included?.filter(({ type }) => type === 'member')).toHaveLength(3);
});

test.each<Record<string, string>>([
  {},
  { cookie: 'session_id=wrong' },
  { cookie: 'patreon_device_id=demo-session' },
])('without a good cookie (%o) it is nobody', async (headers) => {
  const { status, document } = await ask('/api/current_user', headers);
  expect(status).toBe(401);
  expect(document.errors).toMatchObject([{ status: '401', code_name: 'Unauthorized' }]);
});

test('a creator is found by name or not at all', async () => {
  const found = await ask('/api/campaigns?filter[vanity]=MapsAndMarrow&include=creator,rewards,collections');
  expect(found.document.data.map(({ id }) => id)).toEqual([maps]);
  expect(new Set(found.document.included?.map(({ type }) => type))).toEqual(
    new Set(['user', 'reward', 'collection']),
  );
  const none = await ask('/api/campaigns?filter[vanity]=nobody');
  expect(none).toMatchObject({ status: 200, document: { data: [] } });
  const search = await ask('/api/search?q=cartógrafo');
  expect(search.document.data).toEqual([]);
  const byWord = await ask('/api/search?q=marrow');
  expect(byWord.document.data).toMatchObject([{ type: 'campaign-document', id: `campaign_${maps}` }]);
});

test('the pages of a list follow each other to the end, newest first, each post once', async () => {
  const ids: string[] = [];
  const dates: string[] = [];
  let next: string | undefined = `${list}${bare}&page[count]=50`;
  let pages = 0;
  while (next !== undefined) {
    const { document }: { document: Document } = await ask(next);
    ids.push(...document.data.map(({ id }) => id));
    dates.push(...document.data.map(({ attributes }) => String(attributes['published_at'])));
    expect(document.meta?.pagination?.total).toBe(140);
    expect(document.links?.next === undefined).toBe(document.meta?.pagination?.cursors.next === null);
    next = document.links?.next;
    pages += 1;
  }
  expect(pages).toBe(3);
  expect(new Set(ids).size).toBe(140);
  expect(dates).toEqual(dates.toSorted().toReversed());
});

test.each([
  ['&sort=-collection_order', 400],
  ['&page[cursor]=03:forged:x', 400],
  ['&page[count]=0', 400],
])('a list with %s is refused', async (end, status) => {
  expect((await ask(`${list}${bare}${end}`)).status).toBe(status);
});

test('a list needs a campaign, and so do collections, whose path is in the singular', async () => {
  expect((await ask('/api/posts')).status).toBe(400);
  expect((await ask('/api/collection')).status).toBe(400);
  expect((await ask(`/api/collections?filter[campaign_id]=${maps}`)).status).toBe(404);
  expect((await ask(`/api/collection?filter[campaign_id]=${maps}`)).document.data).toHaveLength(3);
});

test('the posts of a collection come in its own order', async () => {
  const collection = patreon.house.patronage.creators[1]?.collections[0];
  const { document } = await ask(
    `${list}${bare}&filter[collection_id]=${collection?.id ?? ''}&sort=collection_order&page[count]=100`,
  );
  expect(document.data.map(({ id }) => id)).toEqual(collection?.postIds);
});

test('tags, months and words filter a list', async () => {
  const tagged = await ask(
    `${list}&json-api-use-default-includes=false&filter[tag]=hexcrawl&include=user_defined_tags&page[count]=100`,
  );
  expect(tagged.document.data.length).toBeGreaterThan(3);
  for (const { relationships } of tagged.document.data) {
    expect(relationships?.['user_defined_tags']?.data).toContainEqual({
      type: 'post_tag',
      id: 'user_defined;hexcrawl',
    });
  }
  const month = await ask(`${list}${bare}&filter[month]=2025-3`);
  for (const { attributes } of month.document.data) expect(attributes['published_at']).toMatch(/^2025-03/);
});

test('what is named is what comes: the JSON of the body only for those who ask for it', async () => {
  const { id } = find(
    (post) => post.bodyAs === 'both' && post.access.kind === 'public' && post.media.length === 0,
  );
  const all = await ask(`/api/posts/${id}`);
  expect(all.document.data.attributes).toHaveProperty('edited_at');
  expect(all.document.data.attributes).not.toHaveProperty('content_json_string');
  const named = await ask(`/api/posts/${id}?fields[post]=content,content_json_string`);
  const { content, content_json_string: written } = named.document.data.attributes;
  expect(toHtml(JSON.parse(String(written)) as Node)).toBe(content);
});

test('younger posts have no content but the JSON', async () => {
  const { id } = find((post) => post.bodyAs === 'json' && isOpen(post) && post.media.length === 0);
  const { document } = await ask(`/api/posts/${id}?fields[post]=content,content_json_string`);
  expect(document.data.attributes['content']).toBeNull();
  expect(JSON.parse(String(document.data.attributes['content_json_string']))).toMatchObject({ type: 'doc' });
});

test('every kind of post is there, and one that nobody knows', () => {
  const kinds = new Set(posts.map(({ postType }) => postType));
  for (const kind of postTypes) expect(kinds).toContain(kind);
  expect(kinds).toContain('quiz_drop');
});

test('a locked post shows its teaser and blurred pictures, and nothing else', async () => {
  const post = find(
    ({ access, media }) =>
      access.kind === 'tier' && access.cents > 1_000 && media.some(({ role }) => role === 'image'),
  );
  const { document } = await ask(`/api/posts/${post.id}`);
  const { attributes, relationships } = document.data;
  expect(attributes).toMatchObject({ current_user_can_view: false, content: null, teaser_text: post.teaser });
  expect(relationships).not.toHaveProperty('attachments_media');
  const media = document.included?.filter(({ type }) => type === 'media') ?? [];
  expect(media.length).toBeGreaterThan(0);
  for (const { attributes: told } of media) expect(told).not.toHaveProperty('download_url');
  expect((await ask(`/api/posts/${post.id}/comments2`)).status).toBe(403);
  const stranger = await ask(`/api/posts/${find(isOpen).id}`, { cookie: 'session_id=dead' });
  expect(stranger.status).toBe(200);
});

test('comments come with those who wrote them and the first answer', async () => {
  const post = find((one) => isOpen(one) && one.comments.some(({ replies }) => replies.length > 1));
  const { document } = await ask(
    `/api/posts/${post.id}/comments2?include=parent,commenter.campaign.null,first_reply.{commenter.campaign.null,parent}&page[count]=50`,
  );
  const parent = document.data.find(({ attributes }) => Number(attributes['reply_count']) > 1);
  const reply = parent?.relationships?.['first_reply']?.data as { id: string };
  expect(document.included?.map(({ id }) => id)).toContain(reply.id);
  const replies = await ask(`/api/comments/${parent?.id ?? ''}/replies2?sort=created&page[count]=50`);
  expect(replies.document.data[0]).toMatchObject({
    id: reply.id,
    relationships: { parent: { data: { id: parent?.id } } },
  });
  expect(replies.document.meta?.count).toBe(parent?.attributes['reply_count']);
});

test('a long thread has pages', async () => {
  const post = find((one) => isOpen(one) && one.comments.length > 50);
  const first = await ask(`/api/posts/${post.id}/comments2?page[count]=50`);
  const second = await ask(first.document.links?.next ?? '');
  expect(first.document.data.length + second.document.data.length).toBe(post.comments.length);
  const old = await ask(`/api/posts/${post.id}/comments?page[count]=30`);
  expect(old.document.links?.next).toContain(`page%5Bcursor%5D=${old.document.data[29]?.id ?? ''}`);
});

test('the shop says what is owned, and only that can be fetched', async () => {
  const { document } = await ask(
    `/api/campaigns/${maps}/products?json-api-use-default-includes=false&include=content_media`,
  );
  const owned = document.data.map(({ attributes }) => {
    const [access] = attributes['access_metadata'] as { access_created_at: string | null }[];
    return access?.access_created_at !== null;
  });
  expect(owned).toEqual([true, false]);
  const files = document.included?.filter(({ type }) => type === 'media') ?? [];
  expect(files.map(({ attributes }) => 'download_url' in attributes)).toEqual([true, false]);
});

test('the stream of all creators pages by date', async () => {
  const first = await ask(`/api/stream?filter[is_following]=true${bare}&page[count]=5`);
  const cursor = first.document.meta?.pagination?.cursors.next ?? '';
  expect(new Date(cursor).toISOString()).toBe(cursor);
  const second = await ask(first.document.links?.next ?? '');
  expect(second.document.data.map(({ id }) => id)).not.toContain(first.document.data.at(-1)?.id);
});

test.each(['mapsandmarrow', 'c/mapsandmarrow', 'cw/mapsandmarrow'])(
  'the page /%s tells the number of the campaign',
  async (path) => {
    const { text } = await ask(`/${path}`);
    expect(text.replace(/\\/g, '')).toContain(`"campaign":{"data":{"type":"campaign","id":"${maps}"`);
  },
);

test('old apps are told to update', async () => {
  const old = { cookie: patreon.cookie, 'user-agent': 'Patreon/72.2.28 (Android; Android 14; Scale/2.10)' };
  expect((await ask('/api/current_user', old)).status).toBe(426);
  const current = { ...old, 'user-agent': 'Patreon/126.9.0.15 (Android; Android 14; Scale/2.10)' };
  expect((await ask('/api/current_user', current)).status).toBe(200);
});
