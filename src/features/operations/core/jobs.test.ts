import { expect, test } from 'vitest';
import { mayCancel, mayRetry, MOST_PRIORITY, raised } from './jobs.ts';

test('what ended badly can be tried again, and what has not ended can be cancelled', () => {
  expect(['waiting', 'active', 'completed', 'cancelled', 'failed'] as const).toSatisfy(
    (states: Parameters<typeof mayRetry>[0][]) =>
      states.every((state) => mayRetry(state) === ['cancelled', 'failed'].includes(state)) &&
      states.every((state) => mayCancel(state) === ['waiting', 'active'].includes(state)),
  );
});

test('each raise goes before everything that is usual, and there is a highest', () => {
  expect(raised(-5)).toBe(10);
  expect(raised(0)).toBe(10);
  expect(raised(10)).toBe(20);
  expect(raised(MOST_PRIORITY)).toBe(MOST_PRIORITY);
});
