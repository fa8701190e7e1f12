import { fail, redirect } from '@sveltejs/kit';
import { speechModelForm } from '#features/enrichment/server/speech/speech.schemas.ts';
import { answerRefusal, answerTest } from '#features/enrichment/ui/form-answers.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash } from '#ui/flash.ts';
import { readForm } from '#ui/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ speech: await locals.app.models.read() });

export const actions: Actions = {
  test: async ({ request, locals }) => {
    const form = await readForm(request, speechModelForm);
    if (!form.ok) return fail(400, form.state);
    const answer = answerTest(form.values, await locals.app.models.test(form.value));
    return answer.heard ? answer : fail(400, answer);
  },

  save: async ({ request, locals, cookies }) => {
    const form = await readForm(request, speechModelForm);
    if (!form.ok) return fail(400, form.state);
    const saved = await locals.app.models.save(form.value);
    if (!saved.ok) return fail(400, answerRefusal(form.values, saved.error));
    const text = saved.value.isOn ? m.models_saved_on() : m.models_saved_off();
    leaveFlash(cookies, { tone: 'success', text });
    redirect(303, '/settings/models');
  },
};
