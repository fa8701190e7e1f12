import { fail, redirect } from '@sveltejs/kit';
import { keepForm, leavingSoonForm } from '#features/cleanup/server/policies/settings.schemas.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash } from '#ui/flash.ts';
import { readForm } from '#ui/form.ts';
import { live } from '#ui/topics.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends(live('plans'));
  const { settings, links } = locals.app;
  const [{ leavingSoonSurface, linkFolder, linkLibraryNames, keepBy, keepMost }, states, keepDays] =
    await Promise.all([settings.read(), links.state(), locals.app.notifications.settings.keepDays()]);
  return {
    fields: {
      filmSurface: leavingSoonSurface.films,
      showSurface: leavingSoonSurface.shows,
      linkFolder: linkFolder ?? '',
      filmLibrary: linkLibraryNames.films,
      showLibrary: linkLibraryNames.shows,
    },
    keeping: { keepBy, keepMost, keepDays },
    states,
  };
};

export const actions: Actions = {
  save: async ({ request, locals, cookies }) => {
    const form = await readForm(request, leavingSoonForm);
    if (!form.ok) return fail(400, form.state);
    await locals.app.settings.change(form.value);
    leaveFlash(cookies, { tone: 'success', text: m.settings_saved() });
    redirect(303, '/settings/leaving-soon');
  },

  keep: async ({ request, locals, cookies }) => {
    const form = await readForm(request, keepForm);
    if (!form.ok) return fail(400, form.state);
    await locals.app.settings.change(form.value);
    leaveFlash(cookies, { tone: 'success', text: m.settings_saved() });
    redirect(303, '/settings/leaving-soon');
  },

  /** Tries what was saved, not what is typed. */
  test: async ({ locals }) => {
    const tested = await locals.app.links.test();
    return { values: {}, errors: {}, tests: tested.ok ? tested.value : [] };
  },
};
