import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Post } from '../../tools/seed/patreon/patronage.ts';
import { wordsOf } from '../../tools/seed/patreon/document.ts';
import { openArchive } from './archive-house.ts';
import { describedApi, type DescribedApi } from './described.ts';
import { openBrowser, openWindow, signInAs, type Browser } from './support.ts';

type Found = {
  items: {
    id: string;
    title: string;
    href: string;
    passages: { href: string; snippet: { text: string; isHit: boolean }[] }[];
  }[];
  total: number;
};

/** Two cores may be busy with other things. */
const patience = { timeout: 30_000 };

/** Parts of a post that are files. */
type Part = 'pdf' | 'transcript';

let browser: Browser;
let house: Awaited<ReturnType<typeof openArchive<'text' | Part>>>;
let api: DescribedApi;
let word: string;

/** What the PDFs of a post have in writing, or what is said last in its film. */
const wordsIn = (part: Part, { media }: Post): string =>
  media
    .flatMap(({ file, isProtected }) => {
      if (part === 'pdf') return file.kind === 'pdf' ? file.paragraphs : [];
      return file.kind === 'film' && !isProtected ? file.sentences.slice(-1) : [];
    })
    .join(' ');

/** The longest word that stands in such a file of the post and nowhere else in it. */
function wordOnlyIn(part: Part, post: Post): string {
  const elsewhere =
    `${post.title ?? ''} ${wordsOf(post.body)} ${JSON.stringify(post.comments)}`.toLowerCase();
  const only = wordsIn(part, post)
    .split(/[^\p{L}]+/u)
    .filter((one) => !elsewhere.includes(one.toLowerCase()));
  return only.toSorted((a, b) => b.length - a.length)[0] ?? '';
}

