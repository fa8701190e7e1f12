import { fail, redirect } from '@sveltejs/kit';
import { meaningModelForm } from '#features/enrichment/server/meaning/meaning.schemas.ts';
import { speechModelForm } from '#features/enrichment/server/speech/speech.schemas.ts';
import {
  answerMeaningTest,
  answerRefusal,
  answerTest,
  type MeaningFormState,
  type SpeechFormState,
} from '#features/enrichment/ui/form-answers.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash } from '#ui/flash.ts';
import { readForm, type FormState } from '#ui/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
  speech: await locals.app.models.read(),
  meaning: await locals.app.meaning.read(),
});

const ofSpeech = (state: FormState): SpeechFormState => ({ about: 'speech', ...state });
const ofMeaning = (state: FormState): MeaningFormState => ({ about: 'meaning', ...state });

export const actions: Actions = {
  test: async ({ request, locals }) => {
    const form = await readForm(request, speechModelForm);
    if (!form.ok) return fail(400, ofSpeech(form.state));
    const answer = answerTest(form.values, await locals.app.models.test(form.value));
    return answer.heard ? answer : fail(400, answer);
  },

  save: async ({ request, locals, cookies }) => {
    const form = await readForm(request, speechModelForm);
    if (!form.ok) return fail(400, ofSpeech(form.state));
    const saved = await locals.app.models.save(form.value);
    if (!saved.ok) return fail(400, ofSpeech(answerRefusal(form.values, saved.error)));
    const text = saved.value.isOn ? m.models_saved_on() : m.models_saved_off();
    leaveFlash(cookies, { tone: 'success', text });
    redirect(303, '/settings/models');
  },

  testMeaning: async ({ request, locals }) => {
    const form = await readForm(request, meaningModelForm);
    if (!form.ok) return fail(400, ofMeaning(form.state));
    const answer = answerMeaningTest(form.values, await locals.app.meaning.test(form.value));
    return answer.embedded ? answer : fail(400, answer);
  },

  saveMeaning: async ({ request, locals, cookies }) => {
    const form = await readForm(request, meaningModelForm);
    if (!form.ok) return fail(400, ofMeaning(form.state));
    const saved = await locals.app.meaning.save(form.value);
    if (!saved.ok) return fail(400, ofMeaning(answerRefusal(form.values, saved.error)));
    const text = saved.value.isOn ? m.models_meaning_saved_on() : m.models_saved_off();
    leaveFlash(cookies, { tone: 'success', text });
    redirect(303, '/settings/models');
  },
};
