import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openArchive } from './archive-house.ts';
import { describedApi, type DescribedApi } from './described.ts';
import { openBrowser, openWindow, signInAs, type Browser } from './support.ts';

type Found = {
  items: {
    title: string;
    href: string;
    passages: { href: string; snippet: { text: string; isHit: boolean }[] }[];
  }[];
  total: number;
};

let browser: Browser;
let house: Awaited<ReturnType<typeof openArchive<'text'>>>;
let api: DescribedApi;
let word: string;

beforeAll(async () => {
  [browser, house] = await Promise.all([
    openBrowser(),
    openArchive({ text: (post) => (post.title?.length ?? 0) > 12 }),
  ]);
  api = await describedApi(house.address, { cookie: house.cookie });
  word = longestWord(house.posts.text.title ?? '');
  await vi.waitUntil(async () => (await api.get<Found>(`/search?q=${encodeURIComponent(word)}`)).total > 0, {
    timeout: 60_000,
    interval: 500,
  });
}, 300_000);
afterAll(async () => {
  await browser.close();
  await house.close();
});

const longestWord = (title: string): string =>
  title.split(/[^\p{L}]+/u).toSorted((a, b) => b.length - a.length)[0] ?? '';

const titleOfWanted = () => house.posts.text.title ?? '';

describe('the API', () => {
  test('finds a post by a word of its title, and answers as it is described', async () => {
    const { items } = await api.get<Found>(`/search?q=${encodeURIComponent(word)}`);
    expect(items.map(({ title }) => title)).toContain(titleOfWanted());
    const { titles } = await api.get<{ titles: { title: string }[] }>(
      `/search/suggest?q=${encodeURIComponent(word.slice(0, -1))}`,
    );
    expect(titles.length).toBeGreaterThan(0);
  });

  test('answers whatever is asked', async () => {
    const status = async (q: string) => (await api.ask('GET', `/search?q=${encodeURIComponent(q)}`)).status;
    for (const q of ['x'.repeat(10_000), '"', '-', "'; drop table x; --", '🎸', 'a & | ! <->'])
      expect([q.slice(0, 20), await status(q)]).toEqual([q.slice(0, 20), 200]);
    // No address has a NUL in it: refused before it is read.
    expect([200, 400]).toContain(await status('\u0000'));
  });

  test('is found again after the index was made anew', async () => {
    expect((await api.ask('POST', '/search/rebuild')).status).toBe(202);
    await expect
      .poll(async () => (await api.get<Found>(`/search?q=${encodeURIComponent(word)}`)).total, {
        timeout: 30_000,
      })
      .toBeGreaterThan(0);
  });
});

describe.each([true, false])('the page, with JavaScript: %s', (javaScriptEnabled) => {
  test('from the field on top to the post where the words stand', async () => {
    const { context, page, complaints } = await openWindow(browser, { javaScriptEnabled });
    await signInAs(page, house.address, 'admin');
    await page.goto(`${house.address}/archive`);
    await page.fill('#search', word);
    await page.press('#search', 'Enter');
    await page.waitForURL(/\/search\?q=/);
    const result = page.locator('article', { hasText: titleOfWanted() }).first();
    await result.waitFor();
    if (javaScriptEnabled) {
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
    }
    await result.locator('h3 a').click();
    await page.waitForURL(/\/archive\/posts\//);
    expect(await page.textContent('h1')).toContain(titleOfWanted());
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('what is not there says so, and what cannot be used too', async () => {
    const { context, page } = await openWindow(browser, { javaScriptEnabled });
    await signInAs(page, house.address, 'admin');
    await page.goto(`${house.address}/search?q=${encodeURIComponent('qqqzzzxxy before:never')}`);
    expect(await page.textContent('main')).toContain('before:never');
    await context.close();
  });
});
