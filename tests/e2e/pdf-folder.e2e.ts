import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  aDrawing,
  aPicturePdf,
} from '../../src/features/enrichment/server/document-pictures/picture-pdf.fake.ts';
import { aPdf } from '../../src/features/enrichment/server/pdf.fake.ts';
import { writeScan } from '../../tools/seed/patreon/media/pdf.ts';
import { apiClient, signIn, type ApiClient } from '../../tools/house/client.ts';
import { openBrowser, openEmptyProgram, openPage, people, type Browser, type Page } from './support.ts';

type List<T> = { items: T[] };
type Found = { items: { kind: string }[] };

/** A file has to be quiet for ten seconds, is looked for every minute, and then read. */
const WITHIN_MS = 120_000;
/** A page on a busy machine. */
const SOON = { timeout: 30_000, interval: 500 };
vi.setConfig({ testTimeout: 3 * WITHIN_MS });

let browser: Browser;
let program: Awaited<ReturnType<typeof openEmptyProgram>>;
let api: ApiClient;
const folder = mkdtempSync(join(tmpdir(), 'keepercheky-pdfs-'));

function write(path: string, words: string, title = ''): void {
  const whole = join(folder, path);
  mkdirSync(join(whole, '..'), { recursive: true });
  writeFileSync(whole, aPdf(['A first page', words], { title }));
}

beforeAll(async () => {
  write('Ana/lamp 1.pdf', 'The pelican sleeps under the lamp', 'The lamp of Ana');
  const drawings = [255, 120].map((dark) => ({ text: 'A map', pictures: [{ image: aDrawing(dark) }] }));
  const [first, last] = drawings;
  if (first && last)
    writeFileSync(join(folder, 'Ana/map.pdf'), aPicturePdf([first, { text: 'Words', pictures: [] }, last]));
  [browser, program] = await Promise.all([openBrowser(), openEmptyProgram()]);
  await apiClient(program.program.address, {}).post('/setup', people.admin);
  const { username, password } = people.admin;
  const cookie = await signIn(program.program.address, username, password);
  api = apiClient(program.program.address, { cookie });
}, 180_000);
afterAll(async () => {
  await browser.close();
  await program.close();
  rmSync(folder, { recursive: true });
});

const untilFound = (words: string) =>
  vi.waitUntil(async () => (await api.get<Found>(`/search?q=${words}`)).items.length > 0, {
    timeout: WITHIN_MS,
    interval: 500,
  });

