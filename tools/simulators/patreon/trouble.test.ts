import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileNames, markupCases } from '../../seed/patreon/corpora/markup.ts';
import { toHtml, wordsOf, type Node } from '../../seed/patreon/document.ts';
import { seedPatronage } from '../../seed/patreon/seed.ts';
import { ask as request } from '../client.fake.ts';
import { patron, type Ask } from './client.fake.ts';
import { startPatreon, type PatreonSimulator } from './start.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const now = new Date('2026-11-20T12:00:00Z');
const patronage = seedPatronage({ now });
let patreon: PatreonSimulator;
let ask: Ask;
beforeEach(async () => {
  patreon = await startPatreon(patronage, { now: () => now });
  ask = patron(patreon);
});
afterEach(() => patreon.close());

const maps = '5120388';
const bare = 'json-api-use-default-includes=false&fields[post]=title,edited_at,current_user_can_view,content';
const listOf = (campaignId: string, rest = ''): string =>
  `/api/posts?filter[campaign_id]=${campaignId}&${bare}${rest}`;
const list = listOf(maps);
const newest = (): string => patreon.house.shelves[1]?.entries()[0]?.id ?? '';
const tell = (word: string, fields: Record<string, unknown>) =>
  request(`${patreon.url}/__sim/${word}`, 'POST', {}, fields);

test.each([
  ['401', 401, 'json'],
  ['403', 403, 'json'],
  ['bad-request', 400, 'json'],
  ['not-found', 404, 'json'],
  ['upgrade', 426, 'json'],
  ['500', 500, 'json'],
  ['503', 503, 'json'],
  ['challenge', 403, 'html'],
  ['login-page', 200, 'html'],
] as const)('%s comes as Patreon puts it', async (kind, status, type) => {
  patreon.faults.add({ path: '/api/posts', kind, times: 1 });
  const told = await ask(list);
  expect(told.status).toBe(status);
  expect(told.headers.get('content-type')).toContain(type);
  expect((await ask(list)).status).toBe(200);
});

test('the challenge is signed by Cloudflare', async () => {
  patreon.faults.add({ path: '/api/', kind: 'challenge' });
  const { headers, text } = await ask(list);
  expect(headers.get('cf-mitigated')).toBe('challenge');
  expect(text).toContain('Just a moment...');
});

test('too many calls say how long to wait, twice', async () => {
  patreon.faults.add({ path: '/api/posts', kind: '429', retryAfterS: 7, times: 1 });
  const { headers, document } = await ask(list);
  expect(headers.get('retry-after')).toBe('7');
  expect(document.errors?.[0]?.retry_after_seconds).toBe(7);
});

test('somebody who does not pace their calls is slowed down', async () => {
  patreon.act.set({ rate: { calls: 2, windowMs: MINUTE_MS, retryAfterS: 30 } });
  const answers = [await ask(list), await ask(list), await ask(list)];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  patreon.act.passTime(2 * MINUTE_MS);
  expect((await ask(list)).status).toBe(200);
});

test('half a document, a line that is cut, and a length that is not true', async () => {
  patreon.faults.add({ path: '/api/posts', kind: 'truncated-json', times: 1 });
  await expect(ask(list)).rejects.toThrow(SyntaxError);
  for (const kind of ['drop', 'long-length'] as const) {
    patreon.faults.add({ path: '/api/posts', kind, times: 1 });
    await expect(ask(list)).rejects.toThrow();
  }
});

test('half a file that says it is whole', async () => {
  const product = patreon.house.patronage.creators[1]?.products[0];
  const path = `/file?h=${product?.id ?? ''}&m=${product?.content[0]?.id ?? ''}`;
  const url = (await ask(path)).headers.get('location') ?? '';
  const whole = await (await fetch(url)).arrayBuffer();
  patreon.cdn.faults.add({ path: '/4/', kind: 'half', times: 1 });
  const half = await fetch(url);
  expect(half.headers.get('content-length')).toBe(String(Math.floor(whole.byteLength / 2)));
  expect((await half.arrayBuffer()).byteLength).toBe(Math.floor(whole.byteLength / 2));
});

test.each([
  ['error', 400],
  ['empty', 200],
] as const)('a cursor dies after half an hour, or on command, with an %s', async (deadCursor, status) => {
  patreon.act.set({ deadCursor });
  const next = (await ask(list)).document.links?.next ?? '';
  patreon.act.passTime(29 * MINUTE_MS);
  expect((await ask(next)).document.data).toHaveLength(20);
  patreon.act.passTime(2 * MINUTE_MS);
  const dead = await ask(next);
  expect(dead.status).toBe(status);
  if (status === 200)
    expect(dead.document).toEqual({
      data: [],
      meta: { pagination: { cursors: { next: null }, total: 140 } },
    });
  const young = (await ask(list)).document.links?.next ?? '';
  patreon.act.expireCursors();
  expect((await ask(young)).status).toBe(status);
});

