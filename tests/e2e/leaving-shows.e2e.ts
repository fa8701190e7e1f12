import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openBrowser, openHouse, openWindow, signInAs, type Browser, type House } from './support.ts';

let house: House;
let browser: Browser;
let policyId: string;

type Leaving = { itemId: string; title: string; kind: string };
const leaving = async () =>
  (await house.api.get<{ items: Leaving[] }>('/leaving')).items.filter(({ kind }) => kind === 'episode');

/** What is no longer kept leaves with the next plan. */
async function allAgain(count: number): Promise<void> {
  await expect
    .poll(
      async () => {
        await house.api.post(`/schedules/${policyId}/plan`);
        return (await leaving()).length;
      },
      { timeout: 30_000, interval: 500 },
    )
    .toBe(count);
}

beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), openHouse({ films: 10, series: 4 })]);
  const { id } = await house.api.post<{ id: string }>('/schedules', {
    name: 'News',
    unit: 'episode',
    kind: 'episodes',
    showTags: ['daily'],
    keepLast: 2,
    olderSeasons: true,
    leavingSoon: '14d',
    favouritesProtect: false,
    halfWayProtects: false,
    caps: { items: 100, bytes: 500_000_000_000, libraryPercent: 100 },
  });
  policyId = id;
  await vi.waitUntil(async () => (await leaving()).length > 3, { timeout: 30_000, interval: 200 });
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('the episodes of a series are one line: one of them is kept, then all, and each can be taken back', async () => {
    const { context, page, complaints } = await openWindow(browser, { javaScriptEnabled });
    await signInAs(page, house.program.address, 'admin');
    await page.goto(`${house.program.address}/leaving`);
    const all = await leaving();
    const title = all[0]?.title ?? '';
    const line = page.locator('main li', { hasText: 'Keep the whole series' });
    expect(await line.count()).toBe(1);
    expect(await line.innerText()).toContain(`${String(all.length)} episodes`);

    const details = line.locator('details');
    expect(await details.locator('ul').isVisible()).toBe(false);
    await details.locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await details.locator('ul > li').count()).toBe(all.length);
    if (javaScriptEnabled) {
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    }

    await details.locator('button').first().click();
    await page.waitForSelector('button:text-is("Undo")');
    await expect.poll(async () => (await leaving()).length).toBe(all.length - 1);
    await page.click('button:text-is("Undo")');
    await allAgain(all.length);

    await page.goto(`${house.program.address}/leaving`);
    await page.click(`button[aria-label="Keep the whole series “${title}”"]`);
    await page.waitForSelector('button:text-is("Undo")');
    await expect.poll(async () => (await leaving()).length).toBe(0);
    await page.click('button:text-is("Undo")');
    await allAgain(all.length);
    await page.goto(house.program.address);
    await page.waitForSelector(`main >> text=${String(all.length)} episodes`);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
