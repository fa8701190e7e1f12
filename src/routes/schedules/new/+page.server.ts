import { fail, redirect } from '@sveltejs/kit';
import { firstDraft } from '#features/cleanup/core/policy/first-draft.ts';
import { policyKinds } from '#features/cleanup/core/policy/policy.ts';
import { policyFormErrors } from '#features/cleanup/server/policies/policy-form.schemas.ts';
import { savedNotice } from '#features/cleanup/ui/policy-notices.ts';
import { valuesOfPolicy } from '#features/cleanup/ui/policy-stored-values.ts';
import { leaveFlash } from '#ui/flash.ts';
import { answer, changeRows, choicesOf, previewPolicy, readPolicy, showsFor } from '../policy-form.ts';
import type { Actions, PageServerLoad } from './$types';

/** First the kind, then its form. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const kind = policyKinds.find((one) => one === url.searchParams.get('kind'));
  if (kind === undefined) return { chosen: null };
  const [choices, { exclusionTags, leavingSoonDays }] = await Promise.all([
    choicesOf(locals.app, kind),
    locals.app.settings.read(),
  ]);
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const values = valuesOfPolicy(firstDraft(kind, { timeZone, exclusionTags, leavingSoonDays }));
  return { chosen: { kind, choices, values } };
};

export const actions: Actions = {
  save: async ({ request, locals, cookies }) => {
    const data = await request.formData();
    const form = readPolicy(data, await showsFor(locals.app, data));
    if (!form.ok) return fail(400, form.answer);
    const saved = await locals.app.planning.addPolicy(form.draft);
    if (!saved.ok) return fail(400, answer(form.values, { errors: policyFormErrors(saved.error.problems) }));
    leaveFlash(cookies, savedNotice(saved.value));
    redirect(303, '/schedules');
  },
  preview: async ({ request, locals }) => {
    const shown = await previewPolicy(locals.app, await request.formData());
    return shown.ok ? shown.answer : fail(400, shown.answer);
  },
  rows: async ({ request, locals }) => {
    const data = await request.formData();
    return changeRows(data, await showsFor(locals.app, data));
  },
};
