import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiClient, signIn, type ApiClient } from '../../tools/house/client.ts';
import { seedPatronage } from '../../tools/seed/patreon/seed.ts';
import { startPatreon, type PatreonSimulator } from '../../tools/simulators/patreon/start.ts';
import { openBrowser, openEmptyProgram, openWindow, people, signInAs, type Browser } from './support.ts';

/** Enough for every kind of block, few enough to be read within seconds. */
const POSTS = 24;

type Listed = {
  id: string;
  kind: string;
  title: string | null;
  locked: boolean;
  pictures: number;
  cover: object | null;
};
type List<T> = { items: T[] };

let browser: Browser;
let patreon: PatreonSimulator;
let empty: Awaited<ReturnType<typeof openEmptyProgram>>;
let api: ApiClient;
let mediaFolder: string;
let hostile: string;
let friendly: string;
const at = (path: string) => empty.program.address + path;

/** Without pauses: nobody is banned from a simulator. */
const hasty = {
  pacing: { minPauseMs: 0, maxPauseMs: 0, downloads: 2 },
  userAgent: 'Patreon/126.9.0.15 (Android; Android 14; Scale/2.10)',
  mostBytes: null,
};

beforeAll(async () => {
  mediaFolder = mkdtempSync(join(tmpdir(), 'keepercheky-patreon-'));
  const seed = seedPatronage({ now: new Date() });
  const [creator] = seed.creators;
  if (!creator) throw new Error('nobody in the seed');
  friendly = creator.name;
  const posts = creator.posts.slice(-POSTS);
  const patronage = { ...seed, creators: [{ ...creator, posts, collections: [], products: [] }] };
  patreon = await startPatreon(patronage, { mediaFolder });
  hostile = patreon.act.addCorpus('hostile').name;
  [browser, empty] = await Promise.all([
    openBrowser(),
    openEmptyProgram({ env: { PATREON_ADDRESSES: `${patreon.url},${patreon.cdnUrl}` } }),
  ]);
  await apiClient(empty.program.address, {}).post('/setup', people.admin);
  const cookie = await signIn(empty.program.address, people.admin.username, people.admin.password);
  api = apiClient(empty.program.address, { cookie });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await empty.close();
  await patreon.close();
  rmSync(mediaFolder, { recursive: true, force: true });
});

const queueOf = async (name: string) =>
  (await api.get<List<{ name: string; waiting: number; active: number }>>('/queues')).items.find(
    (queue) => queue.name === name,
  );

type Run = { endedAt: string | null };

/** What hostile creators name is tried for days, so it is the posts of the others that are waited for. */
async function untilTheirPicturesAreThere(): Promise<void> {
  await expect
    .poll(
      async () => {
        const [run] = (await api.get<List<Run>>('/sync-runs')).items;
        const posts = await queueOf('archive');
        if (typeof run?.endedAt !== 'string' || posts?.waiting !== 0 || posts.active !== 0) return false;
        const withPictures = await postsOf(friendly);
        return withPictures.some(({ pictures, cover }) => pictures > 1 && cover !== null);
      },
      { timeout: 240_000, interval: 1000 },
    )
    .toBe(true);
}

async function postsOf(name: string): Promise<Listed[]> {
  const { items } = await api.get<List<{ id: string; name: string }>>('/creators');
  const creator = items.find((one) => one.name === name);
  if (!creator) throw new Error(`${name} is not archived`);
  return (await api.get<List<Listed>>(`/posts?creator=${creator.id}&limit=50`)).items;
}

describe.each([true, false])('a source, with JavaScript: %s', (javaScriptEnabled) => {
  test('a wrong cookie is told of beside its field, and never shown again', async () => {
    const { context, page } = await openWindow(browser, { javaScriptEnabled });
    await signInAs(page, empty.program.address, 'admin');
    await page.goto(at('/settings/sources/new?plugin=patreon'));
    await page.fill('[name=secret-session_id]', 'patreon_device_id=abc-secret-value');
    await page.click('form:has([name=secret-session_id]) button.btn-primary');
    await page.waitForSelector('[name=secret-session_id][aria-invalid=true]');
    expect(await page.content()).not.toContain('abc-secret-value');
    await context.close();
  });
});

test('a source that is added archives what its creators published', { timeout: 300_000 }, async () => {
  await api.post('/sources', {
    plugin: 'patreon',
    name: 'Patreon',
    credentials: { session_id: patreon.cookie },
    settings: hasty,
  });
  await untilTheirPicturesAreThere();
  expect((await postsOf(friendly)).length).toBe(POSTS);
  const runs = await api.get<List<{ outcome: { is: string } }>>('/sync-runs');
  expect(runs.items[0]?.outcome.is).toBe('done');
});

test('the sign-in went to the site of the source and to nobody else', async () => {
  const asked = await fetch(`${patreon.cdnUrl}/__sim/requests`);
  const log = await asked.text();
  expect(log).toContain('/4/patreon-media');
  expect(log).not.toContain('demo-session');
});

describe.each([true, false])('reading, with JavaScript: %s', (javaScriptEnabled) => {
  test('from the list to a post with its pictures, and on to the next', async () => {
    const { context, page, complaints } = await openWindow(browser, { javaScriptEnabled });
    await signInAs(page, empty.program.address, 'admin');
    await page.goto(at('/archive'));
    const pictures = (await postsOf(friendly)).find((post) => post.pictures > 1 && post.cover !== null);
    if (!pictures?.title) throw new Error('no post with pictures');
    await page.click(`a[href^="/archive/creators/"]:has-text("${friendly}")`);
    await page.click(`main a[href="/archive/posts/${pictures.id}"]`);
    await page.waitForURL(/\/archive\/posts\//);
    expect(await page.textContent('h1')).toContain(pictures.title);
    const picture = page.locator('main img[src*="/api/v1/media-files/"]').first();
    await picture.scrollIntoViewIfNeeded();
    const response = await page.request.get(at((await picture.getAttribute('src')) ?? ''));
    expect(response.status()).toBe(200);
    expect(response.headers()['content-type']).toMatch(/^image\//);
    if (javaScriptEnabled) {
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });
});

test('nothing that a creator or a reader wrote runs', { timeout: 180_000 }, async () => {
  const { context, page, complaints } = await openWindow(browser);
  const elsewhere: string[] = [];
  const dialogs: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(empty.program.address) && !/^(data|blob):/.test(request.url()))
      elsewhere.push(request.url());
  });
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await signInAs(page, empty.program.address, 'admin');
  const items = await postsOf(hostile);
  expect(items.length).toBeGreaterThan(0);
  for (const { id } of items) {
    await page.goto(at(`/archive/posts/${id}`));
    expect(await page.evaluate(() => 'xss' in window), id).toBe(false);
    expect(
      await page
        .locator('main script, main iframe, main object, main embed, main a[href^="javascript"]')
        .count(),
      id,
    ).toBe(0);
  }
  expect({ elsewhere, dialogs, complaints }).toEqual({ elsewhere: [], dialogs: [], complaints: [] });
  await context.close();
});
