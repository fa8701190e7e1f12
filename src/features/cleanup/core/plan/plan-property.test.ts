import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Item } from '#features/library/core/item.ts';
import { expectNever } from './never.fake.ts';
import { planCleanup } from './plan-cleanup.ts';
import { anyPlanInput } from './plan-property.fake.ts';
import type { Plan, PlanInput } from './plan.ts';

const doomed = ({ entries }: Plan, { items }: PlanInput): Item[] => {
  const ids = new Set(entries.filter(({ fate }) => fate.is === 'remove').map(({ itemId }) => itemId));
  return items.filter((item) => ids.has(item.id));
};

test('whatever the library, the policy and what could not be asked: what must never go does not', () => {
  let removed = 0;
  fc.assert(
    fc.property(anyPlanInput, (given) => {
      const plan = planCleanup(given);
      for (const item of doomed(plan, given)) {
        removed += 1;
        expectNever(item, given, plan);
      }
    }),
    { numRuns: 3000 },
  );
  expect(removed, 'hardly anything went, so the sentences said little').toBeGreaterThan(200);
}, 60_000);
