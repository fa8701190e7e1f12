import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePolicies } from '../../tools/house/policies.ts';
import { inventPast } from '../../tools/house/past.ts';
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

let house: House;
let browser: Browser;

beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), openHouse({ films: 60, series: 8 })]);
  await makePolicies(house.api);
  await inventPast(house.data, house.api);
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

const cardOf = (page: Page, title: string) =>
  page.locator('main section', { has: page.locator('h2', { hasText: title }) });

type Simulation = { totals: { items: number }; first: { title: string }[]; weeks: unknown[] };

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('C-17, C-21: the dashboard says when a disk is full, and how sure that is', async () => {
    const { context, page, complaints } = await openWindow(browser, { javaScriptEnabled });
    await signInAs(page, house.program.address, 'admin');
    await page.goto(house.program.address);
    const text = await cardOf(page, 'Disks').innerText();
    const day = String.raw`\w+ \d{1,2}, \d{4}`;
    expect(text).toMatch(new RegExp(`Full on ${day} if nothing is removed`));
    expect(text).toMatch(new RegExp(String.raw`between ${day} and ${day} · [\d.,]+.[MG]B come in each day`));
    await look(page, javaScriptEnabled);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('C-21: the next 90 days of a policy, from its card', async () => {
    const { context, page, complaints } = await openWindow(browser, { javaScriptEnabled });
    await signInAs(page, house.program.address, 'admin');
    const { items } = await house.api.get<{ items: { id: string }[] }>('/schedules');
    const id = items[0]?.id ?? '';
    const told = await house.api.get<Simulation>(`/schedules/${id}/simulation`);
    expect(told.weeks).toHaveLength(13);
    expect(told.totals.items).toBeGreaterThan(0);

    await page.goto(`${house.program.address}/schedules`);
    await page.locator(`[id="${id}"]`).locator('a', { hasText: 'Next 90 days' }).click();
    await page.waitForURL('**/simulation');
    expect(await page.locator('h1').innerText()).toContain('the next 90 days');
    await page.waitForSelector(`main >> text=${told.first[0]?.title ?? ''}`);
    expect(await page.locator('main svg[role=img]').first().getAttribute('aria-label')).toContain(
      'over 90 days',
    );
    expect(await page.locator('main table').first().locator('tbody tr').count()).toBe(13);
    await look(page, javaScriptEnabled);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('storage is drawn where that can be, and a table everywhere', async () => {
    const { context, page, complaints } = await openWindow(browser, { javaScriptEnabled });
    await signInAs(page, house.program.address, 'readonly');
    await page.goto(house.program.address);
    await page.locator('main a[href="/storage"]').click();
    await page.waitForURL('**/storage');
    const freed = cardOf(page, 'Freed per month');
    if (javaScriptEnabled) {
      const width = async () => Number(await freed.locator('canvas').getAttribute('width'));
      await expect.poll(width).toBeGreaterThan(300); // a canvas that nothing was drawn on has no width of its own
      await freed.locator('summary').click();
    } else {
      expect(await freed.locator('canvas').isVisible()).toBe(false);
    }
    expect(await freed.locator('tbody tr').count()).toBe(12);
    expect(await freed.locator('table').isVisible()).toBe(true);
    await look(page, javaScriptEnabled);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
