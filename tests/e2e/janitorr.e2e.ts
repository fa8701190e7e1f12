import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { template } from '../../src/features/cleanup/core/janitorr/template.fake.ts';
import { apiClient, signIn, type ApiClient } from '../../tools/house/client.ts';
import { syncNow } from '../../tools/house/move-in.ts';
import { seedHousehold } from '../../tools/seed.ts';
import { startHousehold, type RunningHousehold } from '../../tools/simulators/start.ts';
import { look } from './axe.ts';
import { openBrowser, openEmptyProgram, openWindow, people, signInAs, type Browser } from './support.ts';

let browser: Browser;
let services: RunningHousehold;

beforeAll(async () => {
  [browser, services] = await Promise.all([
    openBrowser(),
    startHousehold(seedHousehold({ films: 40, series: 6 })),
  ]);
});
afterAll(async () => {
  await browser.close();
  await services.close();
});

const known = ['radarr', 'sonarr', 'jellyfin'] as const;

/** A library is read already; the request server is in Janitorr's file only. */
async function movedIn(address: string): Promise<ApiClient> {
  await apiClient(address, {}).post('/setup', people.admin);
  const api = apiClient(address, {
    cookie: await signIn(address, people.admin.username, people.admin.password),
  });
  for (const kind of known) {
    const { url, apiKey: key } = services[kind];
    await api.post('/services', { kind, name: `My ${kind}`, url, key, enabled: true, pathMappings: [] });
  }
  await syncNow(api);
  return api;
}

function applicationYml(): string {
  const at = ({ url, apiKey: key }: { url: string; apiKey: string }) => ({ url, key });
  const { radarr, sonarr, jellyfin, seerr } = services;
  return template({ radarr: at(radarr), sonarr: at(sonarr), jellyfin: at(jellyfin), jellyseerr: at(seerr) });
}

describe.each([true, false])('C-20, with JavaScript: %s', (javaScriptEnabled) => {
  test('from the text of application.yml to connections and policies, and no key is shown on the way', async () => {
    const { program, close } = await openEmptyProgram();
    const api = await movedIn(program.address);
    const { context, page, complaints } = await openWindow(browser, { javaScriptEnabled });
    await signInAs(page, program.address, 'admin');

    await page.goto(`${program.address}/schedules`);
    await page.click('main >> a:has-text("Import from Janitorr")');
    await page.waitForURL('**/schedules/import');
    await look(page, javaScriptEnabled);
    await page.fill('[name=text]', 'application: [');
    await page.click('button:has-text("Read it")');
    await page.waitForSelector('text=This is no YAML: reading ended at line 1.');

    await page.fill('[name=text]', applicationYml());
    await page.click('button:has-text("Read it")');
    await page.waitForSelector('h2:has-text("What becomes of it")');
    const row = (path: string) => page.locator('tr', { has: page.locator(`th:text-is("${path}")`) });
    await expect
      .poll(() => row('application.media-deletion.movie-expiration').innerText())
      .toContain('The steps of the policy for films');
    expect(await row('clients.radarr.api-key').innerText()).toContain('hidden');
    expect(await row('clients.bazarr.url').innerText()).toContain('Bazarr is not needed');
    expect(await row('clients.jellyfin.delete').innerText()).toContain('Nothing is ever deleted through');
    await look(page, javaScriptEnabled);

    await page.click('button:has-text("Compare with my library")');
    await page.waitForSelector('text=Janitorr would delete');
    await page.waitForSelector('text=KeeperCheky would remove');
    await page.selectOption('[name=only]', 'differences');
    await page.click('button:has-text("Update")');
    await page.waitForSelector('text=Janitorr would delete');
    await expect.poll(() => page.inputValue('[name=only]')).toBe('differences');
    await look(page, javaScriptEnabled);

    const content = await page.content();
    for (const { apiKey } of [services.radarr, services.sonarr, services.jellyfin, services.seerr])
      expect(content).not.toContain(apiKey);

    expect(await page.isDisabled('[name=connections][value=radarr]')).toBe(true);
    await page.uncheck('[name=policies][value=show-tags]');
    await page.click('button:text-is("Take over")');
    await page.waitForSelector('h2:has-text("Taken over")');
    await page.waitForSelector('text=Jellyseerr: connected.');
    await page.waitForSelector('text=Janitorr: films: added, switched off.');
    await look(page, javaScriptEnabled);

    const connected = await api.get<{ items: { kind: string; url: string }[] }>('/services');
    expect(connected.items.map(({ kind }) => kind).sort()).toEqual([...known, 'seerr'].sort());
    const made = await api.get<{ items: { enabled: boolean; armed: boolean; policy: { name: string } }[] }>(
      '/schedules',
    );
    expect(made.items.map(({ policy: { name } }) => name).sort()).toEqual(
      ['Janitorr: films', 'Janitorr: series', 'Janitorr: films by tag', 'Janitorr: daily series'].sort(),
    );
    expect(made.items.every(({ enabled, armed }) => !enabled && !armed)).toBe(true);

    await page.click('a:has-text("Look at the policies")');
    await page.waitForSelector('article:has-text("Janitorr: films by tag")');
    expect(complaints).toEqual([]);
    await context.close();
    await close();
  });
});
