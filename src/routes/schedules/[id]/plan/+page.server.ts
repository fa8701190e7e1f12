import { error, redirect } from '@sveltejs/kit';
import type { PlanId, PolicyId } from '#core/ids.ts';
import { fateWords, type ShownFate } from '#features/cleanup/ui/fate-words.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash } from '#ui/flash.ts';
import { live } from '#ui/topics.ts';
import type { Actions, PageServerLoad } from './$types';

const PAGE_SIZE = 50;

const isFate = (text: string): text is ShownFate => Object.hasOwn(fateWords, text);

/** The newest plan of a policy, or with `?plan=` the one that a run was made by. */
export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
  depends(live('plans'));
  const { planning } = locals.app;
  const found = await planning.findPolicy(params.id as PolicyId);
  if (!found.ok) error(404, m.schedules_gone());
  const { policy, lastPlan, nextRunAt } = found.value;

  const asked = url.searchParams.get('fate') ?? '';
  const fate = isFate(asked) ? asked : 'remove';
  const page = Math.max(1, Math.trunc(Number(url.searchParams.get('page') ?? '1')) || 1);
  const planId = (url.searchParams.get('plan') ?? lastPlan?.id ?? null) as PlanId | null;
  const shown =
    planId === null
      ? null
      : await planning.findPlan(planId, { fate, offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE });
  if (shown && (!shown.ok || shown.value.plan.policyId !== policy.id)) error(404, m.schedules_gone());
  return {
    policy,
    nextRunAt,
    fate,
    page,
    pageSize: PAGE_SIZE,
    isOld: planId !== null && lastPlan !== null && planId !== lastPlan.id,
    shown: shown?.ok ? shown.value : null,
  };
};

export const actions: Actions = {
  default: async ({ locals, params, cookies }) => {
    const made = await locals.app.planning.planNow(params.id as PolicyId);
    if (!made.ok && made.error.code === 'cleanup.policy-not-found') error(404, m.schedules_gone());
    leaveFlash(
      cookies,
      made.ok ? { tone: 'success', text: m.plan_fresh_done() } : { tone: 'warning', text: m.plan_busy() },
    );
    redirect(303, `/schedules/${params.id}/plan`);
  },
};
