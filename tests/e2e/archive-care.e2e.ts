import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addPatreon } from '../../tools/house/archive.ts';
import { apiClient, signIn, type ApiClient } from '../../tools/house/client.ts';
import { seedPatronage } from '../../tools/seed/patreon/seed.ts';
import { startPatreon, type PatreonSimulator } from '../../tools/simulators/patreon/start.ts';
import { look } from './axe.ts';
import { openBrowser, openEmptyProgram, openWindow, people, signInAs, type Browser } from './support.ts';

const POSTS = 12;

type List<T> = { items: T[] };
type Creator = { id: string; name: string; avatar: object | null; cover: object | null };

let browser: Browser;
let patreon: PatreonSimulator;
let program: Awaited<ReturnType<typeof openEmptyProgram>>;
let api: ApiClient;
let sourceId: string;
let campaignId: string;
const mediaFolder = mkdtempSync(join(tmpdir(), 'keepercheky-patreon-'));
const at = (path: string) => program.program.address + path;

beforeAll(async () => {
  const seed = seedPatronage({ now: new Date() });
  const creators = seed.creators.map((creator) => ({
    ...creator,
    posts: creator.posts.slice(-POSTS),
    collections: [],
    products: [],
  }));
  campaignId = creators[0]?.campaignId ?? '';
  patreon = await startPatreon({ ...seed, creators }, { mediaFolder });
  [browser, program] = await Promise.all([
    openBrowser(),
    openEmptyProgram({ env: { PATREON_ADDRESSES: `${patreon.url},${patreon.cdnUrl}` } }),
  ]);
  await apiClient(program.program.address, {}).post('/setup', people.admin);
  const { username, password } = people.admin;
  api = apiClient(program.program.address, {
    cookie: await signIn(program.program.address, username, password),
  });
  await api.post('/users', people.readonly);
  await addPatreon(api, patreon);
  sourceId = (await api.get<List<{ id: string }>>('/sources')).items[0]?.id ?? '';
}, 180_000);
afterAll(async () => {
  await browser.close();
  await program.close();
  await patreon.close();
  rmSync(mediaFolder, { recursive: true, force: true });
});

