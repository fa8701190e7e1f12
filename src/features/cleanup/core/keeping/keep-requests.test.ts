import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ItemId, UserId } from '#core/ids.ts';
import { addDays, DAY_MS } from '#core/time-span.ts';
import { anExclusion, now } from '../build.fake.ts';
import {
  answerRequest,
  askToKeep,
  exclusionAfter,
  exclusionOf,
  isActive,
  isSameExclusion,
  keepStates,
  WAITS_DAYS,
  type AskWish,
  type KeepAction,
  type KeepRequest,
} from './keep-requests.ts';

const itemId = 'c1-1' as ItemId;
const in90 = addDays(now, 90);

const aRequest = (over: Partial<KeepRequest> = {}): KeepRequest => ({
  id: 'r1',
  itemId,
  item: { kind: 'film', title: 'Alma', year: 2001, seasonNumber: null, episodes: [] },
  personKey: 'ana',
  byUserId: 'ana' as UserId,
  byName: 'Ana',
  askedAt: now,
  wantedUntil: in90,
  state: 'waiting',
  until: addDays(now, WAITS_DAYS),
  answer: null,
  before: null,
  ...over,
});

const ask = (mine: readonly KeepRequest[], over: Partial<AskWish> = {}) =>
  askToKeep(mine, { itemId, way: 'at-once', most: 10, byLink: false, wantedUntil: in90, now, ...over });

describe('asking to keep', () => {
  test('keeps at once, or waits for an answer and protects for its own 14 days', () => {
    expect(ask([])).toEqual({ ok: true, value: { state: 'kept', until: in90 } });
    expect(ask([], { way: 'admin-answers' })).toEqual({
      ok: true,
      value: { state: 'waiting', until: addDays(now, 14) },
    });
  });

  test('is refused twice, above the cap, and after a no', () => {
    expect(ask([aRequest()])).toMatchObject({ error: { code: 'keep.asked-already' } });
    const full = [aRequest({ itemId: 'c1-2' as ItemId })];
    expect(ask(full, { most: 1 })).toMatchObject({ error: { code: 'keep.too-many', most: 1 } });
    const refused = [aRequest({ state: 'refused', askedAt: addDays(now, -20), until: addDays(now, -10) })];
    for (const way of ['at-once', 'admin-answers'] as const)
      expect(ask(refused, { way })).toMatchObject({ error: { code: 'keep.asked-lately' } });
    expect(ask([aRequest({ state: 'refused', askedAt: addDays(now, -91) })])).toMatchObject({ ok: true });
  });

  test('by a link above the cap asks an admin, and after a no it asks without protecting', () => {
    const full = [aRequest({ itemId: 'c1-2' as ItemId })];
    expect(ask(full, { most: 1, byLink: true })).toMatchObject({ value: { state: 'waiting' } });
    expect(ask([aRequest({ state: 'refused' })], { byLink: true })).toEqual({
      ok: true,
      value: { state: 'waiting', until: now },
    });
  });

  test('again after nobody answered gives no more days', () => {
    const lapsed = aRequest({ askedAt: addDays(now, -14), until: now });
    expect(ask([lapsed], { way: 'admin-answers' })).toMatchObject({ error: { code: 'keep.asked-lately' } });
    expect(ask([lapsed])).toMatchObject({ value: { state: 'kept' } });
  });
});

const actions: KeepAction[] = [
  { is: 'accept', until: 'as-asked', by: 'root', word: null },
  { is: 'refuse', by: 'root', word: 'no room' },
  { is: 'withdraw' },
];
const table = {
  waiting: ['accepted', 'refused', 'withdrawn'],
  kept: [null, null, 'withdrawn'],
  accepted: [null, null, null],
  refused: [null, null, null],
  withdrawn: [null, null, null],
};
test.each(
  keepStates.flatMap((state) =>
    actions.map((action, index) => [state, action, table[state][index]] as const),
  ),
)('%s, then %j, is %s', (state, action, next) => {
  const done = answerRequest(aRequest({ state }), action, now);
  if (next) expect(done).toMatchObject({ ok: true, value: { state: next } });
  else expect(done).toEqual({ ok: false, error: { code: 'keep.answered-already' } });
});

test('an answer tells who gave it, when, and with what word', () => {
  const refused = answerRequest(aRequest(), { is: 'refuse', by: 'root', word: 'no room' }, now);
  expect(refused).toMatchObject({ value: { answer: { by: 'root', at: now, word: 'no room' }, until: now } });
  const kept = answerRequest(aRequest(), { is: 'accept', until: 'as-asked', by: 'root', word: null }, now);
  expect(kept).toMatchObject({ value: { until: in90 } });
});

