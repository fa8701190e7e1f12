import { describe, expect, test } from 'vitest';
import type { PlanId } from '#core/ids.ts';
import type { Item } from '#features/library/core/item.ts';
import { aFilm, aPlanInput, daysAgo, GB, now } from '../build.fake.ts';
import { onlyApproved, stillCounts, type Approval } from './approval.ts';
import { planCleanup } from './plan-cleanup.ts';

const films = [aFilm(), aFilm(), aFilm()];
const plan = planCleanup(aPlanInput({ items: films }));
const approve = (items: readonly Item[], at = daysAgo(1)): Approval => ({
  policyId: plan.policyId,
  planId: 'plan-1' as PlanId,
  items: items.map(({ id }) => id),
  byName: 'Ana',
  at,
});

describe('a plan that waits for a person', () => {
  test('takes nothing before somebody approves', () => {
    const { totals, entries } = onlyApproved(plan, null);
    expect(totals).toMatchObject({ remove: { items: 0, bytes: 0 }, heldBack: { items: 3, bytes: 30 * GB } });
    expect(entries.map(({ fate }) => fate)).toMatchObject(Array(3).fill({ is: 'held-back', by: 'approval' }));
  });

  test('takes what was approved, and nothing that was dropped', () => {
    const { totals, entries } = onlyApproved(plan, approve([films[0], films[2]] as Item[]));
    expect(totals.remove).toEqual({ items: 2, bytes: 20 * GB });
    expect(entries.filter(({ fate }) => fate.is === 'remove').map(({ fate }) => fate)).toEqual([
      { is: 'remove', position: 1 },
      { is: 'remove', position: 2 },
    ]);
  });

  test('takes nothing that the fresh plan would keep, approved or not', () => {
    const fresh = planCleanup(
      aPlanInput({ items: films.map((film) => ({ ...film, playingNow: { known: true, value: true } })) }),
    );
    expect(onlyApproved(fresh, approve(films)).totals.remove.items).toBe(0);
  });
});

test('an approval is of its day: not after a change of the policy, not after arming it, not after a week', () => {
  const policy = { changedAt: daysAgo(20), armedAt: daysAgo(10) };
  expect(stillCounts(approve(films), policy, now)).toBe(true);
  expect(stillCounts(approve(films, daysAgo(15)), policy, now)).toBe(false);
  expect(stillCounts(approve(films, daysAgo(7)), policy, now)).toBe(false);
  expect(stillCounts(approve(films), { ...policy, changedAt: daysAgo(0.5) }, now)).toBe(false);
  expect(stillCounts(approve(films), { ...policy, armedAt: null }, now)).toBe(true);
});