beforeAll(async () => {
  [browser, house] = await Promise.all([
    openBrowser(),
    openArchive({
      text: (post) => (post.title?.length ?? 0) > 12,
      pdf: (post) => wordOnlyIn('pdf', post).length > 5,
      transcript: (post) => wordOnlyIn('transcript', post).length > 5,
    }),
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

/** Where the first passage of this part leads that was found in this post. */
async function hrefIn(part: Part): Promise<string> {
  const query = encodeURIComponent(`${wordOnlyIn(part, house.seeded[part])} in:${part}`);
  const found = async () =>
    (await api.get<Found>(`/search?q=${query}`)).items.find(({ id }) => id === house.posts[part].id);
  await expect.poll(found, { timeout: 60_000, interval: 500 }).toBeTruthy();
  return (await found())?.passages[0]?.href ?? '';
}

describe.each([true, false])('what is in files, with JavaScript: %s', (javaScriptEnabled) => {
  async function open(part: Part, label: RegExp) {
    const href = await hrefIn(part);
    const opened = await openWindow(browser, { javaScriptEnabled });
    const { page } = opened;
    await signInAs(page, house.address, 'admin');
    await page.goto(`${house.address}/search?q=${wordOnlyIn(part, house.seeded[part])}`);
    const link = page.locator(`a.passage[href="${href}"]`);
    expect(await link.textContent()).toMatch(label);
    await link.click();
    await page.waitForURL((url) => url.pathname === `/archive/posts/${house.posts[part].id}`);
    return opened;
  }

  test('a word that only a PDF has opens it at its page', async () => {
    const { context, page, complaints } = await open('pdf', /PDF · page \d+/);
    const number = /-(\d+)$/.exec(page.url())?.[1] ?? '';
    if (javaScriptEnabled) {
      const sheet = page.locator(`.pages [data-page="${number}"]`);
      await expect.poll(() => sheet.textContent(), patience).toContain(wordOnlyIn('pdf', house.seeded.pdf));
      await expect.poll(() => page.locator('.viewer select').inputValue(), patience).toBe(number);
      expect(await sheet.evaluate((one) => one.getBoundingClientRect().top)).toBeLessThan(720);
    } else {
      const link = page.locator(':target');
      expect(await link.textContent()).toContain(`Read page ${number} here`);
      expect(await link.getAttribute('href')).toMatch(new RegExp(`^/api/v1/media-files/.*#page=${number}$`));
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('a word that is only said opens at its line, and the player stands there', async () => {
    const { context, page, complaints } = await open('transcript', /Transcript · \d+:\d\d/);
    const ms = Number(/-(\d+)$/.exec(page.url())?.[1]);
    expect(ms).toBeGreaterThan(0);
    const line = page.locator('.transcript li:target');
    await expect.poll(() => line.isVisible(), patience).toBe(true);
    expect(await line.textContent()).toContain(wordOnlyIn('transcript', house.seeded.transcript));
    if (javaScriptEnabled)
      await expect
        .poll(
          () => page.locator('video').evaluate((video) => (video as HTMLVideoElement).currentTime),
          patience,
        )
        .toBeCloseTo(ms / 1000, 0);
    else expect(await line.getByRole('link').getAttribute('href')).toContain(`#t=${ms / 1000}`);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

test('what was typed before the script of the page came is looked for', async () => {
  const { context, page, complaints } = await openWindow(browser);
  await signInAs(page, house.address, 'admin');
  const script = Promise.withResolvers<null>();
  await page.route('**/_app/immutable/**', async (route) => {
    if (route.request().url().endsWith('.js')) await script.promise;
    await route.continue();
  });
  await page.goto(`${house.address}/archive`, { waitUntil: 'commit' });
  await page.fill('#search', word);
  script.resolve(null);
  await expect.poll(() => page.evaluate(() => '__svelte' in window)).toBe(true);
  await page.waitForLoadState('load');
  expect(await page.inputValue('#search')).toBe(word);
  await page.press('#search', 'Enter');
  await page.waitForURL((url) => url.searchParams.get('q') === word);
  expect(complaints).toEqual([]);
  await context.close();
});

describe('what is suggested below the field', () => {
  async function type(text: string, options: BrowserContextOptions = {}) {
    const opened = await openWindow(browser, options);
    const { page } = opened;
    await signInAs(page, house.address, 'admin');
    await page.goto(`${house.address}/archive`);
    await page.locator('#search').pressSequentially(text);
    return { ...opened, options: page.locator('#search-suggestions').getByRole('option') };
  }

  test('leads straight to a title by the arrow keys', async () => {
    const { context, page, complaints, options } = await type(word.slice(0, -1));
    await expect
      .poll(() => options.allTextContents(), patience)
      .toContainEqual(expect.stringContaining(titleOfWanted()));
    const field = page.getByRole('combobox');
    expect(await field.getAttribute('aria-expanded')).toBe('true');
    const { violations } = await new AxeBuilder({ page }).include('form[role="search"]').analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    const chosen = async () => {
      const id = await field.getAttribute('aria-activedescendant');
      return id === null ? '' : await page.locator(`#${id}[aria-selected="true"]`).textContent();
    };
    for (let steps = await options.count(); steps > 0; steps -= 1) {
      if ((await chosen())?.includes(titleOfWanted())) break;
      await field.press('ArrowDown');
    }
    expect(await chosen()).toContain(titleOfWanted());
    await field.press('Enter');
    await page.waitForURL(/\/archive\/posts\//);
    await expect.poll(() => page.textContent('h1'), patience).toContain(titleOfWanted());
    expect(await options.count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('completes a word as people write it, and is closed by Escape', async () => {
    const { context, page, options } = await type(word.slice(0, -1));
    const completed = options.filter({ hasText: new RegExp(`^\\s*${word}\\s*$`, 'i') });
    await expect.poll(() => completed.count(), patience).toBeGreaterThan(0);
    await page.press('#search', 'Escape');
    expect(await options.count()).toBe(0);
    expect(await page.inputValue('#search')).toBe(word.slice(0, -1));
    await page.press('#search', 'ArrowDown');
    await completed.first().click(patience);
    await page.waitForURL(
      (url) => url.pathname === '/search' && url.searchParams.get('q')?.toLowerCase() === word.toLowerCase(),
    );
    await context.close();
  });

  test('never holds Enter back, not even while it is asked for', async () => {
    const { context, page } = await openWindow(browser);
    await signInAs(page, house.address, 'admin');
    await page.goto(`${house.address}/archive`);
    const asked = Promise.withResolvers<null>();
    await page.route('**/api/v1/search/suggest**', () => asked.resolve(null));
    await page.locator('#search').pressSequentially(word);
    await asked.promise;
    await page.press('#search', 'Enter');
    await page.waitForURL((url) => url.pathname === '/search' && url.searchParams.get('q') === word);
    await context.close();
  });

  test('is not there without JavaScript, and on the Media page, which the field narrows', async () => {
    const plain = await type(word.slice(0, -1), { javaScriptEnabled: false });
    expect(await plain.page.getByRole('combobox').count()).toBe(0);
    await plain.context.close();
    const { context, page } = await openWindow(browser);
    await signInAs(page, house.address, 'admin');
    await page.goto(`${house.address}/media`);
    await page.fill('#search', 'zzz');
    await page.waitForURL(/q=zzz/);
    expect(await page.getByRole('combobox').count()).toBe(0);
    await context.close();
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
