import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Item } from '#features/library/core/item.ts';
import { mergePlays, type KnownPlay } from '#features/library/core/plays.ts';
import { now } from '../build.fake.ts';
import { gatherEvidence } from './evidence.ts';
import { judge } from './judge.ts';
import { anyPlanInput } from '../plan/plan-property.fake.ts';
import type { PlanInput } from '../plan/plan.ts';
import type { Verdict } from './verdict.ts';

const anyPlays: fc.Arbitrary<KnownPlay[]> = fc.array(
  fc.record({
    user: fc.constantFrom('ana', 'bea', 'cai', 'somebody else'),
    at: fc.date({ min: new Date('2020-01-01'), max: now, noInvalidDate: true }),
    source: fc.constant('Jellystat'),
  }),
  { maxLength: 3 },
);

const verdictsOf = (input: PlanInput, items: readonly Item[]): Verdict[] => {
  const evidence = gatherEvidence(input.policy, { ...input, items });
  return items.map((item) => judge(input.policy, item, evidence));
};
const mayGo = ({ standing }: Verdict): boolean => ['eligible', 'leaving-soon', 'due'].includes(standing);
const dueAt = (verdict: Verdict | undefined): number => verdict?.dueAt?.getTime() ?? Infinity;

test('C-02: whatever the policy, plays of any source let nothing go that would stay, and nothing go sooner', () => {
  let goingAnyway = 0;
  fc.assert(
    fc.property(anyPlanInput, fc.array(anyPlays, { minLength: 1, maxLength: 8 }), (input, plays) => {
      const played = input.items.map((item, index) => ({
        ...item,
        watch: mergePlays(item.watch, plays[index % plays.length] ?? []),
      }));
      const without = verdictsOf(input, input.items);
      verdictsOf(input, played).forEach((verdict, index) => {
        const before = without[index];
        if (!mayGo(verdict)) return;
        goingAnyway += 1;
        expect(before && mayGo(before)).toBe(true);
        expect(dueAt(verdict)).toBeGreaterThanOrEqual(dueAt(before));
      });
    }),
    { numRuns: 300 },
  );
  expect(goingAnyway).toBeGreaterThan(0);
});
