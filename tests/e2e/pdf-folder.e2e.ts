import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { aPdf } from '../../src/features/enrichment/server/pdf.fake.ts';
import { apiClient, signIn, type ApiClient } from '../../tools/house/client.ts';
import { openBrowser, openEmptyProgram, openWindow, people, signInAs, type Browser } from './support.ts';

type List<T> = { items: T[] };
type Found = { items: { kind: string }[] };

/** A file has to be quiet for ten seconds, is looked for every minute, and then read. */
const WITHIN_MS = 120_000;
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
    const { context, page, complaints } = await openWindow(browser, {
      ...options,
      viewport: { width, height: 812 },
    });
    const { address } = program.program;
    await signInAs(page, address, 'admin');
    await context.addCookies([{ name: 'PARAGLIDE_LOCALE', value: isEnglish ? 'en' : 'es', url: address }]);
    const name = isEnglish ? 'Shelf' : 'Estante';

    await page.goto(`${address}/settings/sources/new?plugin=pdf`);
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

test('while its disk is away the page of the source says so, and nothing is lost', async () => {
  const sources = (await api.get<List<{ id: string; name: string }>>('/sources')).items;
  const shelf = sources[0]?.id ?? '';
  renameSync(folder, `${folder} away`);
  try {
    await api.post(`/sources/${shelf}/check`, {});
    const { context, page } = await openWindow(browser);
    await signInAs(page, program.program.address, 'admin');
    await page.goto(`${program.program.address}/settings/sources/${shelf}`);
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