test('creators have their avatars and covers when the sync has ended', async () => {
  const { items } = await api.get<List<Creator>>('/creators');
  expect(items).toHaveLength(3);
  for (const { id } of items)
    expect(await api.get<Creator>(`/creators/${id}`)).toMatchObject({
      avatar: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      cover: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    });
  const asked = await (await fetch(`${patreon.cdnUrl}/__sim/requests`)).text();
  expect(asked).toContain('/p/campaign/');
  expect(asked).not.toContain('demo-session');
});

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('the face of a creator is on the archive, and with the cover on their page', async () => {
    const { context, page, complaints } = await openWindow(browser, { javaScriptEnabled });
    await signInAs(page, program.program.address, 'admin');
    await page.goto(at('/archive'));
    const [creator] = (await api.get<List<Creator>>('/creators')).items;
    await page.locator(`nav a[href="/archive/creators/${creator?.id}"] img`).waitFor();
    await page.click(`nav a[href="/archive/creators/${creator?.id}"]`);
    await page.waitForURL(/\/archive\/creators\//);
    const pictures = page.locator('main header img');
    expect(await pictures.count()).toBe(2);
    for (const picture of await pictures.all()) {
      const answer = await page.request.get(at((await picture.getAttribute('src')) ?? ''));
      expect(answer.headers()['content-type']).toMatch(/^image\//);
    }
    await look(page, javaScriptEnabled);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('limits of the media folder: a mistake is beside its field, and what is right is kept', async () => {
    const { context, page, complaints } = await openWindow(browser, { javaScriptEnabled });
    await signInAs(page, program.program.address, 'admin');
    await page.goto(at('/settings/files'));
    await page.fill('[name=reserve]', 'plenty');
    await page.click('form[action="?/limits"] button');
    await page.waitForSelector('[name=reserve][aria-invalid=true]');
    expect(await page.inputValue('[name=reserve]')).toBe('plenty');
    await look(page, javaScriptEnabled);
    await page.fill('[name=reserve]', '1,5');
    await page.click('form[action="?/limits"] button');
    await page.getByText('The limits are saved.').waitFor();
    await page.goto(at('/settings/files'));
    expect(await page.inputValue('[name=reserve]')).toBe('1.5');
    expect(await api.get('/media-storage')).toMatchObject({ settings: { reserveBytes: 1_500_000_000 } });
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('a media folder without its mark waits for a person, and is ours again after a yes', async () => {
    await rm(join(program.data, 'media', '.keepercheky-media.json'));
    const { context, page, complaints } = await openWindow(browser, { javaScriptEnabled });
    await signInAs(page, program.program.address, 'admin');
    await page.goto(at('/settings/files'));
    await page.getByText('its disk may not be mounted').waitFor();
    await look(page, javaScriptEnabled);
    await page.getByText('Accept this folder').first().click();
    await page.locator('form[action="?/accept"] button.btn-error').click();
    await page.getByText('The folder is accepted.').waitFor();
    expect(await api.get('/media-storage')).toMatchObject({ state: 'ready' });
    expect(complaints).toEqual([]);
    await context.close();
  });
});

test('the archive shows a new post by itself, and leaves alone what somebody types and where they are', async () => {
  const { context, page, complaints } = await openWindow(browser);
  await signInAs(page, program.program.address, 'admin');
  await page.goto(at('/archive'));
  await page.click('details.filters summary');
  await page.locator('[name=tag]').pressSequentially('half a wo');
  await page.mouse.wheel(0, 250);
  await page.waitForFunction(() => scrollY > 100);
  const { id } = patreon.act.publish(campaignId, { title: 'Hot off the press' });
  expect(id).not.toBe('');
  await api.post(`/sources/${sourceId}/sync`);
  await page.locator('main a', { hasText: 'Hot off the press' }).first().waitFor({ timeout: 60_000 });
  expect(await page.inputValue('[name=tag]')).toBe('half a wo');
  expect(await page.locator('details.filters').getAttribute('open')).not.toBeNull();
  expect(await page.evaluate(() => scrollY)).toBeGreaterThan(100);
  expect(complaints).toEqual([]);
  await context.close();
});

describe('a source whose sign-in has ended', () => {
  beforeAll(async () => {
    patreon.act.endSession();
    await api.post(`/sources/${sourceId}/check`);
  });

  test.each([true, false])(
    'is told of to an admin, with the way to mend it (JavaScript: %s)',
    async (javaScriptEnabled) => {
      const { context, page, complaints } = await openWindow(browser, { javaScriptEnabled });
      await signInAs(page, program.program.address, 'admin');
      for (const path of ['/', '/archive']) {
        await page.goto(at(path));
        const banner = page.getByRole('region', { name: 'Sources that need a look' });
        expect(await banner.innerText()).toContain('Patreon: the sign-in has ended');
        expect(await banner.innerText()).toContain('Paste a new one on its page');
        await look(page, javaScriptEnabled);
      }
      await page.click('a:has-text("To the page of Patreon")');
      await page.waitForURL(new RegExp(`/settings/sources/${sourceId}$`));
      await page.locator('[name=secret-session_id]').waitFor();
      expect(complaints).toEqual([]);
      await context.close();
    },
  );

  test.each([true, false])('is a calm word to everybody else (JavaScript: %s)', async (javaScriptEnabled) => {
    const { context, page } = await openWindow(browser, { javaScriptEnabled });
    await signInAs(page, program.program.address, 'readonly');
    await page.goto(at('/archive'));
    await page.getByText('Nothing new comes from Patreon at the moment.').waitFor();
    expect(await page.locator('main').innerText()).not.toContain('sign-in');
    expect(await page.locator(`a[href^="/settings"]`).count()).toBe(0);
    await look(page, javaScriptEnabled);
    await context.close();
  });
});
