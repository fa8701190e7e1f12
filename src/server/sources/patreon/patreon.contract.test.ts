import { expect, test, vi } from 'vitest';
import type { SourcePost } from '#features/archive/core/post.ts';
import type { Plugin, RawPost, Source } from '#features/archive/server/ports.ts';
import type { PatreonSimulator } from '#tools/simulators/patreon/start.ts';
import type { sessionOf } from '../harness.fake.ts';
import { errorOf, MAPS, never, now, usePatreon, valueOf } from './simulated.fake.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 }); // pictures and films are made when they are first asked for

let patreon: PatreonSimulator;
let plugin: Plugin;
let session: ReturnType<typeof sessionOf>;
let source: Source;
usePatreon((place) => ({ patreon, plugin, session, source } = place));

const read = (raw: RawPost): SourcePost => valueOf(plugin.read(raw));
const post = async (id: string): Promise<SourcePost> => read(valueOf(await source.post(id, never)));

/** Small enough to be listed at once: the seed's own pictures would all have to be drawn first. */
function aCreator(posts: number): string {
  const { campaignId } = patreon.act.addCorpus('dates');
  for (let index = 0; index < posts; index += 1)
    patreon.act.publish(campaignId, {
      title: `Post ${index}`,
      publishedAt: new Date(now.getTime() - index * 60_000).toISOString(),
    });
  return campaignId;
}

async function listed(creatorId: string, onPage: (page: number) => void = () => undefined) {
  const ids: string[] = [];
  let error: unknown = null;
  let pages = 0;
  for await (const page of source.posts(creatorId, never)) {
    if (page.ok) ids.push(...page.value.posts.map(({ externalId }) => externalId));
    else error = page.error;
    pages += 1;
    onPage(pages);
  }
  return { ids, error, pages };
}

test('a cookie that died makes a stranger of its owner: nothing locked is believed, and nothing is empty', async () => {
  const campaign = aCreator(3);
  const open = patreon.act.publish(campaign, { title: 'For patrons', access: { kind: 'patrons' } });
  expect((await post(open.id)).locked).toBe(false);
  const products = valueOf(await source.products(MAPS, never));
  expect(products.length).toBeGreaterThan(0);
  patreon.act.endSession();
  patreon.act.passTime(3_600_000);
  expect(errorOf(await source.post(open.id, never))).toEqual({ code: 'source.signed-out' });
  expect(errorOf(await source.products(MAPS, never))).toEqual({ code: 'source.signed-out' });
  expect((await listed(campaign)).error).toEqual({ code: 'source.signed-out' });
});

test('list: three pages, every post once, also those of before 1970 and after 2100', async () => {
  const campaign = aCreator(110);
  const { ids, error, pages } = await listed(campaign);
  expect(error).toBeNull();
  expect(pages).toBe(3);
  expect(new Set(ids).size).toBe(118);
});

test.each(['error', 'empty'] as const)(
  'list: when cursors die (%s) it begins again and leaves nothing out',
  async (deadCursor) => {
    const campaign = aCreator(120);
    patreon.act.set({ deadCursor });
    const { ids, error } = await listed(campaign, (page) => {
      if (page !== 2) return;
      patreon.act.expireCursors();
      patreon.act.passTime(1000);
    });
    expect(error).toBeNull();
    expect(ids).toHaveLength(128);
    expect(new Set(ids).size).toBe(128);
  },
);

test('list: cursors that are always dead end in a named problem, not in a loop', async () => {
  const campaign = aCreator(120);
  patreon.act.set({ cursorLifeMs: -1 });
  const { ids, error } = await listed(campaign);
  expect(ids).toHaveLength(50);
  expect(error).toMatchObject({ code: 'source.bad-request' });
  expect(session.questions()).toBeLessThan(6);
});

