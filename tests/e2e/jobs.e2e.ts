import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDb, type Database } from '../../src/server/platform/db.ts';
import { look } from './axe.ts';
import {
  openBrowser,
  openHouse,
  openWindow,
  signInAs,
  type Browser,
  type BrowserContext,
  type House,
  type Page,
} from './support.ts';

let house: House;
let browser: Browser;
/** The database of the program itself: jobs that fail are put there, because the real ones do not fail on demand. */
let database: Database;
let session: Awaited<ReturnType<BrowserContext['storageState']>>;

beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), openHouse({ films: 12, series: 1 })]);
  const opened = await openDb(
    {
      socketFolder: join(house.data, 'postgres', 'run'),
      port: 5432,
      user: 'keepercheky',
      database: 'keepercheky',
    },
    { maxConnections: 1 },
  );
  if (!opened.ok) throw new Error(opened.error.code);
  database = opened.value;
  const { context, page } = await openWindow(browser);
  await signInAs(page, house.program.address, 'admin');
  session = await context.storageState();
  await context.close();
});
afterAll(async () => {
  await database.close();
  await browser.close();
  await house.close();
});

async function addFailed(why: string): Promise<void> {
  await database.pool.query(
    `insert into jobs.job (name, state, data, policy, singleton_key, retry_limit, started_on, completed_on, output)
    values ('notifications.sweep', 'failed', '{"payload":{}}', 'short', gen_random_uuid(), 0, now(), now(),
      jsonb_build_object('message', $1::text, 'detail', $1::text || ' at line 12'))`,
    [why],
  );
}

/** With a script the page comes up to date by itself; without one somebody reloads it. */
async function comes(page: Page, selector: string, isScripted: boolean): Promise<void> {
  if (isScripted) {
    await page.waitForSelector(selector);
    return;
  }
  const isThere = async () => {
    await page.reload();
    return page.locator(selector).count();
  };
  await expect.poll(isThere, { timeout: 30_000, interval: 200 }).toBeGreaterThan(0);
}

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  const open = async (viewport = { width: 1280, height: 900 }) =>
    openWindow(browser, { javaScriptEnabled, storageState: session, viewport });
  const isScripted = javaScriptEnabled;

  test('A-06: a queue is paused, what waits in it is moved up, cancelled and wanted again, and then it goes on', async () => {
    const { context, page, complaints } = await open();
    await page.goto(house.program.address);
    await page.click('nav a[href="/jobs"]');
    await page.waitForSelector('h1:text-is("Jobs")');
    const card = page.locator('#queue-cleanup');
    await card.getByRole('button', { name: 'Pause' }).click();
    await page.waitForSelector('text=The queue Library and clean-up is paused.');
    await look(page, isScripted);

    await page.goto(`${house.program.address}/jobs?name=library.sync&state=waiting`);
    await page.waitForSelector('text=Nothing passes this filter');
    await house.api.post('/library/sync', {});
    await comes(page, 'li:has-text("Read the library")', isScripted);
    const row = page.locator('#list li', { hasText: 'Read the library' });
    await row.getByRole('button', { name: 'Sooner' }).click();
    await page.waitForSelector('text=It comes sooner now: Read the library.');
    await page.waitForSelector('#list li:has-text("Priority 10")');
    await look(page, isScripted);
    await row.getByRole('button', { name: 'Cancel' }).click();
    await page.waitForSelector('text=Cancelled: Read the library.');
    await comes(page, 'text=Nothing passes this filter', isScripted);

    await page.goto(`${house.program.address}/jobs?name=library.sync&state=cancelled`);
    await row.getByRole('button', { name: 'Try again' }).first().click();
    await page.waitForSelector('text=It is tried again: Read the library.');
    await page.goto(`${house.program.address}/jobs?name=library.sync&state=waiting`);
    await row.waitFor();

    await card.locator('summary').click();
    await card.locator('[name=concurrency]').fill('3');
    await card.getByRole('button', { name: 'Save' }).click();
    await page.waitForSelector('text=3 jobs of the queue Library and clean-up run at once now.');
    await card.getByRole('button', { name: 'go on' }).click();
    await page.waitForSelector('text=The queue Library and clean-up goes on.');
    await comes(page, 'text=Nothing passes this filter', isScripted);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('A-06: what failed says why, on a phone too, and is tried again all at once', async () => {
    await addFailed('The mail server hung up');
    await addFailed('The mail server was asleep');
    const { context, page, complaints } = await open({ width: 375, height: 812 });
    await page.goto(`${house.program.address}/jobs?state=failed`);
    const row = page.locator('#list li', { hasText: 'The mail server hung up' });
    await row.getByText('Details').click();
    await row.getByText('The mail server hung up at line 12').waitFor();
    await look(page, isScripted);
    const width = await page.locator('body').evaluate((body) => body.scrollWidth);
    expect(width).toBeLessThanOrEqual(375);

    await page.fill('[name=text][type=search]', 'asleep');
    if (!isScripted) await page.click('button:text-is("Filter")');
    await page.waitForURL(/text=asleep/);
    await page.waitForSelector('text=Try the failed one again');
    expect(await row.count()).toBe(0);
    await page.goto(`${house.program.address}/jobs?state=failed`);
    await page.locator(':is(button, summary):has-text("Try all 2 failed again")').click();
    await page
      .getByRole('button', { name: 'Try again', exact: true })
      .locator('visible=true')
      .first()
      .click();
    await page.waitForSelector('text=2 jobs are tried again.');
    await comes(page, 'text=Nothing passes this filter', isScripted);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('A-06: the time tables say when jobs come by themselves', async () => {
    const { context, page, complaints } = await open();
    await page.goto(`${house.program.address}/jobs`);
    await page.click('nav a:text-is("Time tables")');
    const row = page.locator('main li', { hasText: 'Read the library' });
    await row.getByText('Every 6 hours').waitFor();
    await look(page, isScripted);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

test('A-06: whoever is no admin sees neither the page nor its data', async () => {
  const { context, page } = await openWindow(browser);
  await signInAs(page, house.program.address, 'user');
  expect(await page.locator('nav a[href="/jobs"]').count()).toBe(0);
  for (const path of ['/jobs', '/jobs/timetables', '/api/v1/jobs', '/api/v1/queues']) {
    const answer = await page.request.get(house.program.address + path);
    expect(answer.status(), path).toBe(403);
  }
  await context.close();
});
