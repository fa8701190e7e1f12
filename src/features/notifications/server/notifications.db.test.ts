import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ConnectionId, ItemId, RunId } from '#core/ids.ts';
import { err } from '#core/result.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { aPlan, aRun, aTitle, titles } from '../core/build.fake.ts';
import type { Channel } from '../core/channel.ts';
import type { ChannelDraft } from './channel-draft.ts';
import { openHousehold, type Household } from './household.fake.ts';
import { notificationDeliveries, notificationKeepLinks } from './tables.ts';

let database: TestDatabase;
let house: Household;
beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  house = await openHousehold(database.db);
});

const gotify: ChannelDraft = {
  name: 'House',
  enabled: true,
  topics: ['plan-made', 'leaving-soon', 'run-done', 'run-stopped', 'service-down', 'service-up'],
  language: 'en',
  tellsRequesters: false,
  settings: { kind: 'gotify', url: 'http://gotify.lan', priority: 5 },
  secret: 'AxToken',
};
const mail: ChannelDraft = {
  ...gotify,
  name: 'Mail',
  topics: [],
  tellsRequesters: true,
  settings: {
    kind: 'email',
    host: 'mail.lan',
    port: 587,
    security: 'starttls',
    user: 'keeper',
    from: 'k@example.org',
    to: ['admin@example.org'],
  },
  secret: 'password of the mail server',
};

async function added(draft: ChannelDraft): Promise<Channel> {
  const made = await house.channels.create(draft);
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
}

const said = () => house.sent.map(({ message }) => message.title);
const states = async () => (await house.deliver.list()).map(({ state }) => state);

describe('C-19: what leaves soon', () => {
  test('is announced once per item and mark, however often the plan is made', async () => {
    await added(gotify);
    const leaving = titles(3, { requestedBy: [] });
    for (let plan = 0; plan < 3; plan += 1) await house.tell({ kind: 'leaving-soon', titles: leaving });
    await house.deliverAll();
    expect(said()).toEqual(['3 titles leave soon']);

    await house.tell({
      kind: 'leaving-soon',
      titles: [...leaving, aTitle({ itemId: 'c0000001-9' as ItemId, requestedBy: [] })],
    });
    await house.deliverAll();
    expect(said()).toEqual(['3 titles leave soon', '1 title leaves soon']);
  });

  test('is announced again when it was kept and is marked anew', async () => {
    await added(gotify);
    const again = new Date('2027-03-01T00:00:00Z');
    for (const markedAt of [aTitle().markedAt, again])
      await house.tell({ kind: 'leaving-soon', titles: [aTitle({ markedAt })] });
    await house.deliverAll();
    expect(said()).toHaveLength(2);
  });

  test('two workers that tell the same at the same moment announce it once', async () => {
    await added(gotify);
    const event = { kind: 'leaving-soon', titles: titles(50) } as const;
    await Promise.all(Array.from({ length: 4 }, () => house.tell(event)));
    await house.deliverAll();
    expect(said()).toEqual(['50 titles leave soon']);
  });

  test('a channel that is added later hears of everything, once', async () => {
    await added(gotify);
    await house.tell({ kind: 'leaving-soon', titles: titles(2) });
    await added({ ...gotify, name: 'Second', language: 'es' });
    await house.tell({ kind: 'leaving-soon', titles: titles(2) });
    await house.deliverAll();
    expect(said()).toEqual(['2 titles leave soon', '2 títulos se irán pronto']);
  });

  test('nothing is written down while nobody listens', async () => {
    await added({ ...gotify, topics: ['run-done'] });
    await added({ ...gotify, name: 'Off', enabled: false });
    await house.tell({ kind: 'leaving-soon', titles: titles(2) });
    expect(await house.deliver.list()).toEqual([]);
  });
});