test('what is published or deleted between two pages neither repeats nor loses a post', async () => {
  const first = await ask(list);
  patreon.act.publish(maps, { title: 'Stop press', text: 'One\nTwo' });
  patreon.act.remove(first.document.data.at(-1)?.id ?? '');
  const second = await ask(first.document.links?.next ?? '');
  const ids = [...first.document.data, ...second.document.data].map(({ id }) => id);
  expect(new Set(ids).size).toBe(40);
  expect((await ask(list)).document.data[0]?.attributes).toMatchObject({ title: 'Stop press' });
});

test('an edit says when it was, and a deleted post is not there', async () => {
  const id = newest();
  patreon.act.change(id, { title: 'Better', text: 'New words' });
  const { document } = await ask(`/api/posts/${id}?fields[post]=title,edited_at,content_json_string`);
  expect(document.data.attributes).toMatchObject({
    title: 'Better',
    edited_at: '2026-11-20T12:00:00.000+00:00',
  });
  expect(document.data.attributes['content_json_string']).toContain('New words');
  patreon.act.remove(id);
  expect((await ask(`/api/posts/${id}`)).status).toBe(404);
});

test('a post is locked and opened again', async () => {
  const canView = async (): Promise<unknown> =>
    (await ask(`/api/posts/${newest()}?${bare}`)).document.data.attributes['current_user_can_view'];
  for (const viewable of [false, true]) {
    patreon.act.setViewable(newest(), viewable);
    expect(await canView()).toBe(viewable);
  }
});

test('somebody comments, and the creator answers', async () => {
  const { id } = patreon.act.publish(maps, { title: 'Talk' });
  const comment = patreon.act.comment(id, { body: 'First!' });
  patreon.act.comment(id, { body: 'Welcome', replyTo: comment.id, byCreator: true });
  const { document } = await ask(`/api/posts/${id}/comments2`);
  expect(document.data).toMatchObject([{ attributes: { body: 'First!', reply_count: 1 } }]);
  expect((await ask(`/api/comments/${comment.id}/replies2`)).document.data).toMatchObject([
    { attributes: { is_by_creator: true } },
  ]);
});

test('a suspended campaign is in no list, and its page says why', async () => {
  patreon.act.suspend(maps);
  expect((await ask(list)).status).toBe(404);
  expect((await ask('/api/campaigns?filter[vanity]=mapsandmarrow')).document.data).toEqual([]);
  const members = (await ask('/api/current_user')).document.included?.filter(({ type }) => type === 'member');
  expect(members).toHaveLength(2);
  expect((await ask('/mapsandmarrow')).text).toContain('"campaignDisciplinaryStatus":"suspended"');
  patreon.act.suspend(maps, false);
  expect((await ask(list)).status).toBe(200);
});

test('a cookie dies at its time: nobody at once, and a stranger to the lists', async () => {
  patreon.act.passTime(31 * DAY_MS);
  expect((await ask('/api/current_user')).status).toBe(401);
  expect((await ask(list)).status).toBe(200);
  patreon.act.set({ deadSession: '401' });
  expect((await ask(list)).status).toBe(401);
});

test('the list can leave out the JSON that the detail has', async () => {
  patreon.act.set({ listOmitsJson: true });
  const named = 'json-api-use-default-includes=false&fields[post]=content_json_string';
  const { document } = await ask(`/api/posts?filter[campaign_id]=${maps}&${named}`);
  expect(document.data[0]?.attributes).toEqual({});
  expect((await ask(`/api/posts/${newest()}?${named}`)).document.data.attributes).toHaveProperty(
    'content_json_string',
  );
});

test('all of it can be ordered over HTTP', async () => {
  const { body } = await tell('publish', { campaignId: maps, title: 'From outside', text: 'Hello' });
  const { id } = body as { id: string };
  expect((await tell('change', { postId: id, title: 'Changed' })).status).toBe(204);
  expect((await ask(`/api/posts/${id}?fields[post]=title`)).document.data.attributes).toEqual({
    title: 'Changed',
  });
  expect((await tell('comment', { postId: id, body: 'Hi' })).status).toBe(200);
  expect((await tell('viewable', { postId: id, viewable: false })).status).toBe(204);
  expect((await tell('remove', { postId: id })).status).toBe(204);
  expect((await tell('remove', { postId: id })).status).toBe(400);
  expect((await tell('settings', { minAppVersion: 500 })).status).toBe(204);
  expect((await tell('cursors', {})).status).toBe(204);
  expect((await tell('clock', { aheadMs: 1 })).status).toBe(204);
  expect((await tell('session', { dead: true })).status).toBe(204);
  expect((await ask('/api/current_user')).status).toBe(401);
  expect((await tell('nonsense', {})).status).toBe(404);
  const standing = await request(`${patreon.url}/__sim/patreon`, 'GET');
  expect(standing.body).toMatchObject({ at: { cdn: patreon.cdnUrl }, settings: { minAppVersion: 500 } });
});

