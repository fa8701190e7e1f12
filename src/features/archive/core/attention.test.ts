import { expect, test } from 'vitest';
import type { SourceId } from '#core/ids.ts';
import { seenBy, type SourceAttention } from './attention.ts';
import type { SourceProblem } from './source-problem.ts';

const since = new Date('2026-03-01T12:00:00Z');
const inMinutes = (minutes: number) => new Date(since.getTime() + minutes * 60_000);
const stopped = (problem: SourceProblem, until: Date | null): SourceAttention => ({
  id: 's1' as SourceId,
  name: 'Patreon',
  plugin: 'patreon',
  state: { is: 'stopped', problem, since, until },
  expiry: { is: 'unknown' },
});
const signedOut = stopped({ code: 'source.signed-out' }, null);
const resting = stopped({ code: 'source.server-error', status: 503 }, inMinutes(5));

test('whoever may act hears what it is, and whether it waits for them', () => {
  expect(seenBy(true, [signedOut, resting])).toEqual({
    mayAct: true,
    troubles: [
      { id: 's1', name: 'Patreon', kind: 'signed-out', needsPerson: true, at: null },
      { id: 's1', name: 'Patreon', kind: 'ill', needsPerson: false, at: inMinutes(5) },
    ],
  });
});

test('a sign-in that ends soon is told of before it ends', () => {
  const state = { is: 'ready', account: 'me', checkedAt: since, expiresAt: inMinutes(60) } as const;
  const ending: SourceAttention = { ...signedOut, state, expiry: { is: 'soon', at: inMinutes(60) } };
  expect(seenBy(true, [ending, { ...ending, expiry: { is: 'over', at: since } }])).toMatchObject({
    troubles: [
      { kind: 'ends-soon', needsPerson: true, at: inMinutes(60) },
      { kind: 'has-ended', at: since },
    ],
  });
  expect(seenBy(false, [ending])).toEqual({ mayAct: false, resting: [] });
});

test('others hear only that nothing new comes, and nothing of a rest of minutes', () => {
  expect(seenBy(false, [signedOut, resting])).toEqual({ mayAct: false, resting: ['Patreon'] });
  const challenge = stopped({ code: 'source.challenge' }, inMinutes(360));
  expect(seenBy(false, [challenge])).toEqual({ mayAct: false, resting: ['Patreon'] });
});
