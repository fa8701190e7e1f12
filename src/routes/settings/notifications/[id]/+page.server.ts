import { error, fail, redirect } from '@sveltejs/kit';
import { channelForm } from '#features/notifications/server/schemas.ts';
import { answerTest } from '#features/notifications/ui/form-answers.ts';
import { refusalErrors } from '#features/notifications/ui/words.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash } from '#ui/flash.ts';
import { readForm, refuse } from '#ui/form.ts';
import type { Actions, PageServerLoad } from './$types';

async function channelOf(locals: App.Locals, id: string) {
  const found = await locals.app.notifications.channels.find(id);
  if (!found.ok) error(404);
  return found.value;
}

export const load: PageServerLoad = async ({ locals, params }) => ({
  channel: await channelOf(locals, params.id),
});

export const actions: Actions = {
  test: async ({ request, locals, params }) => {
    await channelOf(locals, params.id);
    const form = await readForm(request, channelForm);
    if (!form.ok) return fail(400, form.state);
    const tested = await locals.app.notifications.channels.testDraft(params.id, form.value);
    const answer = answerTest(form.values, tested);
    return answer.isTested ? answer : fail(400, answer);
  },

  save: async ({ request, locals, params, cookies }) => {
    await channelOf(locals, params.id);
    const form = await readForm(request, channelForm);
    if (!form.ok) return fail(400, form.state);
    const changed = await locals.app.notifications.channels.update(params.id, form.value);
    if (!changed.ok) return fail(409, refuse(form.values, refusalErrors(changed.error)));
    leaveFlash(cookies, { tone: 'success', text: m.notify_saved({ name: changed.value.name }) });
    redirect(303, '/settings/notifications');
  },

  remove: async ({ locals, params, cookies }) => {
    const { name } = await channelOf(locals, params.id);
    await locals.app.notifications.channels.remove(params.id);
    leaveFlash(cookies, { tone: 'success', text: m.notify_removed({ name }) });
    redirect(303, '/settings/notifications');
  },
};