describe('C-19: to the requester', () => {
  test('goes one message with a link for each title, to the address of the account', async () => {
    await added(mail);
    house.known.push({ names: ['ana'], email: 'ana@example.org' });
    const event = { kind: 'leaving-soon', titles: titles(12, { requestedBy: ['ANA'] }) } as const;
    await house.tell(event);
    await house.tell(event);
    await house.deliverAll();

    expect(house.sent).toHaveLength(1);
    const [{ channel, message } = { channel: null, message: null }] = house.sent;
    expect(channel?.settings).toMatchObject({ kind: 'email', to: ['ana@example.org'] });
    const links = (message?.lines ?? []).flatMap(({ link }) => link?.url ?? []);
    expect(new Set(links).size).toBe(12);
    for (const link of links) expect(link).toMatch(/^https:\/\/keep\.example\.org\/keep\/[\w-]{43}$/);
  });

  test('no token ever lies in the database', async () => {
    await added(mail);
    house.known.push({ names: ['ana'], email: 'ana@example.org' });
    await house.tell({ kind: 'leaving-soon', titles: [aTitle({ requestedBy: ['ana'] })] });
    await house.deliverAll();
    const url = house.sent[0]?.message.lines.find(({ link }) => link)?.link?.url ?? '';
    const token = url.slice(url.lastIndexOf('/') + 1);
    const rows = [
      ...(await database.db.select().from(notificationDeliveries)),
      ...(await database.db.select().from(notificationKeepLinks)),
    ];
    expect(token).toHaveLength(43);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  test('what an address on the settings page says is used; who has none is told nothing', async () => {
    await added(mail);
    await house.settings.savePerson({
      name: 'bea',
      email: 'bea@example.org',
      ntfyTopic: null,
      telegramChat: null,
    });
    await house.tell({ kind: 'leaving-soon', titles: [aTitle({ requestedBy: ['Bea', 'carl'] })] });
    await house.deliverAll();
    expect(house.sent.map(({ channel }) => channel.settings)).toMatchObject([{ to: ['bea@example.org'] }]);
  });
});

describe('C-19: plans and runs', () => {
  test('a plan that says the same as the last one is no news', async () => {
    await added(gotify);
    await house.tell({ kind: 'plans-made', plans: [aPlan()] });
    await house.tell({ kind: 'plans-made', plans: [aPlan()] });
    await house.tell({ kind: 'plans-made', plans: [aPlan({ trips: ['breaker.source-failed'] })] });
    await house.deliverAll();
    expect(said()).toHaveLength(2);
  });

  test('a run is told once, even when the job that ended it came twice', async () => {
    await added(gotify);
    for (let time = 0; time < 2; time += 1) {
      await house.tell({ kind: 'run-done', run: aRun() });
      house.later(1);
      await house.tell({
        kind: 'run-stopped',
        run: { runId: 'r2' as RunId, policyName: 'Films', because: ['breaker.source-failed'] },
      });
    }
    await house.deliverAll();
    expect(said()).toEqual(['3 titles removed, 30 GB free again', 'Clean-up stopped: Films']);
  });

  test('T-71: a flood comes as one message', async () => {
    await added(gotify);
    for (let run = 0; run < 8; run += 1)
      await house.tell({ kind: 'run-done', run: aRun({ runId: `r${run}` as RunId }) });
    await house.deliverAll();
    expect(said()).toEqual(['8 messages from KeeperCheky']);
    expect(new Set(await states())).toEqual(new Set(['sent']));
    expect(house.woken[0]?.at?.getTime()).toBeGreaterThan(house.clock.at.getTime());
  });
});

test('C-19: a service is told down after two tests and up again once', async () => {
  await added(gotify);
  const check = (isUp: boolean) =>
    house.tell({
      kind: 'services-tested',
      services: [{ id: 'c1' as ConnectionId, name: 'Radarr', isUp, why: isUp ? null : 'probe.timed-out' }],
    });
  for (const isUp of [true, false, false, false, true, true]) {
    await check(isUp);
    house.later(300_000);
  }
  await house.deliverAll();
  expect(said()).toEqual(['Radarr does not answer', 'Radarr answers again']);
});

describe('a delivery', () => {
  const tellRun = () => house.tell({ kind: 'run-done', run: aRun() });

  test('that fails for now is tried again after its pause, with the same id', async () => {
    await added(gotify);
    await tellRun();
    house.answers.push(err({ code: 'send.timed-out', afterMs: 15_000 }));
    await house.deliverAll();
    expect(await house.deliver.list()).toMatchObject([
      { state: 'pending', tries: 1, problem: { code: 'send.timed-out' } },
    ]);
    await house.deliverAll();
    expect(house.sent).toEqual([]);

    house.later(31_000);
    await house.deliverAll();
    expect(await house.deliver.list()).toMatchObject([{ state: 'sent', tries: 2, problem: null }]);
    expect(house.sent).toHaveLength(1);
    expect(house.woken.some(({ at }) => at !== null && at > new Date('2026-11-21T10:00:20Z'))).toBe(true);
  });

  test('that cannot work is not repeated, says why, and goes out when somebody tries it again', async () => {
    await added(gotify);
    await tellRun();
    house.answers.push(err({ code: 'send.secret-refused' }));
    await house.deliverAll();
    house.later(86_400_000);
    await house.deliverAll();
    const [failed] = await house.deliver.list();
    expect(failed).toMatchObject({ state: 'failed', tries: 1, problem: { code: 'send.secret-refused' } });

    expect(await house.deliver.retry(failed?.id ?? '')).toMatchObject({ ok: true });
    await house.deliverAll();
    expect(await states()).toEqual(['sent']);
    expect(await house.deliver.retry(failed?.id ?? '')).toMatchObject({ ok: false });
  });

  test('is taken by one of several workers', async () => {
    const channel = await added(gotify);
    await tellRun();
    await Promise.all(
      Array.from({ length: 4 }, () => house.deliver.deliver(channel.id, new AbortController().signal)),
    );
    expect(house.sent).toHaveLength(1);
  });

  test('of a worker that died comes back', async () => {
    await added(gotify);
    await tellRun();
    await database.db.update(notificationDeliveries).set({ state: 'sending', claimedAt: house.clock.at });
    await house.deliverAll();
    expect(house.sent).toEqual([]);
    house.later(11 * 60_000);
    await house.deliver.sweep();
    expect(house.woken).not.toEqual([]);
    await house.deliverAll();
    expect(house.sent).toHaveLength(1);
  });

  test('to a channel that was switched off says so; one that was removed is gone', async () => {
    const channel = await added(gotify);
    await tellRun();
    await house.channels.update(channel.id, { enabled: false });
    await house.deliverAll();
    expect(await house.deliver.list()).toMatchObject([
      { state: 'failed', problem: { code: 'send.channel-off' } },
    ]);
    await house.channels.remove(channel.id);
    expect(await house.deliver.list()).toEqual([]);
  });
});

describe('a channel', () => {
  test('never shows its secret, and keeps it sealed', async () => {
    const channel = await added(gotify);
    expect(channel).toMatchObject({ hasSecret: true });
    expect(JSON.stringify([channel, await house.channels.list()])).not.toContain('AxToken');
    await house.channels.test(channel.id);
    expect(house.sent[0]?.channel.secret).toBe('AxToken');
  });

  test('a saved secret is not sent to another server than it was given for', async () => {
    const channel = await added(gotify);
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
