import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { gotify, openHousehold, type Household } from './household.fake.ts';

let database: TestDatabase;
let house: Household;
beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  house = await openHousehold(database.db);
});

describe('a channel', () => {
  test('never shows its secret, and keeps it sealed', async () => {
    const channel = await house.added(gotify);
    expect(channel).toMatchObject({ hasSecret: true });
    expect(JSON.stringify([channel, await house.channels.list()])).not.toContain('AxToken');
    await house.channels.test(channel.id);
    expect(house.sent[0]?.channel.secret).toBe('AxToken');
  });

  test('a saved secret is not sent to another server than it was given for', async () => {
    const channel = await house.added(gotify);
    const elsewhere = { kind: 'gotify', url: 'http://evil.lan', priority: 5 } as const;
    expect(await house.channels.update(channel.id, { settings: elsewhere })).toMatchObject({
      ok: false,
      error: { code: 'notifications.secret-required' },
    });
    expect(
      await house.channels.testDraft(channel.id, { ...gotify, settings: elsewhere, secret: undefined }),
    ).toMatchObject({ ok: false });
    expect(
      await house.channels.update(channel.id, { settings: { ...elsewhere, url: 'http://gotify.lan/sub' } }),
    ).toMatchObject({ ok: true });
  });

  test.each([
    [
      { settings: { kind: 'webhook', url: 'http://169.254.169.254/x' }, secret: 'sixteen letters!' },
      'notifications.bad-address',
    ],
    [
      { settings: { kind: 'webhook', url: 'http://hook.lan/x' }, secret: 'short' },
      'notifications.bad-secret',
    ],
    [{ settings: { kind: 'discord' }, secret: 'https://example.org/hello' }, 'notifications.bad-secret'],
    [
      {
        settings: { kind: 'telegram', url: 'https://api.telegram.org', chat: '1', thread: null },
        secret: undefined,
      },
      'notifications.secret-required',
    ],
  ] as const)('that cannot work is refused: %j', async (parts, code) => {
    expect(await house.channels.create({ ...gotify, ...parts })).toMatchObject({
      ok: false,
      error: { code },
    });
  });
});
