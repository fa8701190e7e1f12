import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { describedApi } from './described.ts';
import type { Post } from '../../tools/seed/patreon/patronage.ts';
import { startOpenai } from '../../tools/simulators/openai/start.ts';
import { openArchive, withMedia } from './archive-house.ts';
import { openBrowser, openWindow, signInAs, type Browser, type Page } from './support.ts';

const PICTURES = 4;

const wanted = {
  gallery: withMedia(({ role }) => role === 'image'),
  sound: withMedia(({ role }) => role === 'audio'),
  uncaptioned: withMedia(({ role, hasTranscript }) => role === 'audio' && !hasTranscript),
  speech: withMedia(({ role, hasTranscript }) => role === 'audio' && hasTranscript),
  film: withMedia(({ hasStreamWords, isProtected }) => hasStreamWords && !isProtected),
  document: withMedia(({ role, mimetype }) => role === 'attachment' && mimetype === 'application/pdf'),
  mention: ({ body }: Post) => JSON.stringify(body).includes('patreon.com/file?'),
};

let browser: Browser;
let house: Awaited<ReturnType<typeof openArchive<keyof typeof wanted>>>;

beforeAll(async () => {
  house = await openArchive({
    ...wanted,
    gallery: (post) => post.media.filter(({ role }) => role === 'image').length >= PICTURES,
  });
  browser = await openBrowser();
}, 300_000);
afterAll(async () => {
  await browser.close();
  await house.close();
});

async function openPost(name: keyof typeof wanted, options: Parameters<typeof openWindow>[1] = {}) {
  const opened = await openWindow(browser, options);
  await signInAs(opened.page, house.address, 'admin');
  await opened.page.goto(`${house.address}/archive/posts/${house.posts[name].id}`);
  return opened;
}

test('every body of the archive is described by the API, down to its blocks', async () => {
  const api = await describedApi(house.address, { cookie: house.cookie });
  const { items } = await api.get<{ items: { id: string }[] }>('/posts?limit=200');
  const types = new Set<string>();
  for (const { id } of items) {
    const { blocks } = await api.get<{ blocks: { type: string }[] }>(`/posts/${id}`);
    for (const { type } of blocks) types.add(type);
  }
  expect([...types]).toEqual(expect.arrayContaining(['paragraph', 'gallery', 'audio', 'video', 'file']));
  const { schemas } = api.document.components;
  expect(schemas['Block']?.oneOf?.length).toBeGreaterThan(10);
});

describe('the pictures of a post, large', () => {
  const large = (page: Page) => page.locator('dialog[open]');
  const place = (page: Page) => large(page).getByRole('status').textContent();

  test('are paged by arrow keys and closed by Esc, and the focus is where it was', async () => {
    const { context, page, complaints } = await openPost('gallery');
    const second = page.locator('a[data-picture]').nth(1);
    await second.focus();
    // Until the page listens, the press leads to the picture itself.
    await expect
      .poll(async () => {
        await second.press('Enter');
        if (page.url().includes('/media-files/')) await page.goBack();
        return large(page).count();
      })
      .toBe(1);
    expect(await place(page)).toMatch(/^Picture 2 of \d+/);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => place(page)).toMatch(/^Picture 3 of/);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => place(page)).toMatch(/^Picture 1 of/);
    // There is none before the first, and the post itself is not turned meanwhile.
    await page.keyboard.press('ArrowLeft');
    expect(await place(page)).toMatch(/^Picture 1 of/);
    expect(page.url()).toContain(house.posts.gallery.id);
    await page.keyboard.press('Escape');
    await expect.poll(() => large(page).count()).toBe(0);
    const pressed = await second.getAttribute('data-picture');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-picture'))).toBe(pressed);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('without JavaScript lead to the picture itself', async () => {
    const { context, page } = await openPost('gallery', { javaScriptEnabled: false });
    const href = await page.locator('a[data-picture]').first().getAttribute('href');
    const response = await page.request.get(house.address + (href ?? ''));
    expect(response.headers()['content-type']).toMatch(/^image\//);
    await context.close();
  });
});

