import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { look } from './axe.ts';
import { chooseKind, usedBytes, waitUntil } from './policies.ts';
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
  [browser, house] = await Promise.all([openBrowser(), openHouse({ films: 40, series: 4 })]);
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

type RunAnswer = { removals: { title: string; state: string; freedBytes: number | null }[] };

async function fillInWrongly(page: Page): Promise<void> {
  await page.fill('[name=freeBelowPercent] >> nth=0', '100');
  await page.fill('[name=maxAge] >> nth=0', '30');
  await page.fill('[name=maxAge] >> nth=1', '12h');
  await page.fill('[name=targetValue]', '7,5');
  await page.check('[name=when][value=cron]');
  await page.fill('[name=cron]', 'every night');
  await page.click('main >> button.btn:text-is("Save")');
  await page.waitForSelector('text=Give it a name.');
  await page.waitForSelector('text=Add a unit: d for days');
  await page.waitForSelector('text=At least one day.');
  expect(await page.inputValue('[name=maxAge] >> nth=1')).toBe('12h');
  expect(await page.inputValue('[name=targetValue]')).toBe('7,5');
  expect(await page.inputValue('[name=cron]')).toBe('every night');
}

async function fillInRightly(page: Page, name: string): Promise<void> {
  await page.fill('[name=name]', name);
  await page.click('button[aria-label="Remove step 2"]');
  await page.waitForSelector('button[aria-label="Remove step 2"]', { state: 'detached' });
  await page.fill('[name=maxAge]', '30d');
  await page.fill('[name=leavingSoon]', '0d');
  await page.selectOption('[name=order]', 'largest');
  await page.fill('[name=capItems]', '3');
  await page.fill('[name=capLibraryPercent]', '100');
  await page.click('button:text-is("Preview")');
  await page.waitForSelector('text=This is not a cron line');
  await page.waitForSelector('text=At least 100%, where the highest step starts');
  await page.fill('[name=targetValue]', '100');
  await page.check('[name=when][value=times]');
  await page.fill('[name=time]', '05:15');
}

/** The three that would go; the first is then kept by hand. */
async function excludeTheFirst(page: Page): Promise<string> {
  const first = page.locator('main .kc-surface li a[href^="/media/"]').first();
  const title = await first.innerText();
  const id = (await first.getAttribute('href'))?.split('/').at(-1) ?? '';
  await house.api.post(`/media/${id}/exclude`, { until: null, note: null });
  await page.click('button:has-text("Plan again")');
  await page.waitForSelector('text=The plan is fresh.');
  await page.click('nav >> text=Protected');
  await page.waitForURL('**/*fate=protected*');
  expect(await page.locator('main .kc-surface li', { hasText: title }).count()).toBeGreaterThan(0);
  return id;
}

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('a policy from its first mistakes to what it removed', async () => {
    const name = javaScriptEnabled ? 'Large old films' : 'Old films again';
    const { context, page, complaints } = await openWindow(browser, { javaScriptEnabled });
    await signInAs(page, house.program.address, 'admin');

    await page.goto(`${house.program.address}/schedules`);
    await look(page, javaScriptEnabled);
    await page.click('main >> a:has-text("New policy")');
    await page.waitForURL('**/schedules/new');
    await look(page, javaScriptEnabled);
    await chooseKind(page, 'When a disk fills up');
    await look(page, javaScriptEnabled);
    await fillInWrongly(page);
    await look(page, javaScriptEnabled);
    await fillInRightly(page, name);
    await page.click('button:text-is("Preview")');
    await page.waitForSelector('text=A run would take 3 titles');
    expect(await page.inputValue('[name=time]')).toBe('05:15');
    await look(page, javaScriptEnabled);
    await page.click('main >> button.btn:text-is("Save")');
    await page.waitForURL('**/schedules');
    const card = page.locator('article', { hasText: name });
    await expect.poll(() => card.innerText()).toContain('Nothing is touched');
    expect(await card.innerText()).toContain('Films on every disk that nobody has watched for 30 days go');

    await card.locator('button:has-text("Dry run now")').click();
    await page.waitForSelector(`text=“${name}” is running.`);
    const id = (await card.getAttribute('id')) ?? '';
    const used = usedBytes(house);
    await waitUntil(house, page, `/schedules/runs?policy=${id}`, 'Would have taken 3 titles');
    expect(usedBytes(house)).toBe(used);

    await page.goto(`${house.program.address}/schedules/${id}/plan`);
    await look(page, javaScriptEnabled);
    const kept = await excludeTheFirst(page);

    await page.goto(`${house.program.address}/schedules/${id}/arm`);
    await look(page, javaScriptEnabled);
    await page.click('main >> button:has-text("Arm")');
    await page.waitForSelector('text=is armed. Its next run deletes for real.');
    await expect.poll(() => card.innerText()).toContain('It deletes for real');

    await card.locator(':is(button, summary):has-text("Run now")').click();
    await page.locator('button:has-text("Run and delete")').locator('visible=true').click();
    await page.waitForSelector(`text=“${name}” is running.`);
    await waitUntil(house, page, `/schedules/runs?policy=${id}`, '3 titles, ');
    await waitUntil(house, page, `/schedules/runs?policy=${id}`, 'removed');
    await look(page, javaScriptEnabled);
    await page.click('main .kc-surface li a');
    await page.waitForURL('**/schedules/runs/*');
    await look(page, javaScriptEnabled);

    const { removals } = await house.api.get<RunAnswer>(`/runs/${page.url().split('/').at(-1) ?? ''}`);
    expect(removals.map(({ state }) => state)).toEqual(['removed', 'removed', 'removed']);
    const freed = removals.reduce((sum, { freedBytes }) => sum + (freedBytes ?? 0), 0);
    // The folders went with what lay beside the films: subtitles, pictures.
    expect((used - usedBytes(house)) / freed).toBeCloseTo(1, 3);
    expect(used - usedBytes(house)).toBeGreaterThanOrEqual(freed);
    await house.api.get(`/media/${kept}`);

    await page.goto(
      `${house.program.address}/schedules/history?q=${encodeURIComponent(removals[0]?.title ?? '')}`,
    );
    expect(await page.locator('main .kc-surface li').count()).toBe(1);
    expect(await page.locator('main .kc-surface li').innerText()).toContain(`by ${name}`);
    await look(page, javaScriptEnabled);

    await page.goto(`${house.program.address}/schedules`);
    await card.locator('button:has-text("Disarm")').click();
    await page.waitForSelector('text=is a dry run again.');
    await page.goto(`${house.program.address}/leaving`);
    await look(page, javaScriptEnabled);

    await page.goto(`${house.program.address}/schedules`);
    await card.locator(':is(button, summary):has-text("Delete")').first().click();
    await page.locator('button.btn-error:text-is("Delete")').locator('visible=true').click();
    await page.waitForSelector(`text=“${name}” is deleted.`);
    expect(await card.count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

test('who may not change anything sees the policies and no button', async () => {
  const { context, page } = await openWindow(browser);
  await house.api.post('/schedules', {
    name: 'Seen by all',
    unit: 'season',
    kind: 'disk-pressure',
    tiers: [{ freeBelowPercent: 20, maxAge: '90d' }],
    target: { unit: 'percent', value: 20 },
  });
  await signInAs(page, house.program.address, 'readonly');
  await page.goto(`${house.program.address}/schedules`);
  await page.waitForSelector('text=Seen by all');
  expect(await page.locator('main button').count()).toBe(0);
  await page.goto(`${house.program.address}/leaving`);
  expect(await page.locator('main button').count()).toBe(0);
  await context.close();
});
