import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openArchive } from './archive-house.ts';
import { openBesideModels } from './model-house.ts';
import { otherWordsFor, saidIn } from './said-otherwise.ts';
import { openPage } from './support.ts';

type Answer = {
  items: { id: string; href: string; passages: { part: string; href: string }[] }[];
  layers: string[];
  meaning: { total: number; embedded: number; problem: { code: string } | null } | null;
};

const open = () =>
  openBesideModels(() =>
    openArchive({
      text: (post) => otherWordsFor(post).length === 3,
      said: (post) => saidIn(post, 'film').length > 1,
    }),
  );

let stage: Awaited<ReturnType<typeof open>>;
beforeAll(async () => {
  stage = await open();
}, 300_000);
afterAll(() => stage.close());

const ask = (q: string, mode: string) =>
  stage.house.api.get<Answer>(`/search?q=${encodeURIComponent(q)}&mode=${mode}`);

test('nothing is said of meaning before a model is chosen, but where to choose one', async () => {
  expect(await ask('guitarra', 'both')).toMatchObject({ layers: ['words'], meaning: null });
  const { browser, house } = stage;
  const { context, page } = await openPage(browser, house.address, '/search?q=a');
  expect(await page.locator('nav[aria-label="Search by"]').count()).toBe(0);
  await page.goto(`${house.address}/search`);
  await page.click('main a[href="/settings/models"]');
  await page.waitForURL('**/settings/models');
  await context.close();
});

describe('with a model', () => {
  beforeAll(() => stage.embed(), 100_000);

  test('other words for the same find a post that has none of them', async () => {
    const { seeded, posts } = stage.house;
    const words = otherWordsFor(seeded.text).join(' ');
    const { id } = posts.text;
    expect((await ask(words, 'words')).items.map((item) => item.id)).not.toContain(id);
    const { items, layers } = await ask(words, 'meaning');
    expect(layers).toEqual(['meaning']);
    expect(items.map((item) => item.id)).toContain(id);
  });

  test('what is said in a film is found by its meaning, and opens at its second', async () => {
    const { seeded, posts } = stage.house;
    const sentence = saidIn(seeded.said, 'film')[1] ?? '';
    const { items } = await ask(`${sentence.replaceAll(/["“”«»]/g, '')} in:transcript`, 'meaning');
    expect(items[0]?.id).toBe(posts.said.id);
    expect(items[0]?.passages[0]?.href).toMatch(/#said-/);
  });

  describe.each([
    { javaScriptEnabled: true, locale: 'en-GB', colorScheme: 'light' },
    { javaScriptEnabled: false, locale: 'es-ES', colorScheme: 'dark' },
  ] as const)('the page, with JavaScript: $javaScriptEnabled, in $locale', (options) => {
    const words =
      options.locale === 'en-GB'
        ? { by: 'Search by', meaning: 'Meaning', both: 'by words and by meaning', how: 'by meaning' }
        : {
            by: 'Buscar por',
            meaning: 'Significado',
            both: 'por palabras y por significado',
            how: 'por significado',
          };

    test('says what answered, and keeps what was chosen', async () => {
      const { browser, house } = stage;
      const path = `/search?q=${encodeURIComponent('¿cómo suena la madera vieja?')}`;
      const { context, page, complaints } = await openPage(browser, house.address, path, {
        ...options,
        viewport: { width: 390, height: 844 },
      });
      const status = page.locator('main [role=status]').first();
      expect(await status.textContent()).toContain(words.both);
      await page.click(`nav[aria-label="${words.by}"] a:text-is("${words.meaning}")`);
      await page.waitForURL(/mode=meaning/);
      await expect.poll(() => status.textContent()).toContain(words.how);
      const next = page.locator('main a[href*="page=2"]').first();
      if ((await next.count()) > 0) expect(await next.getAttribute('href')).toContain('mode=meaning');
      if (options.javaScriptEnabled) {
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
    const { browser, house, openai } = stage;
    await openai.close();
    expect(await ask('una pregunta sobre la guitarra', 'both')).toMatchObject({ layers: ['words'] });
    const { context, page } = await openPage(browser, house.address, '/search?q=guitarra&mode=meaning');
    expect(await page.textContent('main')).toContain('The meaning could not be asked');
    await context.close();
  });
});