test('list: what is published meanwhile shifts nothing', async () => {
  const campaign = aCreator(60);
  const { ids } = await listed(campaign, (page) => {
    if (page === 1) patreon.act.publish(campaign, { title: 'Meanwhile' });
  });
  expect(new Set(ids).size).toBe(68);
});

test('list: an empty list of somebody who has posts is no empty list', async () => {
  patreon.faults.add({ path: '/api/posts', kind: 'empty-list' });
  expect(await listed(MAPS)).toMatchObject({ ids: [], error: { code: 'source.bad-answer' }, pages: 1 });
});

test('list: a creator without posts has none', async () => {
  const campaign = aCreator(0);
  for (const id of (await listed(campaign)).ids) patreon.act.remove(id);
  expect(await listed(campaign)).toEqual({ ids: [], error: null, pages: 1 });
});

test('suspended: lists of a creator who is gone say so', async () => {
  patreon.act.suspend(MAPS);
  expect((await listed(MAPS)).error).toEqual({ code: 'source.suspended' });
  expect(errorOf(await source.collections(MAPS, never))).toEqual({ code: 'source.suspended' });
  expect(errorOf(await source.products(MAPS, never))).toEqual({ code: 'source.suspended' });
});

test('collections: in the singular and with their creator, in the order that was given', async () => {
  const collections = valueOf(await source.collections(MAPS, never));
  const given =
    patreon.house.patronage.creators.find(({ campaignId }) => campaignId === MAPS)?.collections ?? [];
  expect(collections.map(({ postIds }) => postIds)).toEqual(given.map(({ postIds }) => postIds));
  expect(collections.length).toBeGreaterThan(0);
});

test('comments: all of them with all replies, oldest first, those of the creator marked', async () => {
  const { id } = patreon.act.publish(MAPS, { title: 'Talk' });
  const first = patreon.act.comment(id, { body: 'First' });
  for (let index = 0; index < 60; index += 1) patreon.act.comment(id, { body: `Comment ${index}` });
  for (let index = 0; index < 3; index += 1)
    patreon.act.comment(id, { body: `Reply ${index}`, replyTo: first.id, byCreator: true });
  const comments = valueOf(await source.comments(id, never));
  expect(comments).toHaveLength(64);
  const replies = comments.filter(({ parentId }) => parentId === first.id);
  expect(replies.map(({ isCreator }) => isCreator)).toEqual([true, true, true]);
  expect(comments.find(({ body }) => body === 'First')).toMatchObject({
    parentId: null,
    author: 'Somebody New',
  });
});

test('products: what is owned has its files, what is not is locked', async () => {
  const owned = valueOf(await source.products(MAPS, never)).map(read);
  expect(owned.length).toBeGreaterThan(0);
  expect(owned.every(({ media }) => media.some(({ role }) => role === 'product'))).toBe(true);
  const all = patreon.house.patronage.creators.flatMap(({ products }) => products);
  const other = all.find(({ ownedSince }) => ownedSince === null);
  expect(await post(`product-${other?.id ?? ''}`)).toMatchObject({ kind: 'product', locked: true });
});

test('locked: a post turns readable and locked again', async () => {
  const { id } = patreon.act.publish(MAPS, { title: 'Turns', text: 'Words.' });
  expect((await post(id)).blocks).not.toEqual([]);
  patreon.act.setViewable(id, false);
  expect(await post(id)).toMatchObject({ locked: true, blocks: [] });
  patreon.act.setViewable(id, true);
  expect((await post(id)).locked).toBe(false);
});

test('edited: the date of the edit comes with it', async () => {
  const { id } = patreon.act.publish(MAPS, { title: 'Before' });
  expect((await post(id)).editedAt).toBeNull();
  patreon.act.change(id, { title: 'After' });
  expect(await post(id)).toMatchObject({ title: 'After', editedAt: now });
});

test('deleted: a post that was taken away is not found', async () => {
  const { id } = patreon.act.publish(MAPS);
  patreon.act.remove(id);
  expect(errorOf(await source.post(id, never))).toEqual({ code: 'source.not-found' });
});

