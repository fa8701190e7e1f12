import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { look } from './axe.ts';
import {
  openBrowser,
  openHouse,
  openWindow,
  signInAs,
  type Browser,
  type House,
  type Page,
} from './support.ts';

/** Films of the disk that is nearly full leave soon, and none goes while the tests look. */
const policy = {
  name: 'Films nobody watches',
  unit: 'film',
  kind: 'disk-pressure',
  tiers: [
    { freeBelowPercent: 10, maxAge: '60d' },
    { freeBelowPercent: 20, maxAge: '120d' },
  ],
  target: { unit: 'percent', value: 20 },
  leavingSoon: '14d',
  exclusionTags: ['keep'],
};

let house: House;
let browser: Browser;

beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), openHouse({ films: 60, series: 6 })]);
  const { id } = await house.api.post<{ id: string }>('/schedules', policy);
  await house.api.post(`/schedules/${id}/arm`);
  const isPlanned = async () => (await list('type=film&status=leaving-soon')).length > 0;
  await vi.waitUntil(isPlanned, { timeout: 30_000, interval: 200 });
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

type Row = { id: string; title: string; sizeBytes: number; connectionId: string };

const list = async (query: string) =>
  (await house.api.get<{ items: Row[]; total: number }>(`/media?${query}`)).items;
const usedBytes = () => house.services.world.storage.disks.reduce((sum, disk) => sum + disk.usedBytes, 0);

type Credits = { known: boolean; value: { name: string; part: string }[] | null };

/** One that a media server has, as soon as search knows who plays in it. */
async function filmWithCast(): Promise<{ film: Row; actor: string }> {
  const withCast = async () => {
    for (const film of await list('type=film&sort=title&pageSize=10')) {
      const { credits } = await house.api.get<{ credits: Credits }>(`/media/${film.id}`);
      const actor = credits.value?.find(({ part }) => part === 'actor')?.name;
      if (actor !== undefined) return { film, actor };
    }
    return undefined;
  };
  const found = await vi.waitUntil(withCast, { timeout: 60_000, interval: 500 });
  const query = encodeURIComponent(`"${found.actor}"`);
  const isFound = async () => (await house.api.get<{ total: number }>(`/search?q=${query}`)).total > 0;
  await vi.waitUntil(isFound, { timeout: 60_000, interval: 500 });
  return found;
}

async function searchFor(page: Page, text: string, isScripted: boolean): Promise<void> {
  await page.fill('#search', text);
  if (!isScripted) await page.press('#search', 'Enter');
  await page.waitForURL((url) => url.searchParams.get('q') === text);
}

async function filterBy(page: Page, name: string, value: string, isScripted: boolean): Promise<void> {
  await page.selectOption(`main select[name=${name}]`, value);
  if (!isScripted) await page.click('main >> button:text-is("Show") >> visible=true');
  await page.waitForURL((url) => url.searchParams.get(name) === value);
}

