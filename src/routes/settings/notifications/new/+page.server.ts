import { fail, redirect } from '@sveltejs/kit';
import { channelKinds } from '#features/notifications/core/channel.ts';
import { channelForm } from '#features/notifications/server/schemas.ts';
import { answerTest } from '#features/notifications/ui/form-answers.ts';
import { refusalErrors } from '#features/notifications/ui/words.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash } from '#ui/flash.ts';
import { readForm, refuse } from '#ui/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({
  kind: channelKinds.find((kind) => kind === url.searchParams.get('kind')) ?? 'email',
});

export const actions: Actions = {
  test: async ({ request, locals }) => {
    const form = await readForm(request, channelForm);
    if (!form.ok) return fail(400, form.state);
    const answer = answerTest(
      form.values,
      await locals.app.notifications.channels.testDraft(null, form.value),
    );
    return answer.isTested ? answer : fail(400, answer);
  },

  save: async ({ request, locals, cookies }) => {
    const form = await readForm(request, channelForm);
    if (!form.ok) return fail(400, form.state);
    const made = await locals.app.notifications.channels.create(form.value);
    if (!made.ok) return fail(409, refuse(form.values, refusalErrors(made.error)));
    leaveFlash(cookies, { tone: 'success', text: m.notify_added({ name: made.value.name }) });
    redirect(303, '/settings/notifications');
  },
};