describe('when a request ends', () => {
  const mine = aRequest();
  const bea = aRequest({ id: 'r2', byUserId: 'bea' as UserId, until: addDays(now, 15) });

  test('what was there before is set back, unless it has run out', () => {
    const before = anExclusion(itemId, { until: addDays(now, 5), note: 'for Bea' });
    const ended = [aRequest({ before })];
    const current = exclusionOf(mine);
    expect(exclusionAfter(current, { ended, waiting: [], now })).toEqual(before);
    expect(exclusionAfter(current, { ended, waiting: [], now: addDays(now, 6) })).toBeNull();
    expect(exclusionAfter(current, { ended: [mine], waiting: [], now })).toBeNull();
  });

  test('who still waits goes on protecting, and what anybody decided since stays', () => {
    expect(exclusionAfter(exclusionOf(mine), { ended: [mine], waiting: [bea], now })).toEqual(
      exclusionOf(bea),
    );
    const decided = anExclusion(itemId);
    expect(exclusionAfter(decided, { ended: [mine], waiting: [], now })).toBe(decided);
    expect(exclusionAfter(null, { ended: [mine], waiting: [bea], now })).toBeNull();
  });
});

test('an exclusion is the same only when nobody touched it', () => {
  const one = anExclusion(itemId);
  expect(isSameExclusion(one, { ...one })).toBe(true);
  expect(isSameExclusion(null, null)).toBe(true);
  for (const other of [
    null,
    { ...one, note: 'x' },
    { ...one, until: now },
    { ...one, at: addDays(one.at, 1) },
  ])
    expect(isSameExclusion(one, other)).toBe(false);
});

type Move = { is: 'ask' | 'refuse' | 'withdraw'; item: number; byLink: boolean; later: number };
const aMove: fc.Arbitrary<Move> = fc.record({
  is: fc.constantFrom('ask', 'ask', 'refuse', 'withdraw'),
  item: fc.nat(3),
  byLink: fc.boolean(),
  later: fc.nat(5),
});

/** One person does all that comes to their mind. Gives back every request, and the days that each item was protected. */
function live(moves: readonly Move[], way: AskWish['way'], most: number) {
  const mine: KeepRequest[] = [];
  const active: number[] = [];
  let at = now;
  for (const [index, { is, item, byLink, later }] of moves.entries()) {
    at = addDays(at, later);
    const id = `c1-${item}` as ItemId;
    if (is === 'ask') {
      const asked = ask(mine, { itemId: id, way, most, byLink, wantedUntil: addDays(at, 90), now: at });
      if (asked.ok) mine.push(aRequest({ id: `r${index}`, itemId: id, askedAt: at, ...asked.value }));
    } else {
      const place = mine.findIndex((one) => one.itemId === id && isActive(one, at));
      const found = mine[place];
      const action: KeepAction = is === 'refuse' ? { is, by: 'root', word: null } : { is };
      const done = found && answerRequest(found, action, at);
      if (done?.ok) mine[place] = done.value;
    }
    active.push(mine.filter((one) => isActive(one, at) && (one.state === 'kept' || !byLink)).length);
  }
  return { mine, active, at };
}

test('whatever a person does on the pages, no more is kept at a time than the cap says', () => {
  fc.assert(
    fc.property(
      fc.array(aMove, { maxLength: 40 }),
      fc.boolean(),
      fc.integer({ min: 1, max: 3 }),
      (moves, waits, most) => {
        const onPages = moves.map((move) => ({ ...move, byLink: false }));
        const { active } = live(onPages, waits ? 'admin-answers' : 'at-once', most);
        expect(Math.max(0, ...active)).toBeLessThanOrEqual(most);
      },
    ),
  );
});

test('whatever a person does, links too, no more is kept without an admin than the cap says', () => {
  fc.assert(
    fc.property(fc.array(aMove, { maxLength: 40 }), fc.integer({ min: 1, max: 3 }), (moves, most) => {
      const { mine, at } = live(moves, 'at-once', most);
      expect(mine.filter((one) => one.state === 'kept' && isActive(one, at)).length).toBeLessThanOrEqual(
        most,
      );
    }),
  );
});

test('C-06: without an answer an item is protected 14 days in 90 at most, however often it is asked for', () => {
  fc.assert(
    fc.property(fc.array(aMove, { maxLength: 14 }), (moves) => {
      const { mine } = live(moves, 'admin-answers', 10);
      for (const [, ofItem] of Map.groupBy(mine, (one) => one.itemId)) {
        const days = ofItem.map((one) => ((one.until?.getTime() ?? 0) - one.askedAt.getTime()) / DAY_MS);
        expect(days.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(WAITS_DAYS);
      }
    }),
  );
});