describe.each([
  { name: 'with a script', isScripted: true },
  { name: 'without a script', isScripted: false },
])('the media, $name', ({ isScripted }) => {
  test('are found, filtered, kept, explained and deleted', async () => {
    const { context, page, complaints } = await openWindow(browser, {
      javaScriptEnabled: isScripted,
      viewport: { width: 1440, height: 900 },
    });
    await signInAs(page, house.program.address, 'admin');
    await page.goto(`${house.program.address}/`);
    await page.waitForSelector('h2:text-is("Leaving in the next 14 days")');
    await look(page, isScripted);

    const [film] = await list('type=film&status=leaving-soon&sort=size&direction=down&pageSize=1');
    if (!film) throw new Error('the household has no film that leaves soon');
    await page.goto(`${house.program.address}/media`);
    await look(page, isScripted);
    await searchFor(page, film.title, isScripted);
    await page.waitForSelector(`main li >> text=${film.title}`);
    await filterBy(page, 'type', 'film', isScripted);
    expect(new URL(page.url()).searchParams.get('q')).toBe(film.title);

    await page.click('main a[aria-label="Table"]');
    await page.waitForSelector('main table');
    await page.goto(`${house.program.address}/media?pageSize=25`);
    await page.waitForSelector('main table');
    await look(page, isScripted);
    const first = await page.textContent('main tbody tr:first-child td:nth-child(3)');
    await page.click('a[rel=next]');
    await page.waitForURL(/page=2/);
    await expect
      .poll(() => page.textContent('main tbody tr:first-child td:nth-child(3)'), { timeout: 30_000 })
      .not.toBe(first);

    // The household has twins in an HD and a 4K Radarr: only the service says which one is meant.
    const ofService = `type=film&service=${film.connectionId}&q=${encodeURIComponent(film.title)}`;
    await page.goto(`${house.program.address}/media?${ofService}`);
    await page.click(`main button[name=only][value="${film.id}"]`);
    await page.waitForSelector(`text=“${film.title}” is kept.`);
    expect(await list(`type=film&status=excluded`)).toHaveLength(1);
    await page.click('button:text-is("Undo")');
    await page.waitForSelector('text=As it was before.');
    expect(await list(`type=film&status=excluded`)).toEqual([]);

    await page.click(`main tbody a[href="/media/${film.id}"]:text-is("${film.title}")`);
    await page.waitForSelector('text=It leaves on');
    await page.waitForSelector('text=Free space');
    await look(page, isScripted);
    await page.fill('main [name=until]', '2020-01-01');
    await page.click('main form >> button:text-is("Keep")');
    await page.waitForSelector('text=That date has gone by already');

    const before = usedBytes();
    await page.click('a:has-text("Delete…")');
    await page.waitForSelector('text=1 film,');
    await look(page, isScripted);
    await page.click('main button:has-text("Delete 1 film")');
    await page.waitForSelector(`text=“${film.title}” is being deleted.`);
    if (isScripted) await page.waitForSelector(`text=“${film.title}” is gone`, { timeout: 60_000 });
    // Subtitles and the like in the folder of the film go with it.
    await expect.poll(() => before - usedBytes(), { timeout: 60_000 }).toBeGreaterThanOrEqual(film.sizeBytes);
    expect(before - usedBytes()).toBeLessThan(film.sizeBytes + 10_000_000);
    await expect
      .poll(
        async () =>
          (await list(`type=film&q=${encodeURIComponent(film.title)}`)).some(({ id }) => id === film.id),
        {
          timeout: 60_000,
        },
      )
      .toBe(false);
    await page.goto(`${house.program.address}/media/${film.id}`);
    await page.waitForSelector(`text=“${film.title}” is gone`);

    expect(complaints).toEqual([]);
    await context.close();
  });

  test('are kept and deleted by the handful', async () => {
    const { context, page, complaints } = await openWindow(browser, {
      javaScriptEnabled: isScripted,
      viewport: { width: 390, height: 844 },
    });
    await signInAs(page, house.program.address, 'admin');
    await page.goto(`${house.program.address}/media?type=film&sort=size&direction=down`);
    const ticks = page.locator('main input[name=id]');
    await ticks.nth(0).check();
    await ticks.nth(1).check();
    await page.fill('main [name=note]', 'for the summer');
    await page.click('main >> button:text-is("Keep") >> visible=true');
    await page.waitForSelector('text=2 are kept.');
    await page.click('button:text-is("Undo")');
    await page.waitForSelector('text=As it was before.');

    // One of two was kept before, until a day and with a note: taking back gives exactly that back.
    const [film] = await list('type=film&sort=size&direction=down&pageSize=1');
    const before = { until: '2031-05-04T00:00:00.000Z', note: 'for Ana' };
    await house.api.post(`/media/${film?.id}/exclude`, before);
    await page.goto(`${house.program.address}/media?type=film&sort=size&direction=down`);
    await ticks.nth(0).check();
    await ticks.nth(1).check();
    await page.click('main button:text-is("Keep no longer")');
    await page.waitForSelector('text=1 is no longer kept by hand.');
    await page.click('button:text-is("Undo")');
    await page.waitForSelector('text=As it was before.');
    const { exclusions } = await house.api.get<{ exclusions: object[] }>(`/media/${film?.id}`);
    expect(exclusions).toMatchObject([before]);
    await house.api.remove(`/media/${film?.id}/exclude`);

    await ticks.nth(0).check();
    await ticks.nth(1).check();
    await page.click('main button:has-text("Delete…")');
    await page.waitForSelector('text=Delete 2 titles?');
    await look(page, isScripted);
    await page.click('a:text-is("Cancel")');
    await page.waitForURL(/\/media\?/);

    await page.click('main button:text-is("Filters (1)")');
    await filterBy(page, 'status', 'unknown', isScripted);
    await look(page, isScripted);

    // An address in the words of the API says on the page what it filters by, and another filter leaves that as it is.
    await page.goto(`${house.program.address}/media?unwatchedDays=200&minBytes=minus`);
    expect(new URL(page.url()).search).toBe('?watched=not-200');
    await page.waitForSelector('main li span:text-is("Not watched for 200 days")');
    await page.click('main button:text-is("Filters (1)")');
    await filterBy(page, 'type', 'film', isScripted);
    expect(new URL(page.url()).searchParams.get('watched')).toBe('not-200');
    await page.keyboard.press('Escape');
    await page.click('main a[aria-label="Remove the filter Not watched for 200 days"]');
    await page.waitForURL((url) => !url.searchParams.has('watched'));
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('tell who plays in them, and a name leads to whatever that person is in', async () => {
    const { context, page, complaints } = await openWindow(browser, {
      javaScriptEnabled: isScripted,
      viewport: { width: 390, height: 844 },
    });
    const { film, actor } = await filmWithCast();
    await signInAs(page, house.program.address, 'admin');
    await page.goto(`${house.program.address}/media/${film.id}`);
    await page.waitForSelector('main dt:text-is("Directed by")');
    await look(page, isScripted);
    await page.click(`main dd a:has-text("${actor}")`);
    await page.waitForURL((url) => url.pathname === '/search');
    await page.waitForSelector(`main article:has-text("${film.title}") >> text=Cast`);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
