import { known } from '#core/fact.ts';
import type { Item } from '#features/library/core/item.ts';
import { aDisk, aPolicy, now, warned } from '../build.fake.ts';
import type { Policy } from '../policy/policy.ts';
import { gatherEvidence, type EvidenceInput } from './evidence.ts';
import { judge } from './judge.ts';
import type { Step, Verdict } from './verdict.ts';

/** What a policy makes of an item that was announced long ago, on a full disk, unless a test says otherwise. */
export function judgedBy(policy: Policy, item: Item, over: Partial<EvidenceInput> = {}): Verdict {
  const items = over.items ?? [item];
  const input = {
    items,
    disks: [aDisk()],
    exclusions: [],
    markedSince: warned(items),
    claims: [],
    mediaUsers: known([]),
    now,
    ...over,
  };
  return judge(policy, item, gatherEvidence(policy, input));
}

export const judged = (item: Item, policy: Policy = aPolicy(), over: Partial<EvidenceInput> = {}): Verdict =>
  judgedBy(policy, item, over);

export const stepOf = <C extends Step['check']>({ steps }: Pick<Verdict, 'steps'>, check: C) =>
  steps.find((step): step is Extract<Step, { check: C }> => step.check === check);
