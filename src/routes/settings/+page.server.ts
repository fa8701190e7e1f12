import { fail, redirect } from '@sveltejs/kit';
import { formatTimeSpan } from '#core/time-span.ts';
import { settingsForm, weightsForm } from '#features/cleanup/server/policies/settings.schemas.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash } from '#ui/flash.ts';
import { readForm } from '#ui/form.ts';
import { valueExamples } from './value-examples.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const [settings, examples] = await Promise.all([locals.app.settings.read(), valueExamples(locals.app)]);
  return {
    weights: settings.valueWeights,
    examples,
    fields: {
      exclusionTags: settings.exclusionTags.join(', '),
      leavingSoonDays: formatTimeSpan(settings.leavingSoonDays),
      filmCollection: settings.collectionNames.films,
      showCollection: settings.collectionNames.shows,
      posterLanguage: settings.posterLanguage,
    },
  };
};

export const actions: Actions = {
  save: async ({ request, locals, cookies }) => {
    const form = await readForm(request, settingsForm);
    if (!form.ok) return fail(400, { cleanup: form.state, weights: null });
    await locals.app.settings.change(form.value);
    leaveFlash(cookies, { tone: 'success', text: m.settings_saved() });
    redirect(303, '/settings');
  },

  weights: async ({ request, locals, cookies }) => {
    const form = await readForm(request, weightsForm);
    if (!form.ok) return fail(400, { cleanup: null, weights: form.state });
    await locals.app.settings.change(form.value);
    leaveFlash(cookies, { tone: 'success', text: m.settings_value_saved() });
    redirect(303, '/settings');
  },
};
