import { error } from '@sveltejs/kit';
import type { PolicyId } from '#core/ids.ts';
import { m } from '#i18n/messages.js';
import { live } from '#ui/topics.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, depends }) => {
  depends(live('plans'));
  const made = await locals.app.planning.simulate({ id: params.id as PolicyId });
  if (!made.ok) error(404, m.schedules_gone());
  const { policy, simulation, isThinned } = made.value;
  const { id, name, enabled, armed, needsApproval } = policy;
  return { policy: { id, name, enabled, armed, needsApproval }, simulation, isThinned };
};
