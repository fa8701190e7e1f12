import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createGuardedFetch, isForbidden } from './guarded-fetch.ts';
import { createHttp } from './http.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

const at = (address: string) => ({ address, family: address.includes(':') ? 6 : 4 });

/** A name server for one name, and a service on this machine that counts who comes. */
async function aHouse(addresses: readonly string[]) {
  let calls = 0;
  const server = createServer((_request, response) => {
    calls += 1;
    response.end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://nas.example:${String((server.address() as AddressInfo).port)}`;
  const guarded = createGuardedFetch((_name, _options, done) => done(null, addresses.map(at)));
  const http = createHttp({ fetch: guarded, wait: async () => undefined });
  return { calls: () => calls, ask: () => http.at({ url, headers: {}, secrets: [] }).send({ path: 'x' }) };
}

test.each([
  '169.254.169.254',
  '169.254.0.1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'febf::1',
  '::ffff:169.254.169.254',
  '64:ff9b::a9fe:a9fe',
  '::a9fe:a9fe',
])('%s is no address of a service', (address) => {
  expect(isForbidden(at(address))).toBe(true);
});

test.each([
  '127.0.0.1',
  '192.168.1.5',
  '169.253.1.1',
  '100.64.1.1',
  '::1',
  'fd12::1',
  '2001:db8::1',
  'fec0::1',
])('%s is one that a service at home may have', (address) => {
  expect(isForbidden(at(address))).toBe(false);
});

test('a name that leads to the secrets of a cloud machine is not connected to, and the failure says so', async () => {
  const house = await aHouse(['169.254.169.254', 'fd00:ec2::254']);
  expect(await house.ask()).toEqual({
    ok: false,
    error: { code: 'http.metadata', host: expect.stringMatching(/^nas\.example:/) as string },
  });
  expect(house.calls()).toBe(0);
});

test('a name with a link-local address beside its real one is called at the real one', async () => {
  const house = await aHouse(['fe80::1%eth0', '169.254.7.7', '127.0.0.1']);
  expect(await house.ask()).toEqual({ ok: true, value: undefined });
  expect(house.calls()).toBe(1);
});

test('what the name server says is told as before', async () => {
  const unknown = Object.assign(new Error('x'), { code: 'ENOTFOUND' });
  const guarded = createGuardedFetch((_name, _options, done) => done(unknown, []));
  const http = createHttp({ fetch: guarded, retries: 0 });
  expect(await http.at({ url: 'http://nas.example', headers: {}, secrets: [] }).send({ path: 'x' })).toEqual({
    ok: false,
    error: { code: 'http.host-unknown', host: 'nas.example' },
  });
});
