import { fail, redirect } from '@sveltejs/kit';
import { firstConnectionForm } from '#features/connections/server/schemas.ts';
import { answerTest } from '#features/connections/ui/form-answers.ts';
import { freeName, refusalErrors } from '#features/connections/ui/words.ts';
import { readForm, refuse } from '#ui/form.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  test: async ({ request, locals }) => {
    const form = await readForm(request, firstConnectionForm);
    if (!form.ok) return fail(400, form.state);
    const answer = answerTest(form.values, await locals.app.connections.testDraft(form.value));
    return answer.tested ? answer : fail(400, answer);
  },

  /** Nothing is stored before the service has answered: on the first day a wrong key is only a wrong key. */
  save: async ({ request, locals }) => {
    const { connections, library } = locals.app;
    const form = await readForm(request, firstConnectionForm);
    if (!form.ok) return fail(400, form.state);
    const { kind, url, key } = form.value;
    const answer = answerTest(form.values, await connections.testDraft({ kind, url, key }));
    if (!answer.tested) return fail(400, { ...answer, mayBeSaved: false });

    const name =
      form.value.name ??
      freeName(
        kind,
        (await connections.list()).map((one) => one.name),
      );
    const made = await connections.create({ kind, url, key, name, enabled: true, pathMappings: [] });
    if (!made.ok) return fail(409, refuse(form.values, refusalErrors(made.error)));
    await library.requestSync({ acceptShrink: false });
    redirect(303, '/welcome/done');
  },
};
