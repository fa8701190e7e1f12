import { fail, redirect } from '@sveltejs/kit';
import { serviceKinds } from '#features/connections/core/connection.ts';
import { newConnectionForm } from '#features/connections/server/schemas.ts';
import { answerTest } from '#features/connections/ui/form-answers.ts';
import { freeName, refusalErrors } from '#features/connections/ui/words.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash, type Flash } from '#ui/flash.ts';
import { readForm, refuse } from '#ui/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({
  kind: serviceKinds.find((kind) => kind === url.searchParams.get('kind')) ?? 'radarr',
});

export const actions: Actions = {
  test: async ({ request, locals }) => {
    const form = await readForm(request, newConnectionForm);
    if (!form.ok) return fail(400, form.state);
    const { kind, url, key } = form.value;
    const answer = answerTest(form.values, await locals.app.connections.testDraft({ kind, url, key }));
    return answer.tested ? answer : fail(400, answer);
  },

  save: async ({ request, locals, cookies }) => {
    const { connections, library } = locals.app;
    const form = await readForm(request, newConnectionForm);
    if (!form.ok) return fail(400, form.state);
    const { anyway, name: given, ...draft } = form.value;
    const { kind, url, key } = draft;
    if (draft.enabled) {
      const answer = answerTest(form.values, await connections.testDraft({ kind, url, key }));
      if (!answer.tested && !(anyway && answer.mayBeSaved)) return fail(400, answer);
    }

    const name =
      given ??
      freeName(
        kind,
        (await connections.list()).map((one) => one.name),
      );
    const made = await connections.create({ ...draft, name });
    if (!made.ok) return fail(409, refuse(form.values, refusalErrors(made.error)));
    const answers = made.value.health.state === 'online' || made.value.health.state === 'degraded';
    if (answers) await library.requestSync({ acceptShrink: false });
    leaveFlash(cookies, addedNotice(name, draft.enabled, answers));
    redirect(303, '/settings/services');
  },
};

function addedNotice(name: string, isEnabled: boolean, answers: boolean): Flash {
  if (!isEnabled) return { tone: 'success', text: m.service_added_off({ name }) };
  return answers
    ? { tone: 'success', text: m.service_added({ name }) }
    : { tone: 'warning', text: m.service_added_silent({ name }) };
}
