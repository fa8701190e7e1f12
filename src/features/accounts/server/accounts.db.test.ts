import { getAuthTables } from 'better-auth/db';
import { getTableColumns } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UserId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { createAuth, type Auth } from './auth.ts';
import { createAccountsService, type AccountsService } from './service.ts';
import { createAccountStore } from './store.ts';
import { apiKeys, credentials, rateLimits, sessions, users, verifications } from './tables.ts';

const password = 'a long enough password';
const url = 'http://nas.local:4747/sign-in';

let database: TestDatabase;
let auth: Auth;
let accounts: AccountsService;

beforeAll(async () => {
  database = await openTestDatabase();
  auth = createAuth(database.db, { secret: 'a secret of more than 32 characters', log: () => undefined });
  accounts = createAccountsService({
    auth,
    store: createAccountStore(database.db),
    clock: { now: () => new Date() },
  });
});
afterAll(() => database.close());

/** A browser at its own address, `address` being what the front server saw. */
const visit = (address: string, more: Record<string, string> = {}) => ({
  url,
  headers: new Headers({ 'x-client-ip': address, origin: 'http://nas.local:4747', ...more }),
});

async function sessionOf(login: string, address: string): Promise<Headers> {
  const signedIn = await accounts.signIn({ login, password }, visit(address));
  if (!signedIn.ok) throw new Error(signedIn.error.code);
  const cookie = signedIn.value.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
  return new Headers({ cookie });
}

test('our tables have the columns that better-auth asks for', () => {
  const ours: Record<string, PgTable> = {
    user: users,
    session: sessions,
    account: credentials,
    verification: verifications,
    apikey: apiKeys,
    rateLimit: rateLimits,
  };
  for (const [name, { fields }] of Object.entries(getAuthTables(auth.options))) {
    const table = ours[name];
    expect(table, name).toBeDefined();
    expect(table && Object.keys(getTableColumns(table)).sort(), name).toEqual(
      ['id', ...Object.keys(fields)].sort(),
    );
  }
});

test('of several who want to be the first admin at the same moment, one is', async () => {
  expect(await accounts.isSetUp()).toBe(false);
  const tries = await Promise.all(
    ['Ana', 'Berta', 'Carlos'].map((username) => accounts.setUp({ username, password })),
  );
  expect(tries.filter((one) => one.ok)).toHaveLength(1);
  expect(await accounts.people()).toHaveLength(1);
  expect(await accounts.isSetUp()).toBe(true);
});

test('the door of the first run stays closed, even when nobody is left', async () => {
  const [first] = await accounts.people();
  await createAccountStore(database.db).remove(first?.id ?? ('' as UserId));
  expect(await accounts.setUp({ username: 'Eva', password })).toMatchObject({
    error: { code: 'accounts.already-set-up' },
  });
  expect((await accounts.addPerson({ username: 'Ana', password, role: 'admin' })).ok).toBe(true);
});

test('somebody signs in by name in any case, or by address, and out again', async () => {
  await accounts.addPerson({ username: 'Lucía', password, email: 'lucia@example.org', role: 'user' });
  const byName = await sessionOf('lucía', '10.0.0.1');
  expect(await accounts.whoIs(byName)).toMatchObject({ name: 'Lucía', role: 'user' });
  const byAddress = await sessionOf('lucia@example.org', '10.0.0.1');
  expect(await accounts.whoIs(byAddress)).toMatchObject({ name: 'Lucía' });

  const out = visit('10.0.0.1', { cookie: byName.get('cookie') ?? '' });
  await accounts.signOut(out);
  expect(await accounts.whoIs(byName)).toBeNull();
  expect(await accounts.whoIs(byAddress)).not.toBeNull();
});

test('cookies are for the real protocol only, and out of reach of scripts', async () => {
  const plain = await accounts.signIn({ login: 'ana', password }, visit('10.0.0.2'));
  const sealed = await accounts.signIn(
    { login: 'ana', password },
    { url: 'https://keeper.example.org/sign-in', headers: new Headers({ 'x-client-ip': '10.0.0.2' }) },
  );
  expect(plain).toMatchObject({ value: [{ secure: false, httpOnly: true, sameSite: 'lax' }] });
  expect(sealed).toMatchObject({ value: [{ secure: true, httpOnly: true }] });
});

test('five wrong passwords from one address, then a pause for that address only', async () => {
  const codes: string[] = [];
  for (let attempt = 0; attempt < 7; attempt += 1) {
    const result = await accounts.signIn({ login: 'ana', password: 'not this one' }, visit('10.9.9.9'));
    codes.push(result.ok ? 'in' : result.error.code);
  }
  expect(codes.filter((code) => code === 'accounts.wrong-credentials')).toHaveLength(5);
  expect(codes.slice(5)).toEqual(['accounts.too-many-tries', 'accounts.too-many-tries']);
  expect((await accounts.signIn({ login: 'ana', password }, visit('10.0.0.3'))).ok).toBe(true);
});

