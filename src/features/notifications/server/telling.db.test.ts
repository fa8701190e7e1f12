import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ConnectionId, ItemId, RunId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { aPlan, aRun, aTitle, titles } from '../core/build.fake.ts';
import { gotify, mail, openHousehold, type Household } from './household.fake.ts';
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

describe('C-19: what leaves soon', () => {
  test('is announced once per item and mark, however often the plan is made', async () => {
    await house.added(gotify);
    const leaving = titles(3, { requestedBy: [] });
    for (let plan = 0; plan < 3; plan += 1) await house.tell({ kind: 'leaving-soon', titles: leaving });
    await house.deliverAll();
    expect(house.said()).toEqual(['3 titles leave soon']);

    await house.tell({
      kind: 'leaving-soon',
      titles: [...leaving, aTitle({ itemId: 'c0000001-9' as ItemId, requestedBy: [] })],
    });
    await house.deliverAll();
    expect(house.said()).toEqual(['3 titles leave soon', '1 title leaves soon']);
  });

  test('is announced again when it was kept and is marked anew', async () => {
    await house.added(gotify);
    const again = new Date('2027-03-01T00:00:00Z');
    for (const markedAt of [aTitle().markedAt, again])
      await house.tell({ kind: 'leaving-soon', titles: [aTitle({ markedAt })] });
    await house.deliverAll();
    expect(house.said()).toHaveLength(2);
  });

  test('two workers that tell the same at the same moment announce it once', async () => {
    await house.added(gotify);
    const event = { kind: 'leaving-soon', titles: titles(50) } as const;
    await Promise.all(Array.from({ length: 4 }, () => house.tell(event)));
    await house.deliverAll();
    expect(house.said()).toEqual(['50 titles leave soon']);
  });

  test('a channel that is added later hears of everything, once', async () => {
    await house.added(gotify);
    await house.tell({ kind: 'leaving-soon', titles: titles(2) });
    await house.added({ ...gotify, name: 'Second', language: 'es' });
    await house.tell({ kind: 'leaving-soon', titles: titles(2) });
    await house.deliverAll();
    expect(house.said()).toEqual(['2 titles leave soon', '2 títulos se irán pronto']);
  });

  test('nothing is written down while nobody listens', async () => {
    await house.added({ ...gotify, topics: ['run-done'] });
    await house.added({ ...gotify, name: 'Off', enabled: false });
    await house.tell({ kind: 'leaving-soon', titles: titles(2) });
    expect(await house.deliver.list()).toEqual([]);
  });
});

describe('C-19: to the requester', () => {
  test('goes one message with a link for each title, to the address of the account', async () => {
    await house.added(mail);
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
    await house.added(mail);
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
    await house.added(mail);
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
    await house.added(gotify);
    await house.tell({ kind: 'plans-made', plans: [aPlan()] });
    await house.tell({ kind: 'plans-made', plans: [aPlan()] });
    await house.tell({ kind: 'plans-made', plans: [aPlan({ trips: ['breaker.source-failed'] })] });
    await house.deliverAll();
    expect(house.said()).toHaveLength(2);
  });

  test('a run is told once, even when the job that ended it came twice', async () => {
    await house.added(gotify);
    for (let time = 0; time < 2; time += 1) {
      await house.tell({ kind: 'run-done', run: aRun() });
      house.later(1);
      await house.tell({
        kind: 'run-stopped',
        run: { runId: 'r2' as RunId, policyName: 'Films', because: ['breaker.source-failed'] },
      });
    }
    await house.deliverAll();
    expect(house.said()).toEqual(['3 titles removed, 30 GB free again', 'Clean-up stopped: Films']);
  });

  test('T-71: a flood comes as one message', async () => {
    await house.added(gotify);
    for (let run = 0; run < 8; run += 1)
      await house.tell({ kind: 'run-done', run: aRun({ runId: `r${run}` as RunId }) });
    await house.deliverAll();
    expect(house.said()).toEqual(['8 messages from KeeperCheky']);
    expect(new Set(await house.states())).toEqual(new Set(['sent']));
    expect(house.woken[0]?.at?.getTime()).toBeGreaterThan(house.clock.at.getTime());
  });
});

test('C-19: a service is told down after two tests and up again once', async () => {
  await house.added(gotify);
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
  expect(house.said()).toEqual(['Radarr does not answer', 'Radarr answers again']);
});
