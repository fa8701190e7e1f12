import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { err } from '#core/result.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { aRun } from '../core/build.fake.ts';
import { gotify, openHousehold, type Household } from './household.fake.ts';
import { notificationDeliveries } from './tables.ts';

let database: TestDatabase;
let house: Household;
beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  house = await openHousehold(database.db);
});

describe('a delivery', () => {
  const tellRun = () => house.tell({ kind: 'run-done', run: aRun() });

  test('that fails for now is tried again after its pause, with the same id', async () => {
    await house.added(gotify);
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
    await house.added(gotify);
    await tellRun();
    house.answers.push(err({ code: 'send.secret-refused' }));
    await house.deliverAll();
    house.later(86_400_000);
    await house.deliverAll();
    const [failed] = await house.deliver.list();
    expect(failed).toMatchObject({ state: 'failed', tries: 1, problem: { code: 'send.secret-refused' } });

    expect(await house.deliver.retry(failed?.id ?? '')).toMatchObject({ ok: true });
    await house.deliverAll();
    expect(await house.states()).toEqual(['sent']);
    expect(await house.deliver.retry(failed?.id ?? '')).toMatchObject({ ok: false });
  });

  test('is taken by one of several workers', async () => {
    const channel = await house.added(gotify);
    await tellRun();
    await Promise.all(
      Array.from({ length: 4 }, () => house.deliver.deliver(channel.id, new AbortController().signal)),
    );
    expect(house.sent).toHaveLength(1);
  });

  test('of a worker that died comes back', async () => {
    await house.added(gotify);
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
    const channel = await house.added(gotify);
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
