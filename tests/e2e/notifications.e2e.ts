import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startReceivers } from '../../tools/simulators/receivers/start.ts';
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

let house: House;
let browser: Browser;
let receivers: Awaited<ReturnType<typeof startReceivers>>;
let session: Awaited<ReturnType<BrowserContext['storageState']>>;

beforeAll(async () => {
  [browser, house, receivers] = await Promise.all([
    openBrowser(),
    openHouse({ films: 12, series: 1 }),
    startReceivers(),
  ]);
  const { context, page } = await openWindow(browser);
  await signInAs(page, house.program.address, 'admin');
  session = await context.storageState();
  await context.close();
});
afterAll(async () => {
  await browser.close();
  await house.close();
  await receivers.close();
});

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('C-19: a channel from its first mistake to a message that arrived, and away again', async () => {
    const name = javaScriptEnabled ? 'Phone' : 'Tablet';
    const before = receivers.received.length;
    const { context, page, complaints } = await openWindow(browser, {
      javaScriptEnabled,
      storageState: session,
      viewport: { width: 375, height: 812 },
    });

    // From where one would look: the settings, on a phone, with every tab in sight.
    await page.goto(`${house.program.address}/settings`);
    const tab = page.locator('nav a[href="/settings/notifications"]');
    const box = await tab.boundingBox();
    expect((box?.x ?? 999) + (box?.width ?? 0)).toBeLessThanOrEqual(375);
    await tab.click();
    await page.waitForURL('**/settings/notifications');
    await look(page, javaScriptEnabled);
    await page.click('nav a:text-is("ntfy")');
    await page.waitForURL('**/new?kind=ntfy');
    await look(page, javaScriptEnabled);

    await page.fill('[name=name]', name);
    await page.fill('[name=topic]', 'not a topic!');
    await page.fill('[name=url]', receivers.url);
    await page.click('main button.btn:text-is("Save")');
    await page.waitForSelector('[name=topic][aria-invalid=true]');
    expect(await page.inputValue('[name=name]')).toBe(name);
    await look(page, javaScriptEnabled);

    await page.fill('[name=topic]', 'salon');
    await page.fill('[name=secret]', 'tk_wrong');
    await page.click('button:text-is("Send a test")');
    // the answer to this very test: an alert from above may still stand there
    await page.waitForSelector('text=The token, key or password is refused');
    expect(receivers.received.length).toBe(before);
    expect(await page.content()).not.toContain('tk_wrong');

    await page.fill('[name=secret]', receivers.secrets.ntfy);
    await page.click('main button.btn:text-is("Save")');
    await page.waitForSelector(`text=${name} was added.`);
    const card = page.locator('main article', { hasText: name });
    await card.getByRole('button', { name: 'Send a test' }).click();
    await page.waitForSelector(`text=The test was sent through ${name}.`);
    expect(receivers.received.length).toBe(before + 1);
    expect(await page.content()).not.toContain(receivers.secrets.ntfy);
    await look(page, javaScriptEnabled);

    await card.getByRole('link').click();
    await page.waitForSelector(`h1:has-text("${name}")`);
    await look(page, javaScriptEnabled);
    await page.locator(':is(button, summary):has-text("Remove")').first().click();
    await page.locator('button.btn-error:text-is("Remove")').locator('visible=true').click();
    await page.waitForSelector(`text=${name} was removed.`);
    expect(await card.count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