test('bodies: HTML and JSON of the same posts of the seed give the same blocks', async () => {
  const posts = patreon.house.patronage.creators.flatMap((creator) =>
    creator.posts.filter(({ access }) => access.kind !== 'tier'),
  );
  const some = posts.filter((_, index) => index % 3 === 0);
  expect(some.length).toBeGreaterThan(40);
  for (const { id, body } of some) {
    if (JSON.stringify(body).includes('"mention"') || hasUnknownNode(body)) continue;
    patreon.act.change(id, { bodyAs: 'html', media: [], cover: null });
    const asHtml = await post(id);
    patreon.act.change(id, { bodyAs: 'json', media: [], cover: null });
    const asJson = await post(id);
    expect(asHtml.blocks.length).toBeGreaterThan(0);
    expect(asJson.blocks, id).toEqual(asHtml.blocks);
  }
});

const known =
  'doc paragraph text heading bulletList orderedList listItem blockquote codeBlock horizontalRule hardBreak image'.split(
    ' ',
  );
const hasUnknownNode = (node: { type: string; content?: { type: string }[] }): boolean =>
  !known.includes(node.type) || (node.content ?? []).some(hasUnknownNode);

test('shapes: bodies of every odd shape are posts, and what nobody knows is counted', async () => {
  const { campaignId } = patreon.act.addCorpus('shapes');
  const drift: string[] = [];
  for await (const page of source.posts(campaignId, never)) {
    for (const raw of valueOf(page).posts) {
      const whole = await post(raw.externalId);
      if (!/no body|empty body/.test(whole.title ?? ''))
        expect(whole.blocks.length, whole.title ?? '').toBeGreaterThan(0);
      drift.push(...whole.drift.map(({ what, name }) => `${what} ${name}`));
      if (whole.title?.includes('nesting')) expect(JSON.stringify(whole.blocks)).toContain('at the bottom');
      if (whole.title?.includes('unknown node')) expect(JSON.stringify(whole.blocks)).toContain('kept words');
    }
  }
  expect(drift).toEqual(
    expect.arrayContaining(['node hologram', 'post-type hologram_file', 'node mark sparkle']),
  );
});

test('hostile: bodies, names and comments of the corpus are values without anything that runs', async () => {
  const { campaignId } = patreon.act.addCorpus('hostile');
  for await (const page of source.posts(campaignId, never)) {
    for (const raw of valueOf(page).posts) {
      const links = [...JSON.stringify(read(raw).blocks).matchAll(/"(?:href|url)":"([^"]*)"/g)];
      for (const [, address = ''] of links) expect(address).toMatch(/^(https?|mailto):/);
    }
  }
});

test('gallery: five hundred pictures in their order, one question, no cover more', async () => {
  const { posts } = patreon.act.addCorpus('gallery');
  const id = posts[0]?.id ?? '';
  const gallery = await post(id);
  expect(gallery.media).toHaveLength(500);
  expect(gallery.blocks).toMatchObject([{ type: 'gallery' }, {}]);
  expect(session.questions()).toBe(1);
});

test('inline: a picture that did not come along is asked for by its number', async () => {
  const inline = patreon.house.patronage.creators
    .flatMap(({ posts }) => posts)
    .find(({ media, access }) => access.kind !== 'tier' && media.some(({ role }) => role === 'inline'));
  const whole = await post(inline?.id ?? '');
  const [image] = whole.media.filter(({ role }) => role === 'inline');
  expect(image?.mimeType).toMatch(/^image\//);
  expect(patreon.requests.map(({ path }) => path)).toContain(`/api/media/${image?.externalId ?? ''}`);
});

test('each turn is one question, and nothing is asked without', async () => {
  await source.creators(never);
  await source.collections(MAPS, never);
  await source.products(MAPS, never);
  expect(patreon.requests.filter(({ path }) => path.startsWith('/api/'))).toHaveLength(session.questions());
});