test('a link in the words to a file of the post brings the archived one, also without JavaScript', async () => {
  const { context, page } = await openPost('mention', { javaScriptEnabled: false });
  const link = page.locator('.prose p a[download]').first();
  const response = await page.request.get(house.address + ((await link.getAttribute('href')) ?? ''));
  expect(response.status()).toBe(200);
  expect(await page.locator('a[href*="patreon.com/file"]').count()).toBe(0);
  await context.close();
});

describe('sound', () => {
  test('plays, and goes on from where somebody moves it to', async () => {
    const { context, page, complaints } = await openPost('sound');
    const seek = page.locator('.player input[type=range]');
    await seek.waitFor();
    const at = () => page.locator('audio').evaluate((audio) => (audio as HTMLAudioElement).currentTime);
    await seek.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await seek.getAttribute('aria-valuetext')).toMatch(/^0:10 /);
    await page.locator('.player button').first().click();
    await expect.poll(at).toBeGreaterThan(10);
    await seek.fill('3');
    await expect.poll(at).toBeLessThan(10);
    expect(await page.locator('audio').evaluate((audio) => (audio as HTMLAudioElement).paused)).toBe(false);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('without JavaScript has the player of the browser', async () => {
    const { context, page } = await openPost('sound', { javaScriptEnabled: false });
    expect(await page.locator('audio[controls]').count()).toBe(1);
    await context.close();
  });
});

describe('what is said', () => {
  test('is read beside the sound, follows it, and takes it to any line', async () => {
    const { context, page, complaints } = await openPost('speech');
    await page.locator('.player input[type=range]').first().waitFor();
    await page.getByText('What is said, in writing').first().click();
    const line = page.locator('.transcript li').nth(1);
    await line.getByRole('link').click();
    const audio = page.locator('audio').first();
    await expect
      .poll(() => audio.evaluate((one) => (one as HTMLAudioElement).currentTime))
      .toBeGreaterThan(1);
    await expect.poll(() => page.locator('.transcript li[aria-current=true]').count()).toBe(1);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('opens at the line that the address names', async () => {
    const { context, page } = await openPost('speech');
    const id = await page.locator('.transcript li').nth(1).getAttribute('id');
    await page.goto('about:blank');
    await page.goto(`${house.address}/archive/posts/${house.posts.speech.id}#${id}`);
    await expect.poll(() => page.locator('details.transcript').first().getAttribute('open')).not.toBeNull();
    expect(await page.locator(`[id="${id}"]`).isVisible()).toBe(true);
    await context.close();
  });

  test('without JavaScript is a list with times, each opening the sound at its moment', async () => {
    const { context, page } = await openPost('speech', { javaScriptEnabled: false });
    await page.getByText('What is said, in writing').first().click();
    const line = page.locator('.transcript li').nth(1).getByRole('link');
    expect(await line.textContent()).toMatch(/^\d+:\d\d\s*\S/);
    expect(await line.getAttribute('href')).toMatch(/^\/api\/v1\/media-files\/[0-9a-f]{64}#t=\d/);
    await context.close();
  });
});

test('a sound that a model refused says so, and an admin has it tried again, without JavaScript', async () => {
  const openai = await startOpenai();
  onTestFinished(() => openai.close());
  openai.faults.add({ path: '/v1/audio', kind: 'bad-request' });
  const { url, apiKey: key, model } = openai;
  await house.api.patch('/models/speech', { isOn: true, url, model, key });
  const { context, page, complaints } = await openPost('uncaptioned', { javaScriptEnabled: false });
  const refused = page.getByText('The model did not take this sound');
  await expect
    .poll(() => page.reload().then(() => refused.count()), { timeout: 60_000, interval: 1000 })
    .toBeGreaterThan(0);
  const before = openai.requests.length;
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await page.waitForSelector('text=It will be listened to again');
  await expect.poll(() => openai.requests.length, { timeout: 30_000 }).toBeGreaterThan(before);
  await house.api.patch('/models/speech', { isOn: false });
  expect(complaints).toEqual([]);
  await context.close();
});

test('a film shows the words that only its stream has', async () => {
  const { context, page } = await openPost('film');
  const track = page.locator('video track').first();
  expect(await track.getAttribute('srclang')).toMatch(/^(en|es)$/);
  expect(await page.locator('video').getAttribute('poster')).toContain('/api/v1/media-files/');
  const cues = await page.locator('video').evaluate(async (video) => {
    const [words] = (video as HTMLVideoElement).textTracks;
    if (!words) return 0;
    words.mode = 'showing';
    const element = video.querySelector('track');
    if (element?.readyState !== 2) await new Promise((loaded) => element?.addEventListener('load', loaded));
    return words.cues?.length ?? 0;
  });
  expect(cues).toBeGreaterThan(0);
  await context.close();
});

describe('a PDF', () => {
  test('is read on the page: its pages whole, larger, and left again', async () => {
    const { context, page, complaints } = await openPost('document');
    const read = page.getByRole('link', { name: /^Read here/ }).first();
    const sheet = page.locator('.pages [data-page="1"]');
    await expect
      .poll(
        async () => {
          if (await sheet.count()) return true;
          await read.click();
          return false;
        },
        { timeout: 30_000, interval: 1000 },
      )
      .toBe(true);
    const size = async () => (await sheet.boundingBox()) ?? { width: 0, height: 0 };
    await expect.poll(() => sheet.textContent()).toMatch(/\w{4}/);
    const before = await size();
    // Upright, as it was made, and not cut to what the window has left.
    expect(before.height / before.width).toBeGreaterThan(1.3);
    await page.getByRole('button', { name: 'Larger' }).click();
    await expect.poll(async () => (await size()).width / before.width).toBeGreaterThan(1.4);
    const list = page.getByRole('navigation', { name: 'Pages' });
    const last = list.getByRole('button').last();
    await page
      .locator('.viewer select')
      .selectOption({ index: (await list.getByRole('button').count()) - 1 });
    const bottomOf = async (one: typeof list) => {
      const { y, height } = (await one.boundingBox()) ?? { y: Infinity, height: 0 };
      return y + height;
    };
    await expect.poll(async () => (await bottomOf(last)) <= (await bottomOf(list))).toBe(true);
    await page.getByRole('button', { name: /^Close / }).click();
    expect(await sheet.count()).toBe(0);
    // It was read in the process beside the built program, or this would say that it could not.
    expect(await page.getByText('its text could not be read').count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('without JavaScript opens as the browser can', async () => {
    const { context, page } = await openPost('document', { javaScriptEnabled: false });
    const read = page.getByRole('link', { name: /^Read here/ }).first();
    const response = await page.request.get(house.address + ((await read.getAttribute('href')) ?? ''));
    expect(response.headers()['content-type']).toBe('application/pdf');
    await context.close();
  });
});

describe.each([true, false])('paging, with JavaScript: %s', (javaScriptEnabled) => {
  test('through the list and back, and from post to post', async () => {
    const { context, page, complaints } = await openWindow(browser, { javaScriptEnabled });
    await signInAs(page, house.address, 'admin');
    await page.goto(`${house.address}/archive`);
    const hrefs = () =>
      page
        .locator('main a[href^="/archive/posts/"]')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    const first = await hrefs();
    await page.click('a[rel=next]');
    await page.waitForURL(/after=/);
    await expect.poll(async () => (await hrefs()).some((href) => first.includes(href))).toBe(false);
    await page.click('a[rel=prev]');
    await page.waitForURL(/before=/);
    await expect.poll(hrefs).toEqual(first);

    await page.goto(`${house.address}${first[1] ?? ''}`);
    const title = await page.textContent('h1');
    await page.click('nav a[rel=prev]');
    await page.waitForURL((url) => url.pathname !== first[1]);
    expect(await page.textContent('h1')).not.toBe(title);
    await page.click('nav a[rel=next]');
    await page.waitForURL((url) => url.pathname === first[1]);
    expect(await page.textContent('h1')).toBe(title);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
