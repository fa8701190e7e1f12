import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { PolicyId } from '#core/ids.ts';
import { addDays, DAY_MS } from '#core/time-span.ts';
import {
  aFilm,
  anEpisodesPolicy,
  aPlanInput,
  aPolicy,
  aSeason,
  aShow,
  aTagPolicy,
  daysAgo,
  now,
} from '../build.fake.ts';
import { planCleanup } from '../plan/plan-cleanup.ts';
import type { PlanInput } from '../plan/plan.ts';
import { followClaims, GRACE_DAYS, isEndedClaim, lastEndedOn, type ClaimRecord } from './claim-records.ts';
import { claimsOf } from './claims.ts';

const kids = aTagPolicy({ id: 'kids' as PolicyId, name: 'Kids' });
const film = aFilm({ tags: known(['KIDS']), newestFileAt: known(daysAgo(400)) });
const seen = { items: [film], claims: claimsOf([kids]), now, pauseMs: 0 };
const held = followClaims([], seen);

describe('what is remembered of claims', () => {
  test('who speaks for what, with the longest age of its tags', () => {
    const many = aFilm({ tags: known(['demo', 'kids']) });
    const age = kids.tags.find(({ tag }) => tag === 'kids')?.maxAgeDays;
    expect(followClaims([], { ...seen, items: [many, aFilm()] })).toEqual([
      { itemId: many.id, policyId: kids.id, policyName: 'Kids', maxAgeDays: age, endedAt: null },
    ]);
  });

  test('a show of an episode policy with its seasons, by tag and by name', () => {
    const show = aShow({ tags: known(['daily']) });
    const items = [show, aSeason(show, 1)];
    for (const policy of [anEpisodesPolicy(), anEpisodesPolicy({ showTags: [], showIds: [show.id] })]) {
      const records = followClaims([], { ...seen, items, claims: claimsOf([policy]) });
      expect(records.map(({ itemId, maxAgeDays }) => [itemId, maxAgeDays])).toEqual(
        items.map(({ id }) => [id, null]),
      );
    }
  });

  test.each([
    ['its policy is deleted', { claims: [] }],
    ['its policy speaks for other tags now', { claims: claimsOf([{ ...kids, tags: [] }]) }],
    ['its tag is taken off', { items: [{ ...film, tags: known(['other']) }] }],
    ['it is not in the library any more', { items: [] }],
  ])('a claim ends when %s', (_what, change) => {
    expect(followClaims(held, { ...seen, ...change })).toEqual([{ ...held[0], endedAt: now }]);
  });

  test('a service that does not tell the tags ends no claim', () => {
    const silent = { ...film, tags: unknown('timed-out') };
    expect(followClaims(held, { ...seen, items: [silent] })).toEqual(held);
  });

  test('an end is remembered for the whole grace, and longer when nobody could look meanwhile', () => {
    const ended = followClaims(held, { ...seen, claims: [] });
    const later = (days: number, pauseMs = 0) =>
      followClaims(ended, { ...seen, claims: [], now: addDays(now, days), pauseMs });
    expect(later(GRACE_DAYS - 1)).toEqual(ended);
    expect(later(GRACE_DAYS)).toEqual([]);
    expect(later(GRACE_DAYS, 2 * DAY_MS)).toEqual([{ ...ended[0], endedAt: addDays(now, 2) }]);
    expect(later(-3)).toEqual([{ ...ended[0], endedAt: addDays(now, -3) }]);
  });

  test('a claim that comes back holds again', () => {
    const ended = followClaims(held, { ...seen, claims: [] });
    expect(followClaims(ended, seen)).toEqual(held);
  });
});

describe('what was freed', () => {
  const ended = followClaims(held, { ...seen, claims: [] }).filter(isEndedClaim);
  const due = (over: Partial<PlanInput> = {}, days = 0) => {
    const at = addDays(now, days);
    const sources = aPlanInput().sources.map((source) => ({ ...source, lastSuccessAt: at }));
    const policy = aPolicy({ leavingSoonDays: 0 });
    const input = { policy, items: [film], markedSince: new Map(), endedClaims: ended, now: at, sources };
    const [entry] = planCleanup(aPlanInput({ ...input, ...over })).entries;
    return { fate: entry?.fate.is, dueAt: entry?.verdict.dueAt, last: entry?.verdict.steps.at(-1) };
  };

  test('a 0d window takes nothing before the grace is over, and the chain says why', () => {
    const until = addDays(now, GRACE_DAYS);
    const grace = { policy: 'Kids', endedAt: now, until };
    expect(due()).toMatchObject({ fate: 'leaving-soon', dueAt: until, last: { grace } });
    expect(due({}, GRACE_DAYS - 0.1)).toMatchObject({ fate: 'leaving-soon' });
    expect(due({}, GRACE_DAYS)).toMatchObject({ fate: 'remove' });
    expect(due({ endedClaims: [] })).toMatchObject({ fate: 'remove' });
  });

  test('a longer window begins with the end of the claim, whatever was marked before', () => {
    const policy = aPolicy({ leavingSoonDays: 20 });
    const markedSince = new Map([[film.id, daysAgo(19)]]);
    expect(due({ policy, markedSince }, 6)).toMatchObject({ fate: 'leaving-soon', dueAt: addDays(now, 20) });
  });

  test('one’s own claim, and one that never counted against a tag policy, keep nothing back', () => {
    const own = aTagPolicy({ ...kids, leavingSoonDays: 0 });
    expect(due({ policy: own })).toMatchObject({ fate: 'remove' });
    const weaker = ended.map((one) => ({ ...one, policyId: 'other' as PolicyId, maxAgeDays: 1 }));
    expect(due({ policy: own, endedClaims: weaker })).toMatchObject({ fate: 'remove' });
    const stronger = weaker.map((one) => ({ ...one, maxAgeDays: null }));
    expect(due({ policy: own, endedClaims: stronger })).toMatchObject({ fate: 'leaving-soon' });
  });

  test('of several ends the last one counts', () => {
    const two = [daysAgo(3), daysAgo(1), daysAgo(2)].map((endedAt) => ({ ...ended[0], endedAt }) as never);
    expect(lastEndedOn(two, null)?.endedAt).toEqual(daysAgo(1));
    expect(lastEndedOn(undefined, null)).toBeNull();
  });

  test('whatever is deleted, changed or untagged, nothing goes within the grace of a claim that held', () => {
    const worlds = fc.array(
      fc.record({
        hasPolicy: fc.boolean(),
        isTagged: fc.boolean(),
        days: fc.double({ min: 0, max: 3, noNaN: true }),
      }),
      {
        minLength: 2,
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(worlds, (nights) => {
        let records: readonly ClaimRecord[] = [];
        let at = now;
        let heldAt: Date | null = null;
        for (const { hasPolicy, isTagged, days } of nights) {
          at = addDays(at, days);
          const items = [{ ...film, tags: known(isTagged ? ['kids'] : []) }];
          const claims = claimsOf(hasPolicy ? [kids] : []);
          records = followClaims(records, { items, claims, now: at, pauseMs: 0 });
          if (hasPolicy && isTagged) heldAt = at;
          const told = due({ items, claims, endedClaims: records.filter(isEndedClaim), now: at });
          if (heldAt !== null && at.getTime() - heldAt.getTime() < GRACE_DAYS * DAY_MS)
            expect(told.fate).not.toBe('remove');
        }
      }),
    );
  });
});
