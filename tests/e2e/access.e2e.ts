import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from '../../tools/house/client.ts';
import { openHouse, people, type House } from './support.ts';

type Who = 'nobody' | keyof typeof people;
type Ask = { method: string; path: string };

/** What anybody may see without an account. A longer list needs a reason in the review. */
const publicApi = [
  'GET /health',
  'GET /api/v1/openapi.json',
  'GET /api/v1/setup',
  'POST /api/v1/setup',
  'POST /api/v1/auth/sign-in',
];
/** What people may do who may not change anything for others. */
const ownBusiness = ['POST /api/v1/auth/sign-out'];
/** What "user" may do and "readonly" may not: ask to keep what leaves soon, and take one's own wish back. */
const usersBusiness = ['POST /api/v1/media/nothing-1/keep', 'DELETE /api/v1/keep-requests/nothing-1'];
const adminsEyes =
  /^\/api\/v1\/(services|sources|sync-runs|drift|settings|logs|jobs|queues|timetables|users|notifications|models|auth\/keys)(\/|$)/;
const publicPages = ['/sign-in', '/welcome', '/welcome-locale', '/keep/nothing-1'];
const adminPages = /^\/(settings|logs|jobs|welcome\/)/;

let house: House;
let cookies: Record<Who, string>;

beforeAll(async () => {
  house = await openHouse({ films: 8, series: 2 });
  const cookieOf = (who: keyof typeof people) =>
    signIn(house.program.address, people[who].username, people[who].password);
  cookies = {
    nobody: '',
    readonly: await cookieOf('readonly'),
    user: await cookieOf('user'),
    admin: await cookieOf('admin'),
  };
});
afterAll(() => house.close());

async function statusOf({ method, path }: Ask, who: Who): Promise<number> {
  const response = await fetch(house.program.address + path, {
    method,
    headers: { cookie: cookies[who], ...(method === 'GET' ? {} : { 'content-type': 'application/json' }) },
    redirect: 'manual',
    // Never a body that would do something: the guard stands before the body is read.
    ...(method === 'GET' ? {} : { body: '{' }),
    signal: AbortSignal.timeout(10_000),
  });
  await response.body?.cancel();
  return response.status;
}

async function apiCalls(): Promise<Ask[]> {
  const document = (await (await fetch(`${house.program.address}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, Record<string, unknown>>;
  };
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{\w+\}/g, 'nothing-1'),
    })),
  );
  return [...described, { method: 'GET', path: '/metrics' }];
}

/** Every folder of src/routes that has a page, with its parameters filled in. */
function pages(folder = join(import.meta.dirname, '../../src/routes'), path = ''): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const own = entries.some((entry) => entry.name === '+page.svelte') ? [path || '/'] : [];
  return entries
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) =>
      pages(join(folder, entry.name), `${path}/${entry.name.replace(/^\[.*\]$/, 'nothing-1')}`),
    )
    .concat(own);
}

describe('the API', () => {
  test('asks everybody to sign in, but for a short public list', async () => {
    for (const ask of await apiCalls()) {
      const name = `${ask.method} ${ask.path}`;
      if (!publicApi.includes(name)) expect(await statusOf(ask, 'nobody'), name).toBe(401);
    }
  });

  test.each(['readonly', 'user'] as const)('lets %s look and change nothing', async (who) => {
    for (const ask of await apiCalls()) {
      const name = `${ask.method} ${ask.path}`;
      if (publicApi.includes(name) || ownBusiness.includes(name)) continue;
      const mayAsk = who === 'user' && usersBusiness.includes(name);
      const forbidden = (ask.method !== 'GET' && !mayAsk) || adminsEyes.test(ask.path);
      const status = await statusOf(ask, who);
      if (forbidden) expect(status, name).toBe(403);
      else expect([401, 403], name).not.toContain(status);
    }
  });

  test('lets the admin do everything', async () => {
    for (const ask of await apiCalls()) {
      if (ownBusiness.includes(`${ask.method} ${ask.path}`)) continue;
      expect([401, 403], `${ask.method} ${ask.path}`).not.toContain(await statusOf(ask, 'admin'));
    }
  });

  test('refuses what another site makes a browser send', async () => {
    const response = await fetch(`${house.program.address}/api/v1/library/sync`, {
      method: 'POST',
      headers: { cookie: cookies.admin, origin: 'http://evil.example', 'content-type': 'application/json' },
      body: '{}',
    });
    expect(response.status).toBe(403);
  });
});

describe('the pages', () => {
  test('send strangers to the sign-in page', async () => {
    for (const path of pages().filter((page) => !publicPages.includes(page))) {
      const response = await fetch(house.program.address + path, { redirect: 'manual' });
      expect(response.status, path).toBe(303);
      expect(response.headers.get('location'), path).toMatch(/^\/sign-in/);
    }
  });

  test.each(['readonly', 'user'] as const)('keep %s away from settings and logs', async (who) => {
    for (const path of pages().filter((page) => !publicPages.includes(page))) {
      const status = await statusOf({ method: 'GET', path }, who);
      if (adminPages.test(path)) expect(status, path).toBe(403);
      else expect([200, 303, 404], path).toContain(status);
    }
  });

  test('no page breaks for the admin', async () => {
    for (const path of pages())
      expect([200, 303, 307, 404], path).toContain(await statusOf({ method: 'GET', path }, 'admin'));
  });

  test('asking to keep is for users, and answering for admins', async () => {
    const post = async (path: string, who: Who) => {
      const headers = { origin: house.program.address, 'content-type': 'application/x-www-form-urlencoded' };
      const response = await fetch(house.program.address + path, {
        method: 'POST',
        headers: { ...headers, cookie: cookies[who] },
        body: 'a=b',
        redirect: 'manual',
      });
      return response.status;
    };
    expect(await post('/leaving?/keep', 'readonly')).toBe(403);
    expect(await post('/leaving?/keep', 'user')).not.toBe(403);
    expect(await post('/leaving/requests?/refuse', 'user')).toBe(403);
    expect(await post('/leaving/requests?/refuse', 'admin')).not.toBe(403);
  });

  test('a form that only admins may send is refused to others', async () => {
    for (const path of pages().filter(
      (page) => !publicPages.includes(page) && !/^\/(sign-out|account|leaving)$/.test(page),
    )) {
      const response = await fetch(house.program.address + path, {
        method: 'POST',
        headers: {
          cookie: cookies.user,
          origin: house.program.address,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'a=b',
        redirect: 'manual',
      });
      expect(response.status, path).toBe(403);
    }
  });
});
