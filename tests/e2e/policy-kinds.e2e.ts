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

const sentenceIn = (page: Page) => page.locator('section:has(h2:text-is("What this says"))');
const save = (page: Page) => page.click('main >> button.btn:text-is("Save")');
const cardOf = (page: Page, name: string) => page.locator('article', { hasText: name });

describe.each([true, false])('each kind of policy, with JavaScript: %s', (javaScriptEnabled) => {
  const suffix = javaScriptEnabled ? 'with' : 'without';
  let window: Awaited<ReturnType<typeof openWindow>>;

  // One sign-in for all: more of them within a minute are refused.
  beforeAll(async () => {
    window = await openWindow(browser, { javaScriptEnabled });
    await signInAs(window.page, house.program.address, 'admin');
  });
  afterAll(async () => {
    await window.context.close();
    expect(window.complaints).toEqual([]);
  });

  async function start(kind: string): Promise<Page> {
    const { page } = window;
    await page.goto(`${house.program.address}/schedules/new`);
    await chooseKind(page, kind);
    await look(page, javaScriptEnabled);
    return page;
  }

  test('by tag: rows come and go, mistakes stand beside them, nothing is lost', async () => {
    const page = await start('By tag');
    const name = `Tagged ${suffix}`;
    await page.fill('[name=name]', name);
    await page.fill('[name=tag] >> nth=0', 'keep');
    await page.fill('[name=tagMaxAge] >> nth=0', '2y');
    await page.click('button:has-text("Add a tag")');
    await page.waitForSelector('[name=tag] >> nth=1');
    await page.fill('[name=tag] >> nth=1', 'kids');
    await page.fill('[name=tagMaxAge] >> nth=1', '30');
    await page.fill('[name=tagGate] >> nth=1', '20');
    await save(page);
    await page.waitForSelector('text=Add a unit: d for days');
    expect(await page.inputValue('[name=tag] >> nth=0')).toBe('keep');
    expect(await page.inputValue('[name=tagGate] >> nth=1')).toBe('20');
    await page.fill('[name=tagMaxAge] >> nth=1', '30d');
    await save(page);
    await page.waitForSelector('text=keep keeps things for ever, so it cannot have an age.');
    await look(page, javaScriptEnabled);
    await page.click('button[aria-label="Remove tag 1"]');
    await page.waitForSelector('[name=tag] >> nth=1', { state: 'detached' });
    expect(await page.inputValue('[name=tag]')).toBe('kids');
    await expect
      .poll(() => sentenceIn(page).innerText())
      .toContain('tagged kids go once nobody has watched them for 30 days and less than 20% is free.');
    await save(page);
    await page.waitForURL('**/schedules');
    expect(await cardOf(page, name).innerText()).toContain('By tag');
    await cardOf(page, name).locator('a:has-text("Change")').click();
    await page.waitForURL('**/edit');
    expect(await page.inputValue('[name=tagMaxAge]')).toBe('30d');
  });

  test('once watched: whose word counts, and what nobody began', async () => {
    const page = await start('Once watched');
    const name = `Watched ${suffix}`;
    await page.fill('[name=name]', name);
    await page.selectOption('[name=seenBy]', 'everybody');
    await page.fill('[name=watchedFor]', 'soon');
    await page.fill('[name=neverWatchedFor]', '1y');
    await page.fill('[name=targetValue]', '500');
    await page.selectOption('[name=targetUnit]', 'gigabytes');
    await save(page);
    await page.waitForSelector('[name=watchedFor][aria-invalid]');
    expect(await page.inputValue('[name=watchedFor]')).toBe('soon');
    expect(await page.inputValue('[name=targetUnit]')).toBe('gigabytes');
    expect(await page.inputValue('[name=seenBy]')).toBe('everybody');
    await page.fill('[name=watchedFor]', '0d');
    await page.check('[name=favouriteUsers] >> nth=0');
    await page.click('button:text-is("Preview")');
    await page.waitForSelector('h2:text-is("What it would take now")');
    await look(page, javaScriptEnabled);
    const text = await sentenceIn(page).innerText();
    expect(text).toContain('go as soon as everybody with an account on the media server has seen them');
    expect(text).toContain('What nobody has begun goes 365 days after it came.');
    expect(text).toContain('the favourites of');
    expect(text).toMatch(/A run stops at 500\sGB free/);
    await save(page);
    await page.waitForURL('**/schedules');
    expect(await cardOf(page, name).innerText()).toContain('Once watched');
  });

  test('daily series: a series is found by its name', async () => {
    const page = await start('Daily and weekly series');
    const name = `Daily ${suffix}`;
    const option = page.locator('datalist[id$="-shows"] option').first();
    const title = (await option.getAttribute('value')) ?? '';
    await page.fill('[name=name]', name);
    await page.fill('[name=keepLast]', '');
    await save(page);
    await page.waitForSelector('text=Name at least one tag or one series.');
    await page.waitForSelector('text=Say how many episodes stay, or how many days.');
    await page.fill('[name=showTitle]', 'No such series at all');
    await page.click('main >> button:text-is("Add")');
    await page.waitForSelector('text=There is no such series in the library.');
    expect(await page.inputValue('[name=showTitle]')).toBe('No such series at all');
    await page.fill('[name=showTitle]', title);
    await page.click('main >> button:text-is("Add")');
    await page.waitForSelector(`button[aria-label="Remove ${title}"]`);
    expect(await page.inputValue('[name=showTitle]')).toBe('');
    await page.fill('[name=keepLast]', '5');
    await look(page, javaScriptEnabled);
    await save(page);
    await page.waitForURL('**/schedules');
    const text = await cardOf(page, name).innerText();
    expect(text).toContain(`Of ${title}, all episodes of the newest season go but the last 5.`);
  });

  test('a plan waits until somebody approves it, without what was unticked', async () => {
    const page = await start('When a disk fills up');
    const name = `Approved ${suffix}`;
    await page.fill('[name=name]', name);
    await page.click('button[aria-label="Remove step 2"]');
    await page.waitForSelector('button[aria-label="Remove step 2"]', { state: 'detached' });
    await page.fill('[name=freeBelowPercent]', '100');
    await page.fill('[name=maxAge]', '30d');
    await page.fill('[name=targetValue]', '100');
    await page.fill('[name=leavingSoon]', '0d');
    await page.fill('[name=capItems]', '2');
    await page.fill('[name=capLibraryPercent]', '100');
    await page.check('[name=needsApproval]');
    await save(page);
    await page.waitForURL('**/schedules');
    const id = (await cardOf(page, name).getAttribute('id')) ?? '';
    await house.api.post(`/schedules/${id}/arm`);
    await waitUntil(house, page, '/schedules', 'Waits for you: 2 titles');
    await look(page, javaScriptEnabled);

    const used = usedBytes(house);
    await house.api.post(`/schedules/${id}/run`);
    await waitUntil(house, page, `/schedules/runs?policy=${id}`, 'Waits for your approval: 2 titles');
    expect(usedBytes(house)).toBe(used);
    await page.click('main .kc-surface li a');
    await page.click('a:has-text("Look at the plan and approve it")');
    await page.waitForSelector('text=This plan waits for you');
    await look(page, javaScriptEnabled);
    await page.uncheck('[name=approved] >> nth=1');
    await page.click('button:has-text("Approve and carry out")');
    await page.waitForSelector('text=1 title is approved; the run begins.');
    await waitUntil(house, page, `/schedules/runs?policy=${id}`, '1 title, ');
    await waitUntil(house, page, `/schedules/runs?policy=${id}`, 'removed');
    expect(usedBytes(house)).toBeLessThan(used);
    await house.api.remove(`/schedules/${id}`);
  });
});
