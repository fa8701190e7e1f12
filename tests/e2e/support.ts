import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Cookie,
  type Page,
} from 'playwright-core';
import { moveIn, people } from '../../tools/house/move-in.ts';
import { startBuilt, type ProgramOptions, type RunningProgram } from '../../tools/house/program.ts';
import type { ApiClient } from '../../tools/house/client.ts';
import { seedHousehold } from '../../tools/seed.ts';
import { startHousehold, type RunningHousehold } from '../../tools/simulators/start.ts';

export { people };

/** Without these, Chromium asks servers of its makers at every start. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...quiet, ...asRoot, '--disable-gpu'] });
}

export type House = {
  program: RunningProgram;
  services: RunningHousehold;
  api: ApiClient;
  /** The data folder of the program. */
  data: string;
  close: () => Promise<void>;
};

/** The built program with nobody in it yet. */
export async function openEmptyProgram(options: Partial<ProgramOptions> = {}) {
  const data = mkdtempSync(join(tmpdir(), 'keepercheky-e2e-'));
  const program = await startBuilt({ data, ...options });
  return {
    program,
    data,
    close: async () => {
      await program.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** The built program, moved into a simulated household: a small one, because tests look at few things. */
export async function openHouse({ films = 60, series = 12 } = {}): Promise<House> {
  const services = await startHousehold(seedHousehold({ films, series }));
  const { program, data, close } = await openEmptyProgram();
  const { api } = await moveIn(program.address, services);
  return {
    program,
    services,
    api,
    data,
    close: async () => {
      await close();
      await services.close();
    },
  };
}

/** A window of the browser, with everything it complained about. */
export async function openWindow(browser: Browser, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      complaints.push(message.text());
  });
  return { context, page, complaints };
}

/** By program and person. Sign-ins are counted against guessing, so a person signs in once and is known from then on. */
const signedIn = new Map<string, Cookie[]>();

export async function signInAs(page: Page, address: string, who: keyof typeof people): Promise<void> {
  const known = signedIn.get(`${address} ${who}`);
  if (known) {
    await page.context().addCookies(known);
    await page.goto(address);
    if (!new URL(page.url()).pathname.startsWith('/sign-in')) return;
  }
  await page.goto(`${address}/sign-in`);
  await page.fill('[name=login]', people[who].username);
  await page.fill('[name=password]', people[who].password);
  await page.click(
    'main form [type=submit], form:has([name=login]) button[type=submit], form:has([name=login]) button:not([type])',
  );
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  signedIn.set(`${address} ${who}`, await page.context().cookies());
}

const languages = { 'en-GB': 'en', 'es-ES': 'es' } as const;

type Wish = Omit<BrowserContextOptions, 'locale'> & { locale?: keyof typeof languages };

/** A window in which the admin is signed in, on this page and in this language. */
export async function openPage(browser: Browser, address: string, path: string, options: Wish = {}) {
  const opened = await openWindow(browser, options);
  await signInAs(opened.page, address, 'admin');
  const value = languages[options.locale ?? 'en-GB'];
  await opened.context.addCookies([{ name: 'PARAGLIDE_LOCALE', value, url: address }]);
  await opened.page.goto(address + path);
  return opened;
}

export type { Browser, BrowserContext, Page };
