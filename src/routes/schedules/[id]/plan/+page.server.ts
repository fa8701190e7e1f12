import { error, redirect } from '@sveltejs/kit';
import type { ItemId, PlanId, PolicyId } from '#core/ids.ts';
import type { PlanTotals } from '#features/cleanup/core/plan/plan.ts';
import { fateWords, type ShownFate } from '#features/cleanup/ui/fate-words.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash } from '#ui/flash.ts';
import { live } from '#ui/topics.ts';
import type { Actions, PageServerLoad } from './$types';

const PAGE_SIZE = 50;

const isFate = (text: string): text is ShownFate => Object.hasOwn(fateWords, text);

/** Where in which plan the address looks. */
function placeOf(query: URLSearchParams) {
  const fate = query.get('fate') ?? '';
  const page = Math.trunc(Number(query.get('page') ?? '1'));
  return {
    fate: isFate(fate) ? fate : null,
    page: page >= 1 ? page : 1,
    asked: query.get('plan') as PlanId | null,
  };
}

/** What people come for is what goes; when nothing does, what leaves soon. */
const firstOf = (totals: PlanTotals | undefined): ShownFate =>
  totals && totals.remove.items === 0 && totals.leavingSoon.items > 0 ? 'leaving-soon' : 'remove';

/** The newest plan of a policy, or with `?plan=` the one that a run was made by. */
export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
  depends(live('plans'));
  const { planning } = locals.app;
  const found = await planning.findPolicy(params.id as PolicyId);
  if (!found.ok) error(404, m.schedules_gone());
  const { policy, lastPlan } = found.value;
  const { page, asked, ...place } = placeOf(url.searchParams);
  const fate = place.fate ?? firstOf(lastPlan?.totals);
  const bins = await locals.app.restoring.bins(policy.connectionIds);
  const approval = policy.needsApproval ? await planning.approvalOf(policy.id) : null;
  const base = {
    policy,
    approval: approval && {
      planId: approval.planId,
      byName: approval.byName,
      at: approval.at,
      count: approval.items.length,
    },
    bins,
    fate,
    page,
    pageSize: PAGE_SIZE,
    isOld: asked !== null && asked !== lastPlan?.id,
  };
  const planId = asked ?? lastPlan?.id;
  if (planId === undefined) return { ...base, shown: null, honest: null, twins: new Map<string, string>() };

  const shown = await planning.findPlan(planId, { fate, offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE });
  if (!shown.ok || shown.value.plan.policyId !== policy.id) error(404, m.plan_gone());
  const { entries } = shown.value;
  const [honest, twins] = await Promise.all([
    honestOf(locals.app, fate, entries),
    locals.app.twinsOf(entries.map(({ itemId }) => itemId)),
  ]);
  return { ...base, shown: shown.value, honest, twins };
};

/** Only of what goes, and only of the page that somebody looks at: it means a look at every file. */
async function honestOf(
  { honestBytes }: App.Locals['app'],
  fate: ShownFate,
  entries: readonly { itemId: ItemId }[],
) {
  if (fate !== 'remove' || entries.length === 0) return null;
  return honestBytes(entries.map(({ itemId }) => itemId));
}

export const actions: Actions = {
  /** Everything that the plan takes, without what was unticked on this page; the run begins at once. */
  approve: async ({ locals, params, request, cookies }) => {
    const data = await request.formData();
    const { planning, execution } = locals.app;
    const id = params.id as PolicyId;
    const ticked = new Set(data.getAll('approved').map(String));
    const without = data
      .getAll('shown')
      .map(String)
      .filter((item) => !ticked.has(item)) as ItemId[];
    const byName = locals.user?.name ?? '';
    const asked = data.get('planId');
    const planId = (typeof asked === 'string' ? asked : '') as PlanId;
    const approved = await planning.approve(id, { planId, without, byName });
    if (!approved.ok && approved.error.code === 'cleanup.policy-not-found') error(404, m.schedules_gone());
    if (approved.ok) await execution.startRun(id, byName);
    leaveFlash(
      cookies,
      approved.ok
        ? {
            tone: 'success',
            text: m.approval_done({
              count: approved.value.items.length,
              number: String(approved.value.items.length),
            }),
          }
        : { tone: 'warning', text: m.approval_nothing() },
    );
    redirect(303, approved.ok ? '/schedules/runs' : `/schedules/${params.id}/plan`);
  },

  fresh: async ({ locals, params, cookies }) => {
    const made = await locals.app.planning.planNow(params.id as PolicyId);
    if (!made.ok && made.error.code === 'cleanup.policy-not-found') error(404, m.schedules_gone());
    leaveFlash(
      cookies,
      made.ok ? { tone: 'success', text: m.plan_fresh_done() } : { tone: 'warning', text: m.plan_busy() },
    );
    redirect(303, `/schedules/${params.id}/plan`);
  },
};