test('a page of another site cannot sign anybody in or out', async () => {
  const session = await sessionOf('ana', '10.0.0.4');
  const elsewhere = visit('10.0.0.4', { origin: 'http://evil.example', cookie: session.get('cookie') ?? '' });
  await accounts.signOut(elsewhere);
  expect(await accounts.whoIs(session)).not.toBeNull();
});

test('a new password needs the old one, and ends every other session', async () => {
  await accounts.addPerson({ username: 'Pilar', password, role: 'user' });
  const here = await sessionOf('pilar', '10.0.0.5');
  const there = await sessionOf('pilar', '10.0.0.6');
  const asks = visit('10.0.0.5', { cookie: here.get('cookie') ?? '' });
  expect((await accounts.sessions(here)).map((session) => session.isCurrent)).toContain(true);
  expect(await accounts.sessions(here)).toHaveLength(2);

  const next = 'another long password';
  expect(await accounts.changePassword({ current: 'not this one', next }, asks)).toMatchObject({
    error: { code: 'accounts.wrong-password' },
  });
  const changed = await accounts.changePassword({ current: password, next }, asks);
  if (!changed.ok) throw new Error(changed.error.code);
  expect(await accounts.whoIs(there)).toBeNull();
  const cookie = changed.value.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
  expect(await accounts.whoIs(new Headers({ cookie }))).toMatchObject({ name: 'Pilar' });
  expect((await accounts.signIn({ login: 'pilar', password }, visit('10.0.0.7'))).ok).toBe(false);
  expect((await accounts.signIn({ login: 'pilar', password: next }, visit('10.0.0.7'))).ok).toBe(true);
});

test('somebody can sign out everywhere else', async () => {
  await accounts.addPerson({ username: 'Nuria', password, role: 'user' });
  const here = await sessionOf('nuria', '10.0.0.8');
  const there = await sessionOf('nuria', '10.0.0.9');
  expect(await accounts.endOtherSessions(visit('10.0.0.8', { cookie: here.get('cookie') ?? '' }))).toBe(true);
  expect(await accounts.whoIs(there)).toBeNull();
  expect(await accounts.whoIs(here)).toMatchObject({ name: 'Nuria' });
});

test('an API key acts as its owner, in either header, until it is taken away', async () => {
  const ana = (await accounts.people()).find((person) => person.name === 'Ana');
  const owner = ana?.id ?? ('' as UserId);
  const { id, key } = await accounts.makeApiKey(owner, 'scripts');

  expect(await accounts.whoIs(new Headers({ 'x-api-key': key }))).toMatchObject({
    name: 'Ana',
    role: 'admin',
  });
  expect(await accounts.whoIs(new Headers({ authorization: `Bearer ${key}` }))).toMatchObject({
    name: 'Ana',
  });
  expect(await accounts.whoIs(new Headers({ 'x-api-key': `${key}x` }))).toBeNull();
  expect((await accounts.apiKeys(owner)).map((one) => one.name)).toEqual(['scripts']);

  expect(await accounts.removeApiKey('somebody-else' as UserId, id)).toBe(false);
  expect(await accounts.removeApiKey(owner, id)).toBe(true);
  expect(await accounts.whoIs(new Headers({ 'x-api-key': key }))).toBeNull();
});

test('passwords and keys are not in the tables', async () => {
  const [credential] = await database.db.select().from(credentials).limit(1);
  expect(credential?.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/);
  const ana = (await accounts.people()).find((person) => person.name === 'Ana');
  const { key } = await accounts.makeApiKey(ana?.id ?? ('' as UserId), 'other');
  const rows = await database.db.select().from(apiKeys);
  expect(JSON.stringify(rows)).not.toContain(key);
});

test('the last admin can neither leave nor step down', async () => {
  const ana = (await accounts.people()).find((person) => person.name === 'Ana');
  const id = ana?.id ?? ('' as UserId);
  expect(await accounts.setRole(id, 'user')).toMatchObject({ error: { code: 'accounts.last-admin' } });
  expect(await accounts.removePerson(id)).toMatchObject({ error: { code: 'accounts.last-admin' } });
});

test('two people cannot have the same name', async () => {
  expect(await accounts.addPerson({ username: 'ANA', password, role: 'user' })).toMatchObject({
    error: { code: 'accounts.name-taken' },
  });
});
