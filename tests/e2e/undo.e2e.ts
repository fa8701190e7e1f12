import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { look } from './axe.ts';
import {
  openBrowser,
  openHouse,
  openWindow,
  signInAs,
  type Browser,
  type BrowserContext,
  type House,
} from './support.ts';

type Film = { id: string; title: string; status: string; fileCount: number };
type Listed = { items: { status: string }[] };

let house: House;
let browser: Browser;
let session: Awaited<ReturnType<BrowserContext['storageState']>>;

beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), openHouse({ films: 30, series: 2 })]);
  const { context, page } = await openWindow(browser);
  await signInAs(page, house.program.address, 'admin');
  session = await context.storageState();
  await context.close();
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

const isAtRadarr = ({ title }: Film) => {
  const { radarrs, titles } = house.services.world.household;
  return radarrs.some(({ movies }) => movies.some((movie) => titles[movie.title]?.name === title));
};

/** A film that only one Radarr holds, deleted by hand. */
async function deleteOne(): Promise<Film> {
  const { items } = await house.api.get<{ items: Film[] }>('/media?type=film&pageSize=50');
  const film = items.find(
    ({ title, status, fileCount }) =>
      status !== 'excluded' && fileCount > 0 && items.filter((other) => other.title === title).length === 1,
  );
  if (!film) throw new Error('no film to delete');
  await house.api.remove(`/media/${film.id}`);
  const gone = async () =>
    (await house.api.get<{ items: unknown[] }>(`/history?outcome=removed&itemId=${film.id}`)).items.length;
  await expect.poll(gone, { timeout: 30_000, interval: 300 }).toBe(1);
  return film;
}

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('C-14: a film that was deleted by hand comes back from its line in the history', async () => {
    const film = await deleteOne();
    const { title } = film;
    expect(isAtRadarr(film)).toBe(false);
    const { context, page, complaints } = await openWindow(browser, {
      javaScriptEnabled,
      storageState: session,
    });

    await page.goto(`${house.program.address}/schedules/history?q=${encodeURIComponent(title)}`);
    await look(page, javaScriptEnabled);
    await page.click('main a:has-text("Undo")');
    await page.waitForSelector(`h1:has-text("${title}")`);
    await look(page, javaScriptEnabled);
    await page.fill('[name=keepDays]', 'many');
    await page.click('button:text-is("Bring it back")');
    await page.waitForSelector('[name=keepDays][aria-invalid=true]');
    await look(page, javaScriptEnabled);
    await page.fill('[name=keepDays]', '10');
    await page.click('button:text-is("Bring it back")');

    const told = async () => {
      if (!javaScriptEnabled) await page.reload();
      return page.locator('main', { hasText: 'Undone: it is back' }).count();
    };
    await expect.poll(told, { timeout: 30_000, interval: 500 }).toBe(1);
    await page.waitForSelector('text=Kept by hand until');
    await look(page, javaScriptEnabled);
    expect(isAtRadarr(film)).toBe(true);
    const kept = async () => {
      const { items } = await house.api.get<Listed>(`/media?q=${encodeURIComponent(title)}`);
      return items.map(({ status }) => status);
    };
    await expect.poll(kept, { timeout: 30_000, interval: 500 }).toContain('excluded');
    expect(complaints).toEqual([]);
    await context.close();
  });
});
