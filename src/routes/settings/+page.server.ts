import { fail, redirect } from '@sveltejs/kit';
import { formatTimeSpan } from '#core/time-span.ts';
import { settingsForm } from '#features/cleanup/server/settings.schemas.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash } from '#ui/flash.ts';
import { readForm } from '#ui/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const settings = await locals.app.settings.read();
  return {
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
  default: async ({ request, locals, cookies }) => {
    const form = await readForm(request, settingsForm);
    if (!form.ok) return fail(400, form.state);
    await locals.app.settings.change(form.value);
    leaveFlash(cookies, { tone: 'success', text: m.settings_saved() });
    redirect(303, '/settings');
  },
};
