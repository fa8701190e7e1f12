import { error, fail, redirect } from '@sveltejs/kit';
import type { PolicyId } from '#core/ids.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash } from '#ui/flash.ts';
import { outlookOf } from '../../policy-form.ts';
import type { Actions, PageServerLoad } from './$types';

/** Arming needs an admin, and so does the page before it. */
export const load: PageServerLoad = async ({ locals, params, cookies }) => {
  const { planning } = locals.app;
  const id = params.id as PolicyId;
  const found = await planning.findPolicy(id);
  if (!found.ok) error(404, m.schedules_gone());
  const { policy } = found.value;
  if (locals.user?.role !== 'admin') redirect(303, '/schedules');
  if (policy.armed) {
    leaveFlash(cookies, { tone: 'info', text: m.arm_is_armed({ name: policy.name }) });
    redirect(303, '/schedules');
  }
  const plan = await planning.preview({ id });
  if (!plan.ok) error(404, m.schedules_gone());
  const bins = await locals.app.restoring.bins(policy.connectionIds);
  return { policy, bins, outlook: outlookOf(plan.value, policy) };
};

export const actions: Actions = {
  default: async ({ locals, params, cookies }) => {
    const armed = await locals.app.planning.arm(params.id as PolicyId);
    if (armed.ok) {
      leaveFlash(cookies, { tone: 'warning', text: m.arm_done({ name: armed.value.name }) });
      redirect(303, '/schedules');
    }
    if (armed.error.code === 'cleanup.policy-not-found') error(404, m.schedules_gone());
    return fail(409, { isRefused: true });
  },
};