test('the log tells when calls came and went', async () => {
  await ask(list);
  const [entry] = patreon.requests;
  expect(entry?.cameMs).toBeGreaterThan(0);
  await expect.poll(() => entry?.answeredMs).toBeGreaterThanOrEqual(entry?.cameMs ?? 0);
});

test('hostile markup goes out as it is, in bodies, comments and names', async () => {
  const { campaignId } = patreon.act.addCorpus('hostile');
  const { document } = await ask(listOf(campaignId, '&page[count]=100'));
  const bodies = document.data.map(({ attributes }) => attributes['content']);
  for (const { html } of markupCases) expect(bodies).toContain(html);
  const first = document.data.find(({ attributes }) => attributes['content'] === markupCases[0]?.html);
  const comments = await ask(`/api/posts/${first?.id ?? ''}/comments2`);
  expect(comments.document.data).toMatchObject([{ attributes: { body: markupCases[0]?.html } }]);
});

test('bad names of files are told by the API and by the file server', async () => {
  const { campaignId, posts } = patreon.act.addCorpus('hostile');
  const { id = '', media = [] } = posts.at(-1) ?? {};
  const { document } = await ask(`/api/posts/${id}?include=attachments_media`);
  expect(document.included?.map(({ attributes }) => attributes['file_name'])).toEqual(fileNames);
  for (const { id: mediaId } of media) {
    const way = await ask(`/file?h=${id}&m=${mediaId}`);
    expect((await fetch(way.headers.get('location') ?? '')).status).toBe(200);
  }
  expect(campaignId).toBe(patreon.act.addCorpus('hostile').campaignId);
});

test('five hundred pictures hang in one post', async () => {
  const [post] = patreon.act.addCorpus('gallery').posts;
  const { document } = await ask(`/api/posts/${post?.id ?? ''}?include=images`);
  expect(document.included).toHaveLength(500);
});

test('dates before the beginning and after the next century', async () => {
  const { campaignId } = patreon.act.addCorpus('dates');
  const { document } = await ask(`/api/posts?filter[campaign_id]=${campaignId}&fields[post]=published_at`);
  const dates = document.data.map(({ attributes }) => String(attributes['published_at']));
  expect(dates[0]).toBe('9999-12-31T23:59:59.000+00:00');
  expect(dates.at(-1)).toBe('1899-12-31T23:59:59.000+00:00');
});

test('bodies in odd shapes', async () => {
  const { campaignId } = patreon.act.addCorpus('shapes');
  const { document } = await ask(
    `/api/posts?filter[campaign_id]=${campaignId}&json-api-use-default-includes=false&fields[post]=title,post_type,content,content_json_string`,
  );
  const broken = document.data.find(({ attributes }) => attributes['title'] === 'Shape: JSON that is none');
  expect(() => JSON.parse(String(broken?.attributes['content_json_string'])) as unknown).toThrow(SyntaxError);
  expect(document.data.map(({ attributes }) => attributes['title'])).toContain(null);
});

test('twenty thousand posts are made up as they are asked for, and stay the same', async () => {
  const { campaignId } = patreon.act.addCorpus('large');
  const first = await ask(listOf(campaignId, '&page[count]=100'));
  expect(first.document.meta?.pagination?.total).toBe(20_000);
  const again = await ask(listOf(campaignId, '&page[count]=100'));
  expect(again.document.data).toEqual(first.document.data);
  const id = first.document.data[0]?.id ?? '';
  patreon.act.change(id, { title: 'Changed' });
  expect((await ask(`/api/posts/${id}?${bare}`)).document.data.attributes).toMatchObject({
    title: 'Changed',
  });
});

test('the bench has three small pictures in each post, each of them different', async () => {
  const { campaignId } = patreon.act.addCorpus('bench');
  const { document } = await ask(
    `/api/posts?filter[campaign_id]=${campaignId}&include=images&page[count]=20`,
  );
  const urls = document.included?.map(({ attributes }) => String(attributes['download_url'])) ?? [];
  expect(urls).toHaveLength(60);
  const files = await Promise.all(
    urls.map(async (url) => Buffer.from(await (await fetch(url)).arrayBuffer()).toString('hex')),
  );
  expect(new Set(files).size).toBe(60);
  const told = document.included?.map(({ attributes }) => attributes['size_bytes']);
  expect(files.map((file) => file.length / 2)).toEqual(told);
});

test('unknown nodes keep the words inside them', () => {
  const body: Node = {
    type: 'doc',
    content: [{ type: 'hologram', content: [{ type: 'text', text: 'kept' }] }],
  };
  expect(toHtml(body)).toBe('<div data-node="hologram">kept</div>');
  expect(wordsOf(body)).toBe('kept');
});
