import { expect, test } from 'vitest';
import { createWake } from './wake.ts';

const CALM_MS = 5000;

/** Whether each job that is asked for is new, in turn; then all are. */
function aWake(...answers: (string | null | Error)[]) {
  let now = 100_000;
  const asked: number[] = [];
  const troubles: unknown[] = [];
  const wake = createWake({
    ask: async (startAfter) => {
      asked.push(startAfter.getTime());
      const answer = answers.length > 0 ? answers.shift() : 'job';
      if (answer instanceof Error) throw answer;
      return answer ?? null;
    },
    clock: { now: () => new Date(now) },
    calmMs: CALM_MS,
    onTrouble: (problem) => troubles.push(problem),
  });
  const later = async (ms: number) => {
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
    now += ms;
  };
  return { wake, asked, troubles, later };
}

test('one job sees everything that changes until it begins', async () => {
  const { wake, asked, later } = aWake();
  wake();
  await later(1000);
  wake();
  await later(CALM_MS);
  wake();
  expect(asked).toEqual([105_000, 111_000]);
});

test('a job that waited before gives no rest: it may have begun when the next thing changes', async () => {
  const { wake, asked, later } = aWake(null);
  wake();
  await later(10);
  wake();
  expect(asked).toHaveLength(2);
});

test('what changes before it is known that one waits is not forgotten', async () => {
  const { wake, asked, later } = aWake(null);
  wake();
  wake();
  await later(0);
  expect(asked).toHaveLength(2);
});

test('when nobody can be asked, the next change asks again', async () => {
  const { wake, asked, troubles, later } = aWake(new Error('the queue is away'));
  wake();
  await later(10);
  wake();
  expect([asked.length, troubles.length]).toEqual([2, 1]);
});
