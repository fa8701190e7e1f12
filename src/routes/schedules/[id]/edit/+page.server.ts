import { error, fail, redirect } from '@sveltejs/kit';
import type { PolicyId } from '#core/ids.ts';
import { policyFormErrors } from '#features/cleanup/server/policies/policy-form.schemas.ts';
import { savedNotice } from '#features/cleanup/ui/policy-notices.ts';
import { valuesOfPolicy } from '#features/cleanup/ui/policy-stored-values.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash } from '#ui/flash.ts';
import { answer, changeRows, choicesOf, previewPolicy, readPolicy, showsFor } from '../../policy-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const found = await locals.app.planning.findPolicy(params.id as PolicyId);
  if (!found.ok) error(404, m.schedules_gone());
  const { policy, missingTags } = found.value;
  const { name, armed } = policy;
  const choices = await choicesOf(locals.app, policy.kind);
  return { name, armed, missingTags, values: valuesOfPolicy(policy), choices };
};

export const actions: Actions = {
  save: async ({ request, locals, cookies, params }) => {
    const data = await request.formData();
    const form = readPolicy(data, await showsFor(locals.app, data));
    if (!form.ok) return fail(400, form.answer);
    const saved = await locals.app.planning.savePolicy(params.id as PolicyId, form.draft);
    if (!saved.ok) {
      if (saved.error.code === 'cleanup.policy-not-found') error(404, m.schedules_gone());
      return fail(400, answer(form.values, { errors: policyFormErrors(saved.error.problems) }));
    }
    leaveFlash(cookies, savedNotice(saved.value));
    redirect(303, '/schedules');
  },
  preview: async ({ request, locals, params }) => {
    const shown = await previewPolicy(locals.app, await request.formData(), params.id as PolicyId);
    return shown.ok ? shown.answer : fail(400, shown.answer);
  },
  rows: async ({ request, locals }) => {
    const data = await request.formData();
    return changeRows(data, await showsFor(locals.app, data));
  },
};
