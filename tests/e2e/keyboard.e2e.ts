import { afterAll, beforeAll, expect, test } from 'vitest';
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
  [browser, house] = await Promise.all([openBrowser(), openHouse({ films: 30, series: 4 })]);
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

type Stop = { what: string; index: number; isSeen: boolean; isOutlined: boolean; isEnd: boolean };

/** Where the focus is: which of the things in `main` that can have it, and whether somebody who looks can tell. */
const stopOf = (page: Page): Promise<Stop> =>
  page.evaluate(() => {
    const main = document.querySelector('main');
    const can = 'a[href], button, input, select, textarea, summary, [tabindex]';
    const all = [...(main?.querySelectorAll<HTMLElement>(can) ?? [])];
    const at = document.activeElement as HTMLElement;
    const box = at.getBoundingClientRect();
    const ringed = [at, at.parentElement, at.closest('label')].filter((one) => one !== null);
    const isOutlined = ringed.some((one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
    });
    return {
      what: at.getAttribute('aria-label') ?? at.getAttribute('name') ?? at.textContent.trim().slice(0, 40),
      index: all.indexOf(at),
      isSeen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
      isOutlined,
      isEnd: !(main?.contains(at) ?? false),
    };
  });

/** Tab after Tab through `main`, from its first stop until the focus leaves it. */
async function walk(page: Page): Promise<Stop[]> {
  await page.evaluate(() => {
    const main = document.querySelector<HTMLElement>('main');
    if (main) main.tabIndex = -1;
    main?.focus();
  });
  const stops: Stop[] = [];
  for (let most = 200; most > 0; most -= 1) {
    await page.keyboard.press('Tab');
    const stop = await stopOf(page);
    if (stop.isEnd) break;
    stops.push(stop);
  }
  return stops;
}

function expectWalkable(stops: readonly Stop[]): void {
  expect(stops.filter(({ isSeen }) => !isSeen)).toEqual([]);
  expect(stops.filter(({ isOutlined }) => !isOutlined).map(({ what }) => what)).toEqual([]);
  const order = stops.map(({ index }) => index);
  expect(order).toEqual([...order].sort((a, b) => a - b));
}

const tabTo = async (page: Page, selector: string): Promise<void> => {
  for (let most = 200; most > 0; most -= 1) {
    if (await page.locator(selector).evaluateAll((all) => all.includes(document.activeElement as never)))
      return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`No Tab leads to ${selector}`);
};

test('a policy is made without a mouse: every stop in order and seen, rows, choices, preview, and saved', async () => {
  const { context, page, complaints } = await openWindow(browser);
  await signInAs(page, house.program.address, 'admin');
  await page.goto(`${house.program.address}/schedules/new?kind=disk-pressure`);
  await page.waitForSelector('main h1');
  const stops = await walk(page);
  expectWalkable(stops);
  const names = stops.map(({ what }) => what);
  for (const field of ['name', 'targetValue', 'exclusionTags', 'leavingSoon', 'Preview', 'Save'])
    expect(names).toContain(field);

  await page.focus('[name=name]');
  await page.keyboard.type('By keyboard');
  await tabTo(page, '[name=unit]');
  await page.keyboard.press('ArrowDown');
  expect(await page.isChecked('[name=unit][value=season]')).toBe(true);
  await page.keyboard.press('ArrowUp');
  expect(await page.isChecked('[name=unit][value=film]')).toBe(true);

  const rows = () => page.locator('[name=freeBelowPercent]').count();
  const before = await rows();
  await tabTo(page, 'button:has-text("Add a step")');
  await page.keyboard.press('Enter');
  await expect.poll(rows).toBe(before + 1);
  await page.focus(`button[aria-label="Remove step ${String(before + 1)}"]`);
  await page.keyboard.press('Space');
  await expect.poll(rows).toBe(before);

  await page.focus('[name=name]');
  await tabTo(page, '[name=favouritesProtect]');
  const isOn = await page.isChecked('[name=favouritesProtect]');
  await page.keyboard.press('Space');
  expect(await page.isChecked('[name=favouritesProtect]')).toBe(!isOn);

  await tabTo(page, 'button:text-is("Preview")');
  await page.keyboard.press('Enter');
  await page.waitForSelector('h2:has-text("What it would take now")');
  expect(await page.inputValue('[name=name]')).toBe('By keyboard');
  await page.focus('[name=name]');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/schedules');
  await page.waitForSelector('article:has-text("By keyboard")');
  expect(complaints).toEqual([]);
  await context.close();
});

test('the settings are walked in order, and Escape gives the focus back from every window', async () => {
  const { context, page, complaints } = await openWindow(browser);
  await signInAs(page, house.program.address, 'admin');
  for (const path of [
    '/settings',
    '/settings/leaving-soon',
    '/settings/services',
    '/schedules',
    '/leaving',
  ]) {
    await page.goto(house.program.address + path);
    await page.waitForSelector('main h1');
    expectWalkable(await walk(page));
  }
  await page.goto(`${house.program.address}/settings`);
  await page.locator('main nav a').first().focus();
  const isHelpOpen = async () => {
    await page.keyboard.press('?');
    return page.locator('dialog[open]').isVisible();
  };
  // A key that is pressed before the page's script has started does nothing, here as everywhere.
  await expect.poll(isHelpOpen, { timeout: 30_000 }).toBe(true);
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog[open]', { state: 'detached' });
  expect(
    await page
      .locator('main nav a')
      .first()
      .evaluate((one) => one === document.activeElement),
  ).toBe(true);
  await page.keyboard.press('Tab');
  expect((await stopOf(page)).isOutlined).toBe(true);
  expect(complaints).toEqual([]);
  await context.close();
});
