import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createFront, type FrontSettings, type Pages } from './front.ts';
import { comesFromElsewhere, visitOf } from './platform/visit.ts';

const plain: FrontSettings = { origin: undefined, trustProxy: false };
const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

type Seen = { visit: string; address: string | null };

/** The API and the pages both answer with who they think is asking. */
async function aFront(
  settings: FrontSettings,
): Promise<{ ask: (path: string, headers?: Record<string, string>) => Promise<Seen>; base: string }> {
  const api = (request: Request) =>
    Response.json({ visit: visitOf(request).url, address: request.headers.get('x-client-ip') });
  const pages: Pages = ({ headers, url }, response) => {
    const visit = `${String(headers['x-app-proto'])}://${String(headers['x-app-host'])}${url ?? ''}`;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ visit, address: headers['x-client-ip'] }));
  };
  const server = createFront(api, pages, settings);
  open.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = async (path: string, headers: Record<string, string> = {}) =>
    (await (await fetch(base + path, { headers })).json()) as Seen;
  return { ask, base };
}

test.each(['/api/v1/media', '/media'])(
  '%s is told the real address, whatever the client claims',
  async (path) => {
    const { ask, base } = await aFront(plain);
    const lies = {
      'x-client-ip': '1.2.3.4',
      'X-App-Proto': 'https',
      'x-forwarded-for': '1.2.3.4',
      'x-forwarded-host': 'evil',
    };
    expect(await ask(path, lies)).toEqual({ visit: base + path, address: '127.0.0.1' });
  },
);

test.each(['/api/v1/media', '/media'])('%s believes the proxy when the owner says so', async (path) => {
  const { ask } = await aFront({ origin: undefined, trustProxy: true });
  const proxy = {
    'x-forwarded-for': '10.0.0.1, 1.2.3.4',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'keeper.example.org',
  };
  expect(await ask(path, proxy)).toEqual({ visit: `https://keeper.example.org${path}`, address: '1.2.3.4' });
});

test('a fixed origin wins over the host that was asked', async () => {
  const { ask } = await aFront({ origin: 'https://keeper.example.org', trustProxy: false });
  expect(await ask('/api/v1/media')).toMatchObject({ visit: 'https://keeper.example.org/api/v1/media' });
});

test.each([
  [{}, false],
  [{ origin: 'http://nas:4747' }, false],
  [{ origin: 'http://nas:4748' }, true],
  [{ origin: 'null' }, true],
  [{ 'sec-fetch-site': 'same-origin' }, false],
  [{ 'sec-fetch-site': 'cross-site' }, true],
  [{ 'sec-fetch-site': 'same-site' }, true],
])('with %j a request comes from elsewhere: %s', (headers, elsewhere) => {
  expect(
    comesFromElsewhere({
      url: 'http://nas:4747/media',
      headers: new Headers(headers as Record<string, string>),
    }),
  ).toBe(elsewhere);
});
