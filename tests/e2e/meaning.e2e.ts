import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { plans } from '../../tools/seed/patreon/plans.ts';
import { wordsOf } from '../../tools/seed/patreon/document.ts';
import type { Post } from '../../tools/seed/patreon/patronage.ts';
import { startOpenai, type OpenaiSimulator } from '../../tools/simulators/openai/start.ts';
import { openArchive } from './archive-house.ts';
import { openBrowser, openWindow, signInAs, type Browser } from './support.ts';

type Answer = {
  items: { id: string; href: string; passages: { part: string; href: string }[] }[];
  layers: string[];
  meaning: { total: number; embedded: number; problem: { code: string } | null } | null;
};

let browser: Browser;
let house: Awaited<ReturnType<typeof openArchive<'text' | 'said'>>>;
let openai: OpenaiSimulator;

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();

const saidIn = ({ media }: Post): string[] =>
  media.flatMap(({ file, isProtected }) => (file.kind === 'film' && !isProtected ? [...file.sentences] : []));

/** The first letters of words: two that share them may be forms of one. */
const stemsIn = (text: string): Set<string> =>
  new Set(
    folded(text)
      .split(/[^\p{L}]+/u)
      .filter((word) => word !== '')
      .map((word) => word.slice(0, 4)),
  );

/** Words that others use of what this post is about, and that do not stand in it. */
function otherWordsFor(post: Post): string {
  const topics = plans.flatMap(({ materials }) => materials.flatMap((material) => material.topics));
  const topic = topics.find(({ key }) => key === post.topic);
  const own = stemsIn(
    [post.title, wordsOf(post.body), post.tags.join(' '), JSON.stringify(post.comments)].join(' '),
  );
  const words = (topic?.sentences ?? [])
    .join(' ')
    .replaceAll(/\{\w+\}/g, ' ')
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 5 && !own.has(folded(word).slice(0, 4)));
  return [...new Set(words)].slice(0, 3).join(' ');
}

const ask = (q: string, mode: string) =>
  house.api.get<Answer>(`/search?q=${encodeURIComponent(q)}&mode=${mode}`);

beforeAll(async () => {
  [browser, house, openai] = await Promise.all([
    openBrowser(),
    openArchive({
      text: (post) => otherWordsFor(post).split(' ').length === 3,
      said: (post) => saidIn(post).length > 1,
    }),
    startOpenai(),
  ]);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await house.close();
  await openai.close();
});

test('nothing is said of meaning before a model is chosen, but where to choose one', async () => {
  expect(await ask('guitarra', 'both')).toMatchObject({ layers: ['words'], meaning: null });
  const { context, page } = await openWindow(browser);
  await signInAs(page, house.address, 'admin');
  await page.goto(`${house.address}/search?q=a`);
  expect(await page.locator('nav[aria-label="Search by"]').count()).toBe(0);
  await page.goto(`${house.address}/search`);
  await page.click('main a[href="/settings/models"]');
  await page.waitForURL('**/settings/models');
  await context.close();
});

describe('with a model', () => {
  beforeAll(async () => {
    const { url, apiKey: key, embeds: model } = openai;
    await house.api.patch('/models/meaning', { isOn: true, url, model, key });
    await vi.waitUntil(
      async () => {
        const { meaning } = await ask('a', 'words');
        return meaning !== null && meaning.total > 0 && meaning.embedded === meaning.total;
      },
      { timeout: 90_000, interval: 500 },
    );
  }, 100_000);

  test('other words for the same find a post that has none of them', async () => {
    const words = otherWordsFor(house.seeded.text);
    const { id } = house.posts.text;
    expect((await ask(words, 'words')).items.map((item) => item.id)).not.toContain(id);
    const { items, layers } = await ask(words, 'meaning');
    expect(layers).toEqual(['meaning']);
    expect(items.map((item) => item.id)).toContain(id);
  });

  test('what is said in a film is found by its meaning, and opens at its second', async () => {
    const sentence = saidIn(house.seeded.said)[1] ?? '';
    const { items } = await ask(`${sentence.replaceAll(/["“”«»]/g, '')} in:transcript`, 'meaning');
    expect(items[0]?.id).toBe(house.posts.said.id);
    expect(items[0]?.passages[0]?.href).toMatch(/#said-/);
  });

  describe.each([
    { javaScriptEnabled: true, locale: 'en', colorScheme: 'light' },
    { javaScriptEnabled: false, locale: 'es', colorScheme: 'dark' },
  ] as const)('the page, with JavaScript: $javaScriptEnabled, in $locale', (options) => {
    const { javaScriptEnabled, locale, colorScheme } = options;
    const words =
      locale === 'en'
        ? { by: 'Search by', meaning: 'Meaning', both: 'by words and by meaning', how: 'by meaning' }
        : {
            by: 'Buscar por',
            meaning: 'Significado',
            both: 'por palabras y por significado',
            how: 'por significado',
          };

    test('says what answered, and keeps what was chosen', async () => {
      const { context, page, complaints } = await openWindow(browser, {
        javaScriptEnabled,
        colorScheme,
        viewport: { width: 390, height: 844 },
      });
      await signInAs(page, house.address, 'admin');
      await context.addCookies([{ name: 'PARAGLIDE_LOCALE', value: locale, url: house.address }]);
      await page.goto(`${house.address}/search?q=${encodeURIComponent('¿cómo suena la madera vieja?')}`);
      const status = page.locator('main [role=status]').first();
      expect(await status.textContent()).toContain(words.both);
      await page.click(`nav[aria-label="${words.by}"] a:text-is("${words.meaning}")`);
      await page.waitForURL(/mode=meaning/);
      await expect.poll(() => status.textContent()).toContain(words.how);
      const next = page.locator('main a[href*="page=2"]').first();
      if ((await next.count()) > 0) expect(await next.getAttribute('href')).toContain('mode=meaning');
      if (javaScriptEnabled) {
        const { violations } = await new AxeBuilder({ page }).analyze();
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
      }
      await page.fill('#search', 'madera');
      await page.press('#search', 'Enter');
      await page.waitForURL((url) => url.searchParams.get('q') === 'madera');
      expect(new URL(page.url()).searchParams.get('mode')).toBe('meaning');
      expect(complaints).toEqual([]);
      await context.close();
    });
  });

  test('when its server is gone the words answer, and the page says why', async () => {
    await openai.close();
    expect(await ask('una pregunta sobre la guitarra', 'both')).toMatchObject({ layers: ['words'] });
    const { context, page } = await openWindow(browser);
    await signInAs(page, house.address, 'admin');
    await page.goto(`${house.address}/search?q=guitarra&mode=meaning`);
    expect(await page.textContent('main')).toContain('The meaning could not be asked');
    await context.close();
  });
});
