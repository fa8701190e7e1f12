import { expect, test } from 'vitest';
import { createRecent } from './recent.ts';

const change = (ref: string, minute: number) => ({ ref, changedAt: new Date(minute * 60_000) });
const since = new Date(0);

test('a change is known once it was indexed, and another one of the same is not', () => {
  const recent = createRecent();
  recent.add([change('a', 1)], since);
  expect([recent.has(change('a', 1)), recent.has(change('a', 2)), recent.has(change('b', 1))]).toEqual([
    true,
    false,
    false,
  ]);
});

test('what is older than anybody looks back is forgotten', () => {
  const recent = createRecent();
  recent.add([change('a', 1), change('b', 2)], since);
  recent.add([change('a', 12)], new Date(3 * 60_000));
  expect([recent.has(change('a', 12)), recent.has(change('b', 2))]).toEqual([true, false]);
});
