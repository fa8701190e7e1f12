import { describe, expect, test } from 'vitest';
import type { SourceState } from './source.ts';
import type { SourceProblem } from './source-problem.ts';
import { afterFailedCheck, afterProblem, effectOf, expiryOf, isNews, isResting } from './stopping.ts';

const now = new Date('2026-06-01T08:00:00Z');
const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const ready = (expiresAt: Date | null = null): SourceState => ({
  is: 'ready',
  account: 'Ana',
  checkedAt: now,
  expiresAt,
});
const limited = (retryAfterMs: number | null): SourceProblem => ({
  code: 'source.rate-limited',
  retryAfterMs,
});
const dead: SourceProblem = { code: 'source.signed-out' };
const restMinutes = (state: SourceState, at: Date): number | null =>
  state.is === 'stopped' && state.until ? (state.until.getTime() - at.getTime()) / 60_000 : null;

describe('a source', () => {
  test('that says nobody is signed in, or that we are too old, waits for a person', () => {
    for (const code of ['source.signed-out', 'source.user-agent-refused'] as const) {
      const state = afterProblem(ready(), { code }, now);
      expect(state).toEqual({ is: 'stopped', problem: { code }, since: now, until: null });
      expect(isResting(state, after(1_000_000))).toBe(true);
    }
  });

  test('that wants fewer questions rests as long as it says, and a quarter of an hour when it does not', () => {
    expect(restMinutes(afterProblem(ready(), limited(45 * 60_000), now), now)).toBe(45);
    expect(restMinutes(afterProblem(ready(), limited(1000), now), now)).toBe(15);
    expect(restMinutes(afterProblem(ready(), limited(null), now), now)).toBe(15);
  });

  test('rests longer and longer while the same thing happens again, up to six hours', () => {
    let state = ready();
    let at = now;
    const rests: number[] = [];
    for (let time = 0; time < 9; time += 1) {
      state = afterProblem(state, { code: 'source.unreachable', reason: 'refused' }, at);
      rests.push(restMinutes(state, at) ?? 0);
      at = new Date(at.getTime() + (rests.at(-1) ?? 0) * 60_000);
    }
    expect(rests).toEqual([5, 5, 10, 20, 40, 80, 160, 320, 360]);
  });

  test('begins anew with its rests when something else happens', () => {
    const first = afterProblem(ready(), { code: 'source.timed-out', afterMs: 1 }, now);
    const second = afterProblem(first, { code: 'source.server-error', status: 502 }, after(60));
    expect(restMinutes(second, after(60))).toBe(5);
  });

  test('that waits for a person is not made to rest by what comes after', () => {
    const waits = afterProblem(ready(), dead, now);
    expect(afterProblem(waits, limited(1000), after(1))).toBe(waits);
    expect(afterProblem(waits, dead, after(1))).toBe(waits);
  });

  test('goes on after a problem with one question', () => {
    const state = ready();
    for (const problem of [
      { code: 'source.not-found' },
      { code: 'source.forbidden' },
      { code: 'source.suspended' },
      { code: 'source.bad-request', reason: 'cursor' },
      { code: 'source.bad-answer', reason: 'html' },
      { code: 'source.aborted' },
    ] as const) {
      expect(effectOf(problem).is).toBe('this-question');
      expect(afterProblem(state, problem, now)).toBe(state);
    }
  });

  test('that cannot even be checked rests, whatever it was', () => {
    const state = afterFailedCheck(ready(), { code: 'source.bad-answer', reason: 'html' }, now);
    expect(restMinutes(state, now)).toBe(15);
    expect(afterFailedCheck(ready(), { code: 'source.aborted' }, now)).toEqual(ready());
  });
});

describe('people are told', () => {
  test('when a source waits for them, once', () => {
    const waits = afterProblem(ready(), dead, now);
    expect(isNews(ready(), waits)).toBe(true);
    expect(isNews(waits, afterProblem(waits, dead, after(5)))).toBe(false);
  });

  test('of a challenge, and not of a rest of minutes', () => {
    expect(isNews(ready(), afterProblem(ready(), { code: 'source.challenge' }, now))).toBe(true);
    expect(isNews(ready(), afterProblem(ready(), limited(null), now))).toBe(false);
  });

  test('of a rest that has lasted for a day, once', () => {
    const problem: SourceProblem = { code: 'source.unreachable', reason: 'refused' };
    const first = afterProblem(ready(), problem, now);
    const second = afterProblem(first, problem, after(20 * 60));
    const third = afterProblem(second, problem, after(27 * 60));
    expect([isNews(ready(), first), isNews(first, second), isNews(second, third)]).toEqual([
      false,
      true,
      false,
    ]);
  });
});

test('a sign-in is watched for a week before it ends', () => {
  const days = (count: number) => after(count * 24 * 60);
  expect(expiryOf(ready(), now)).toEqual({ is: 'unknown' });
  expect(expiryOf(ready(days(8)), now)).toEqual({ is: 'far' });
  expect(expiryOf(ready(days(6)), now)).toEqual({ is: 'soon', at: days(6) });
  expect(expiryOf(ready(days(-1)), now)).toEqual({ is: 'over', at: days(-1) });
});
