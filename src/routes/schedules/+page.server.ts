import { fail, redirect } from '@sveltejs/kit';
import type { PolicyId } from '#core/ids.ts';
import { freePercent } from '#features/library/core/disk.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash, type Flash } from '#ui/flash.ts';
import { live } from '#ui/topics.ts';
import { showsOf } from './policy-form.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends(live('plans'), live('runs'));
  const { planning, execution, library, connections } = locals.app;
  const [views, disks, services] = await Promise.all([
    planning.listPolicies(),
    library.disks(),
    connections.list(),
  ]);
  const titles = await showTitles(locals.app, views);
  const policies = await Promise.all(
    views.map(async ({ policy, nextRunAt, lastPlan, missingTags }) => {
      const own = disks.filter(({ id }) => policy.diskIds.length === 0 || policy.diskIds.includes(id));
      const free = (lastPlan?.disks ?? own)
        .map(freePercent)
        .flatMap((fact) => (fact.known ? [fact.value] : []));
      const [[lastRun], isWaiting] = await Promise.all([
        execution.runs.list({ limit: 1, before: null, policyId: policy.id }),
        waits(locals.app, { policy, lastPlan }),
      ]);
      return {
        policy,
        nextRunAt,
        missingTags,
        isWaiting,
        plan: lastPlan,
        lastRun: lastRun ?? null,
        freePercent: free.length > 0 ? Math.min(...free) : null,
        diskNames: policy.diskIds.length > 0 ? own.map(({ path }) => path) : [],
        serviceNames: services.filter(({ id }) => policy.connectionIds.includes(id)).map(({ name }) => name),
        showNames: policy.kind === 'episodes' ? policy.showIds.flatMap((id) => titles.get(id) ?? []) : [],
      };
    }),
  );
  return { policies };
};

type Views = Awaited<ReturnType<App.Locals['app']['planning']['listPolicies']>>;

/** Whether the plan of a policy that asks for it still has to be approved. */
async function waits(
  { planning }: App.Locals['app'],
  { policy, lastPlan }: Pick<Views[number], 'policy' | 'lastPlan'>,
): Promise<boolean> {
  const asks = policy.needsApproval && policy.armed && policy.enabled;
  if (!asks || lastPlan === null || lastPlan.totals.remove.items === 0) return false;
  return (await planning.approvalOf(policy.id)) === null;
}

/** Of the series that policies name, when there are some. */
async function showTitles(app: App.Locals['app'], views: Views): Promise<ReadonlyMap<string, string>> {
  const areNamed = views.some(({ policy }) => policy.kind === 'episodes' && policy.showIds.length > 0);
  if (!areNamed) return new Map();
  return new Map((await showsOf(app)).map(({ id, name }) => [id, name]));
}

type Did = Flash | null;

/** Every button posts the id of its policy; what it did is told above the list. */
const act =
  (work: (id: PolicyId, name: string, event: RequestEvent) => Promise<Did>) =>
  async (event: RequestEvent) => {
    const id = (await event.request.formData()).get('id');
    if (typeof id !== 'string') return fail(400);
    const found = await event.locals.app.planning.findPolicy(id as PolicyId);
    const flash = found.ok ? await work(found.value.policy.id, found.value.policy.name, event) : null;
    leaveFlash(event.cookies, flash ?? { tone: 'warning', text: m.schedules_gone() });
    redirect(303, '/schedules');
  };

const said = (isDone: boolean, text: string): Did => (isDone ? { tone: 'success', text } : null);

export const actions: Actions = {
  run: act(async (id, name, { locals }) => {
    const isQueued = await locals.app.execution.startRun(id, locals.user?.name ?? '');
    return isQueued
      ? { tone: 'success', text: m.schedules_run_started({ name }) }
      : { tone: 'info', text: m.schedules_run_waiting({ name }) };
  }),
  disarm: act(async (id, name, { locals }) =>
    said((await locals.app.planning.disarm(id)).ok, m.schedules_disarmed({ name })),
  ),
  on: act(async (id, name, { locals }) =>
    said((await locals.app.planning.setEnabled(id, true)).ok, m.schedules_switched_on({ name })),
  ),
  off: act(async (id, name, { locals }) =>
    said((await locals.app.planning.setEnabled(id, false)).ok, m.schedules_switched_off({ name })),
  ),
  delete: act(async (id, name, { locals }) =>
    said((await locals.app.planning.removePolicy(id)).ok, m.schedules_deleted({ name })),
  ),
};
