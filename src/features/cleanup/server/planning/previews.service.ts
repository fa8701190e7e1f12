import type { ItemId, PlanId, PolicyId } from '#core/ids.ts';
import { addDays } from '#core/time-span.ts';
import { ok, type Result } from '#core/result.ts';
import type { Item } from '#features/library/core/item.ts';
import { claimsOf } from '../../core/judging/claims.ts';
import { planCleanup } from '../../core/plan/plan-cleanup.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Policy, PolicyDraft } from '../../core/policy/policy.ts';
import { runsWithin } from '../policies/cron.ts';
import type { Planner, Snapshot } from './planner.ts';
import type { PlanningLibrary } from './planning.ports.ts';
import type { PolicyChecks, PolicyInvalid } from '../policies/policy-checks.ts';

export type PreviewsDeps = {
  planner: Pick<Planner, 'readSnapshot'>;
  checks: PolicyChecks;
  library: Pick<PlanningLibrary, 'episodes' | 'knownTags'>;
};

/** Policies that do not exist yet, planned over one reading of the library as if they were the only ones. Stores nothing. */
export function createPreviewsService({ planner, checks, library }: PreviewsDeps) {
  const episodesFor = async (policies: readonly Policy[]): Promise<Item[]> => {
    const found = new Map<ItemId, Item>();
    for (const policy of policies) {
      if (policy.kind !== 'episodes') continue;
      const episodes = await library.episodes({ ids: policy.showIds, tags: policy.showTags });
      for (const episode of episodes) found.set(episode.id, episode);
    }
    return [...found.values()];
  };

  return {
    checkPolicy: (draft: PolicyDraft): Promise<Result<PolicyDraft, PolicyInvalid>> => checks.validate(draft),
    knownTags: () => library.knownTags(),

    /** `isWarned`: as they would be once everybody had been warned for as long as each policy says. */
    async previewTogether(drafts: readonly PolicyDraft[], { isWarned }: { isWarned: boolean }) {
      const checked = await Promise.all(drafts.map((draft) => checks.validate(draft)));
      const policies = checked.map((one, index) => (one.ok ? asPolicy(one.value, index) : one));
      const usable = policies.flatMap((policy) => ('ok' in policy ? [] : [policy]));
      const claims = claimsOf(usable);
      const episodes = await episodesFor(usable);
      const read = await planner.readSnapshot();
      const snapshot: Snapshot = { ...read, claims, endedClaims: [], items: [...read.items, ...episodes] };
      return {
        library: { items: snapshot.items, disks: snapshot.disks, now: snapshot.now },
        claims,
        plans: policies.map((policy): Result<Plan, PolicyInvalid> =>
          'ok' in policy ? policy : ok(planOf(policy, snapshot, isWarned)),
        ),
      };
    },
  };
}

const asPolicy = (draft: PolicyDraft, index: number): Policy => ({
  ...draft,
  id: `preview-${index}` as PolicyId,
  enabled: true,
  armed: false,
});

function planOf(policy: Policy, snapshot: Snapshot, isWarned: boolean): Plan {
  const { now, items } = snapshot;
  const since = addDays(now, -policy.leavingSoonDays);
  return planCleanup({
    ...snapshot,
    id: `plan-of-${policy.id}` as PlanId,
    policy,
    markedSince: isWarned ? new Map(items.map(({ id }) => [id, since])) : new Map(),
    previous: null,
    runsPerWarning: runsWithin(policy, policy.leavingSoonDays, now),
  });
}