describe.each([
  { javaScriptEnabled: true, locale: 'en-GB', colorScheme: 'light', width: 1280 },
  { javaScriptEnabled: false, locale: 'es-ES', colorScheme: 'dark', width: 375 },
] as const)('with JavaScript: $javaScriptEnabled, in $locale', ({ width, ...options }) => {
  const isEnglish = options.locale === 'en-GB';

  test('A-03: from the form of a folder to the page of its PDF that has a word', async () => {
    const { address } = program.program;
    const path = '/settings/sources/new?plugin=pdf';
    const { context, page, complaints } = await openPage(browser, address, path, {
      ...options,
      viewport: { width, height: 812 },
    });
    const name = isEnglish ? 'Shelf' : 'Estante';

    await page.fill('[name=name]', name);
    await page.fill('[name=credential-folder]', '/');
    await page.click('form:has([name=credential-folder]) button');
    await page.waitForSelector(isEnglish ? 'text=the whole machine' : 'text=la máquina entera');
    if (options.javaScriptEnabled) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.fill('[name=credential-folder]', folder);
    await page.click('form:has([name=credential-folder]) button');
    await page.waitForURL(/\/settings\/sources\/(?!new)/);

    await untilFound('pelican');
    await page.goto(`${address}/search?q=pelican`);
    await page.click('main a:has-text("The lamp of Ana")');
    await page.waitForURL(/\/archive\/posts\//);
    expect(await page.textContent('main')).toContain('lamp 1.pdf');
    expect(complaints).toEqual([]);
    await context.close();
  });
});

test('a file that arrives is noticed by itself, and one that is renamed is the same post', async () => {
  write('Berta/new.pdf', 'Quokkas are rarely seen at noon');
  await untilFound('quokkas');
  const before = await api.get<List<{ id: string; title: string }>>('/posts?limit=50');
  renameSync(join(folder, 'Berta/new.pdf'), join(folder, 'Berta/renamed.pdf'));
  utimesSync(join(folder, 'Berta'), new Date(), new Date());
  const titles = async () => {
    const { items } = await api.get<List<{ id: string; title: string }>>('/posts?limit=50');
    return new Map(items.map(({ id, title }) => [id, title]));
  };
  const ids = before.items.filter(({ title }) => title === 'new').map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(0);
  await vi.waitUntil(async () => (await titles()).get(ids[0] ?? '') === 'renamed', {
    timeout: WITHIN_MS,
    interval: 500,
  });
});

const runs = (name: string, flag: string): boolean => spawnSync(name, [flag]).status === 0;
const missing = [
  ...(runs('tesseract', '--version') ? [] : ['tesseract']),
  ...(runs('pdftoppm', '-v') ? [] : ['pdftoppm']),
];
if (missing.length > 0) console.warn(`${missing.join(' and ')} not found: no scanned page is read here.`);

describe.skipIf(missing.length > 0)('a scan, of which nobody ever typed a word', () => {
  const scan = 'Berta/catalogue.pdf';
  const sentence = 'la garza espera junto al molino';

  beforeAll(async () => {
    const pages = [
      ['The harbour in winter', 'Boats rest under the snow'],
      ['La garza espera junto al molino'],
    ];
    writeFileSync(join(folder, scan), await writeScan('An old catalogue', pages));
    await untilFound('garza');
  }, 2 * WITHIN_MS);

  test.each([true, false])(
    'opens at the page that has the words, with JavaScript: %s',
    async (isScripted) => {
      const { address } = program.program;
      const path = `/search?q=${encodeURIComponent(`"${sentence}" in:pdf`)}`;
      const { context, page, complaints } = await openPage(browser, address, path, {
        javaScriptEnabled: isScripted,
      });
      const link = page.locator('main a.passage').first();
      expect(await link.textContent()).toMatch(/PDF · page 2/);
      await link.click();
      await page.waitForURL(/\/archive\/posts\/.*-2$/);
      if (isScripted) {
        await expect.poll(() => page.locator('.viewer select').inputValue(), { timeout: 30_000 }).toBe('2');
        const sheet = page.locator('.pages [data-page="2"]');
        expect(await sheet.evaluate((one) => one.getBoundingClientRect().top)).toBeLessThan(720);
      } else {
        expect(await page.locator(':target').getAttribute('href')).toMatch(/#page=2$/);
      }
      expect(complaints).toEqual([]);
      await context.close();
    },
  );
});

describe.skipIf(!runs('pdfimages', '-v'))('the pictures in a PDF', () => {
  const row = (page: Page) => page.locator('.pictures');

  async function openMap(options: Parameters<typeof openPage>[3] = {}) {
    const { items } = await api.get<List<{ id: string; title: string }>>('/posts?limit=50');
    const path = `/archive/posts/${items.find(({ title }) => title === 'map')?.id ?? ''}`;
    const opened = await openPage(browser, program.program.address, path, options);
    // They are taken out some time after the document came.
    const isThere = async () => {
      if ((await row(opened.page).count()) > 0) return true;
      await opened.page.reload();
      return false;
    };
    await expect.poll(isThere, { timeout: WITHIN_MS, interval: 2000 }).toBe(true);
    return opened;
  }

  test('stand below it with their pages, open large to be saved, and lead to their page', async () => {
    const { context, page, complaints } = await openMap();
    const second = row(page).getByRole('listitem').nth(1);
    const large = page.locator('dialog[open]');
    await expect
      .poll(async () => {
        // Before the script runs it is a link to the picture.
        if (page.url().includes('/media-files/')) await page.goBack();
        if ((await large.count()) === 0) await second.getByRole('link').first().click();
        return large.count();
      }, SOON)
      .toBe(1);
    expect(await large.getByRole('status').textContent()).toContain('Picture 2 of 2, page 3');
    const width = () => large.locator('img').evaluate((one: HTMLImageElement) => one.naturalWidth);
    await expect.poll(width, SOON).toBe(400);
    const save = large.getByRole('link', { name: 'Download' });
    expect(await save.getAttribute('download')).toBe('map - 3.webp');
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => large.count()).toBe(0);
    await second.getByRole('link', { name: / at page 3$/ }).click();
    await expect.poll(() => page.locator('.viewer select').inputValue(), SOON).toBe('3');
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('are links to the pictures and to the document at their page without JavaScript', async () => {
    const { context, page } = await openMap({ javaScriptEnabled: false });
    const [picture, sheet] = await row(page).getByRole('listitem').first().getByRole('link').all();
    const response = await page.request.get(
      program.program.address + ((await picture?.getAttribute('href')) ?? ''),
    );
    expect(response.headers()['content-type']).toBe('image/webp');
    expect(await sheet?.getAttribute('href')).toMatch(/^\/api\/v1\/media-files\/[0-9a-f]{64}#page=1$/);
    await context.close();
  });
});

test('while its disk is away the page of the source says so, and nothing is lost', async () => {
  const sources = (await api.get<List<{ id: string; name: string }>>('/sources')).items;
  const shelf = sources[0]?.id ?? '';
  renameSync(folder, `${folder} away`);
  try {
    await api.post(`/sources/${shelf}/check`, {});
    const { address } = program.program;
    const { context, page } = await openPage(browser, address, `/settings/sources/${shelf}`);
    expect(await page.textContent('main')).toContain('Is the disk mounted');
    await context.close();
  } finally {
    renameSync(`${folder} away`, folder);
  }
  const state = async () =>
    (await api.get<List<{ id: string; state: { is: string } }>>('/sources')).items.find(
      ({ id }) => id === shelf,
    )?.state.is;
  await vi.waitUntil(async () => (await state()) === 'ready', { timeout: WITHIN_MS, interval: 500 });
});
