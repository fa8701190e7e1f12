import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seriousProblems } from './axe.ts';
import {
  openBrowser,
  openHouse,
  openWindow,
  signInAs,
  type Browser,
  type House,
  type Page,
} from './support.ts';

let browser: Browser;
let house: House;

beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), openHouse({ films: 20, series: 3 })]);
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

let kept: Awaited<ReturnType<Awaited<ReturnType<typeof openWindow>>['context']['cookies']>> | undefined;
/** One sign-in for all: more than five in a minute are refused. */
async function sessionCookies() {
  if (kept) return kept;
  const { context, page } = await openWindow(browser);
  await signInAs(page, house.program.address, 'admin');
  kept = await context.cookies();
  await context.close();
  return kept;
}

/** A destructive button: a dialog where scripts run, a question in place where not. */
async function confirm(page: Page, label: string, hasScript: boolean): Promise<void> {
  if (hasScript) {
    await page.click(`button[aria-haspopup=dialog]:has-text("${label}")`);
    await page.click(`dialog[open] button.btn-error`);
  } else {
    await page.click(`summary:has-text("${label}")`);
    await page.click(`details[open] button.btn-error`);
  }
}

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('a service is tested, renamed, moved and taken away', async () => {
    const at = (path: string) => house.program.address + path;
    const { context, page, complaints } = await openWindow(browser, { javaScriptEnabled });
    await context.addCookies(await sessionCookies());

    await page.goto(at('/settings/services/new?kind=sonarr'));
    await page.fill('[name=url]', `${house.services.sonarr.url}:99999`);
    await page.fill('[name=key]', house.services.sonarr.apiKey);
    await page.fill('[name=name]', 'Second Sonarr');
    await page.fill('[name=theirs-0]', 'series');
    await page.fill('[name=ours-0]', '/mnt/series');
    await page.click('button:has-text("Test and save")');
    await page.waitForSelector('text=A whole path, starting with /');
    expect(await page.inputValue('[name=name]')).toBe('Second Sonarr');

    await page.fill('[name=theirs-0]', '/media/disk2/series');
    await page.fill('[name=key]', house.services.sonarr.apiKey);
    await page.fill('[name=url]', 'http://127.0.0.1:47999');
    await page.click('button:has-text("Test and save")');
    await page.waitForSelector('text=Nothing listens at');
    await page.waitForSelector('button:has-text("Save it anyway")');

    await page.fill('[name=key]', house.services.sonarr.apiKey);
    await page.fill('[name=url]', house.services.sonarr.url);
    await page.click('button:has-text("Test and save")');
    await page.waitForURL('**/settings/services');
    const card = page.locator('article', { hasText: 'Second Sonarr' });
    expect(await card.textContent()).toContain('1 path mapping');

    await card.getByRole('link', { name: 'Change' }).click();
    await page.waitForSelector('h1:has-text("Second Sonarr")');
    expect(await page.content()).not.toContain(house.services.sonarr.apiKey);
    expect(await page.inputValue('[name=key]')).toBe('');
    await page.click('button:has-text("Try on a real file")');
    await page.waitForSelector('text=/mnt/series/');
    await page.fill('[name=name]', 'Third Sonarr');
    await page.click('button:has-text("Test and save")');
    await page.waitForURL('**/settings/services');
    const renamed = page.locator('article', { hasText: 'Third Sonarr' });
    await renamed.getByRole('button', { name: 'Test', exact: true }).click();
    await page.waitForSelector('text=Third Sonarr answers: Sonarr');

    await renamed.getByRole('link', { name: 'Change' }).click();
    await page.waitForSelector('h1:has-text("Third Sonarr")');
    await confirm(page, 'Remove', javaScriptEnabled);
    await page.waitForURL('**/settings/services');
    await page.waitForSelector('text=Third Sonarr was removed');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('people are added, promoted and removed; the last admin stays', async () => {
    const { context, page, complaints } = await openWindow(browser, { javaScriptEnabled });
    await context.addCookies(await sessionCookies());
    await page.goto(`${house.program.address}/settings/users`);
    const mine = page.locator('li', { hasText: 'demo' });
    await mine.locator('select').selectOption('user');
    await mine.getByRole('button', { name: 'Change' }).click();
    await page.waitForSelector('text=This is the last administrator');

    await page.fill('[name=username]', 'Rosa');
    await page.fill('[name=password]', 'rosa-rosa-rosa');
    await page.click('button:has-text("Add a person")');
    await page.waitForSelector('text=Rosa can sign in now');
    await page.fill('[name=username]', 'rosa');
    await page.fill('[name=password]', 'rosa-rosa-rosa');
    await page.click('button:has-text("Add a person")');
    await page.waitForSelector('text=Somebody already has this user name');

    await page.goto(`${house.program.address}/settings/users`);
    const row = page.locator('li:has(select)', { hasText: 'Rosa' });
    if (javaScriptEnabled) await row.getByRole('button', { name: 'Remove' }).click();
    else await row.locator('summary').click();
    await row.locator('button.btn-error').click();
    await page.waitForSelector('text=Rosa was removed');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('settings keep what was typed wrong, an API key is shown once, the logs can be searched', async () => {
    const at = (path: string) => house.program.address + path;
    const { context, page, complaints } = await openWindow(browser, { javaScriptEnabled });
    await context.addCookies(await sessionCookies());
    // Typed before the script has taken over, it would be replaced by what is saved.
    await page.goto(at('/settings'), { waitUntil: 'networkidle' });
    await page.fill('[name=leavingSoonDays]', '14');
    await page.click('button:has-text("Save")');
    await page.waitForSelector('text=Add a unit');
    expect(await page.inputValue('[name=leavingSoonDays]')).toBe('14');
    await page.fill('[name=leavingSoonDays]', '2w');
    await page.click('button:has-text("Save")');
    await page.waitForSelector('text=The settings were saved');

    await page.goto(at('/account/keys'));
    await page.fill('[name=name]', 'script');
    await page.click('button:has-text("Make a key")');
    const key = (await page.textContent('[role=status] code')) ?? '';
    const asked = await fetch(at('/api/v1/services'), { headers: { 'x-api-key': key } });
    expect(asked.status).toBe(200);
    await page.goto(at('/account/keys'));
    expect(await page.content()).not.toContain(key);
    await confirm(page, 'Take away', javaScriptEnabled);
    await page.waitForSelector('text=The key was taken away');
    expect((await fetch(at('/api/v1/services'), { headers: { 'x-api-key': key } })).status).toBe(401);

    await page.goto(at('/logs'));
    await page.fill('[name=text]', 'surely nothing says this');
    await page.click('button:has-text("Filter")');
    await page.waitForSelector('text=Nothing in the logs passes this filter');
    expect(page.url()).toContain('text=surely');
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('every page of the settings', () => {
  const paths = [
    '/settings',
    '/settings/services',
    '/settings/services/new',
    '/settings/files',
    '/settings/leaving-soon',
    '/settings/notifications',
    '/settings/notifications/new',
    '/settings/notifications/new?kind=email',
    '/settings/users',
  ];
  const more = [
    '/settings/about',
    '/account',
    '/account/keys',
    '/storage',
    '/schedules/import',
    '/logs',
    '/logs?oneLine=on',
    '/api/docs',
  ];

  test.each([...paths, ...more])('%s is silent and accessible', async (path) => {
    const { context, page, complaints } = await openWindow(browser, { colorScheme: 'dark' });
    await context.addCookies(await sessionCookies());
    await page.goto(house.program.address + path);
    if (path === '/api/docs') await page.waitForSelector('.swagger-ui .opblock');
    expect(await seriousProblems(page, { besides: '.swagger-ui' })).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

test('who may not see a page reads so in words, and so does who goes nowhere', async () => {
  const { context, page } = await openWindow(browser, { javaScriptEnabled: false });
  await signInAs(page, house.program.address, 'user');
  const refused = await page.goto(`${house.program.address}/settings`);
  expect(refused?.status()).toBe(403);
  await page.waitForSelector('h1:has-text("Your account may not do this")');
  const nowhere = await page.goto(`${house.program.address}/nowhere`);
  expect(nowhere?.status()).toBe(404);
  await page.waitForSelector('h1:has-text("There is nothing at this address")');
  await context.close();
});
