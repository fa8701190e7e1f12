import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
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
};

type Leaving = { itemId: string; title: string; requestedBy: string[] };
type Kept = { excludedUntil: string | null; status: string };

let house: House;
let browser: Browser;
let post: Server;
type Who = 'user' | 'admin' | 'readonly';
type Session = Awaited<ReturnType<BrowserContext['storageState']>>;
let sessions: Record<Who, Session>;

/** Once for each: who signs in again and again is made to wait. */
async function sessionOf(who: Who): Promise<Session> {
  const { context, page } = await openWindow(browser);
  await signInAs(page, house.program.address, who);
  const session = await context.storageState();
  await context.close();
  return session;
}

/** Everything that was pushed to people, as it came. */
const messages: string[] = [];

beforeAll(async () => {
  post = createServer((request, response) => {
    void text(request).then((body) => {
      messages.push(body);
      response.end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(post, 'listening');
  [browser, house] = await Promise.all([openBrowser(), openHouse({ films: 80, series: 4 })]);
  const { id } = await house.api.post<{ id: string }>('/schedules', policy);
  await house.api.post(`/schedules/${id}/arm`);
  await vi.waitUntil(async () => (await leaving()).length > 6, { timeout: 30_000, interval: 200 });
  sessions = {
    user: await sessionOf('user'),
    admin: await sessionOf('admin'),
    readonly: await sessionOf('readonly'),
  };
});
afterAll(async () => {
  await browser.close();
  await house.close();
  post.close();
});

const leaving = async () => (await house.api.get<{ items: Leaving[] }>('/leaving')).items;
const kept = async (id: string) => (await house.api.get<Kept>(`/media/${id}`)).status === 'excluded';
const first = async (): Promise<Leaving> => {
  const [item] = await leaving();
  if (!item) throw new Error('nothing leaves soon');
  return item;
};
const keepButton = (id: string) => `main form:has(input[value="${id}"]) button:has-text("Keep")`;

describe.each([
  { name: 'with a script', isScripted: true },
  { name: 'without a script', isScripted: false },
])('what leaves soon, $name', ({ isScripted }) => {
  const open = async (who: Who) => {
    const window = await openWindow(browser, {
      javaScriptEnabled: isScripted,
      viewport: { width: 390, height: 844 },
      storageState: sessions[who],
    });
    await window.page.goto(`${house.program.address}/leaving`);
    return window;
  };

  test('C-06: a user keeps a film at once, sees it, and takes it back', async () => {
    await house.api.patch('/settings', { keepBy: 'at-once' });
    const film = await first();
    const { context, page, complaints } = await open('user');
    await look(page, isScripted);
    await page.click(keepButton(film.itemId));
    await page.waitForSelector(`text=“${film.title}” is kept until`);
    await page.waitForSelector('text=What you asked to keep');
    expect(await kept(film.itemId)).toBe(true);
    await page.click('button:text-is("Undo")');
    await page.waitForSelector('text=As it was before.');
    expect(await kept(film.itemId)).toBe(false);
    expect((await leaving()).map(({ itemId }) => itemId)).toContain(film.itemId);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('decision 012: a user asks, the film stays meanwhile, an admin refuses with a word', async () => {
    await house.api.patch('/settings', { keepBy: 'admin-answers' });
    const film = await first();
    const user = await open('user');
    await user.page.click(keepButton(film.itemId));
    await user.page.waitForSelector(`text=An admin has been asked to keep “${film.title}”`);
    await user.page.waitForSelector('text=No answer yet.');
    expect(await kept(film.itemId)).toBe(true);
    await look(user.page, isScripted);

    const admin = await open('admin');
    await admin.page.goto(`${house.program.address}/`);
    await admin.page.click('text=1 request to keep something waits for an answer.');
    await admin.page.waitForSelector('h2:text-is("Asked to keep")');
    await look(admin.page, isScripted);
    await admin.page.fill('main [name=word]', 'no room this month');
    await admin.page.click('main button:text-is("Let it go")');
    await admin.page.waitForSelector(`text=“${film.title}” is not kept.`);
    expect(await kept(film.itemId)).toBe(false);

    await user.page.goto(`${house.program.address}/leaving`);
    await user.page.waitForSelector('text=no room this month');
    expect([...user.complaints, ...admin.complaints]).toEqual([]);
    await user.context.close();
    await admin.context.close();
  });

  test('an admin says yes', async () => {
    const film = await first();
    const user = await open('user');
    await user.page.click(keepButton(film.itemId));
    await user.page.waitForSelector('text=No answer yet.');
    const admin = await open('admin');
    await admin.page.click(`main button[aria-label^="Keep “${film.title}"] >> nth=0`);
    await admin.page.waitForSelector(`text=“${film.title}” is kept.`);
    expect(await kept(film.itemId)).toBe(true);
    await user.page.goto(`${house.program.address}/leaving`);
    await user.page.waitForSelector('text=agreed.');
    await user.context.close();
    await admin.context.close();
  });

  test('who may only look has no button', async () => {
    const { context, page } = await open('readonly');
    await page.waitForSelector('h1:text-is("Leaving soon")');
    expect(await page.locator('main button:has-text("Keep")').count()).toBe(0);
    await context.close();
  });
});

test('C-19: the link in a message follows the same setting, with and without a script', async () => {
  await house.api.patch('/settings', { keepBy: 'at-once' });
  const wanted = (await leaving()).find(({ requestedBy }) => requestedBy.length > 0);
  if (!wanted) throw new Error('nobody asked for what leaves soon');
  const { port } = post.address() as AddressInfo;
  await house.api.patch('/notifications/settings', { publicUrl: house.program.address });
  for (const person of wanted.requestedBy)
    await house.api.put(`/notifications/people/${encodeURIComponent(person)}`, { ntfyTopic: 'people' });
  await house.api.post('/notifications/channels', {
    name: 'Phones',
    topics: [],
    tellsRequesters: true,
    settings: { kind: 'ntfy', url: `http://127.0.0.1:${port}`, topic: 'house', priority: 3 },
  });
  const [schedule] = (await house.api.get<{ items: { id: string }[] }>('/schedules')).items;
  await house.api.post(`/schedules/${schedule?.id}/plan`);
  const links = () => [
    ...new Set(messages.flatMap((one) => one.match(/http[^\s"\\)]+\/keep\/[\w-]{43}/g) ?? [])),
  ];
  await vi.waitUntil(() => links().length >= 2, { timeout: 60_000, interval: 250 });
  const before = (await leaving()).length;

  for (const [index, javaScriptEnabled] of [true, false].entries()) {
    const strict = index === 1;
    if (strict) await house.api.patch('/settings', { keepBy: 'admin-answers' });
    const { context, page, complaints } = await openWindow(browser, { javaScriptEnabled });
    await page.goto(links()[index] ?? '');
    await look(page, javaScriptEnabled);
    await page.click('button:text-is("Keep it")');
    await page.waitForSelector(strict ? 'text=Your wish is noted' : 'text=is kept until');
    await page.goto(links()[index] ?? '');
    await page.waitForSelector('text=This link was used');
    expect(complaints).toEqual([]);
    await context.close();
  }
  expect((await leaving()).length).toBeLessThanOrEqual(before - 2);
  const { items } = await house.api.get<{ items: { byName: string }[] }>('/keep-requests');
  expect(items).toHaveLength(1);
});
