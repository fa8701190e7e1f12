import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SourceId } from '#core/ids.ts';
import { pause } from '#server/platform/pause.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { sources } from '../tables.ts';
import { aSource, fakeTurns } from './sources.fake.ts';
import { createTurns, type TurnStore } from './turns.ts';
import { createTurnStore } from './turns.store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());

const id = 's0000001' as SourceId;
const stores: Record<string, () => Promise<TurnStore>> = {
  fake: async () => fakeTurns(),
  postgres: async () => {
    await database.pool.query('truncate archive_sources cascade');
    await database.db.insert(sources).values({ ...aSource(), state: { is: 'unchecked' } });
    return createTurnStore(database.db);
  },
};
const alive = new AbortController().signal;
const pacing = { minPauseMs: 40, maxPauseMs: 40, downloads: 2 };

describe.each(Object.entries(stores))('turns (%s)', (_name, open) => {
  test('one holder at a time, and none before the pause is over', async () => {
    const store = await open();
    expect(await store.take(id, 'a', 10_000)).toEqual({ is: 'taken' });
    expect(await store.take(id, 'b', 10_000)).toEqual({ is: 'held' });
    await store.give(id, 'b', 0); // not its turn to give
    expect(await store.take(id, 'b', 10_000)).toEqual({ is: 'held' });
    await store.give(id, 'a', 5_000);
    const answer = await store.take(id, 'b', 10_000);
    expect(answer).toMatchObject({ is: 'paused' });
    if (answer.is === 'paused') expect(answer.freeInMs).toBeLessThanOrEqual(5_000);
  });

  test('a holder that died lets go', async () => {
    const store = await open();
    await store.take(id, 'dead', 1);
    await wait(20);
    expect(await store.take(id, 'b', 10_000)).toEqual({ is: 'taken' });
    await store.give(id, 'dead', 60_000);
    expect(await store.take(id, 'c', 10_000)).toEqual({ is: 'held' });
  });

  test('three processes never ask at the same time, and leave the pause between their questions', async () => {
    const store = await open();
    let asking = 0;
    const most: number[] = [];
    const begun: number[] = [];
    const question = async () => {
      begun.push(performance.now());
      most.push((asking += 1));
      await wait(2);
      asking -= 1;
    };
    let made = 0;
    const aProcess = () => createTurns({ store, random: () => 0, pause, newId: () => `h${(made += 1)}` });
    const turns = [aProcess(), aProcess(), aProcess()].map((process) => process(id, pacing));
    await Promise.all(turns.flatMap((turn) => [1, 2, 3].map(() => turn(alive, question))));
    expect(begun).toHaveLength(9);
    expect(Math.max(...most)).toBe(1);
    const gaps = begun.slice(1).map((at, index) => at - (begun[index] ?? 0));
    // a pause begins when the question before is over, and clocks are read to the millisecond
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(pacing.minPauseMs - 1);
  });

  test('whoever gives up while waiting asks nothing, and does not hold up those behind', async () => {
    const store = await open();
    await store.take(id, 'somebody else', 300);
    const turn = createTurns({ store, random: () => 0, pause, newId: () => 'me' })(id, pacing);
    const asked: string[] = [];
    const given = new AbortController();
    const first = turn(given.signal, async () => void asked.push('first'));
    const second = turn(alive, async () => void asked.push('second'));
    given.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    await second;
    expect(asked).toEqual(['second']);
  });

  test('a question that fails gives its turn back', async () => {
    const turn = createTurns({ store: await open(), random: () => 0, pause, newId: () => 'me' })(id, pacing);
    await expect(turn(alive, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await turn(alive, async () => 'yes')).toBe('yes');
  });
});
