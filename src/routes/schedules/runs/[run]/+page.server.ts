import { error } from '@sveltejs/kit';
import type { RunId } from '#core/ids.ts';
import { isEnded } from '#features/cleanup/core/removal/removal.ts';
import { m } from '#i18n/messages.js';
import { live } from '#ui/topics.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, depends }) => {
  depends(live('runs'));
  const { execution, planning } = locals.app;
  const run = await execution.runs.get(params.run as RunId);
  if (run === null) error(404, m.run_gone());
  const [removals, policy] = await Promise.all([
    execution.removals.ofRun(run.id),
    run.policyId ? planning.policy(run.policyId) : null,
  ]);
  const freedBytes = removals.reduce(
    (sum, { state }) => sum + (state.is === 'removed' ? state.freedBytes : 0),
    0,
  );
  return {
    run,
    removals: removals.map(({ id, itemId, kind, title, seasonNumber, episodes, plannedBytes, state }) => ({
      id,
      itemId,
      kind,
      title,
      seasonNumber,
      episodes,
      plannedBytes,
      state,
    })),
    done: removals.filter(({ state }) => isEnded(state)).length,
    freedBytes,
    /** The newest plan, because only that one is approved. */
    approveHref: policy && run.outcome.is === 'waiting' ? `/schedules/${policy.id}/plan?fate=remove` : null,
    /** A plan goes with its policy. */
    planHref: policy && run.planId ? `/schedules/${policy.id}/plan?plan=${run.planId}` : null,
  };
};
