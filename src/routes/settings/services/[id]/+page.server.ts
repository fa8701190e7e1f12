import { error, fail, redirect } from '@sveltejs/kit';
import { changedConnectionForm } from '#features/connections/server/schemas.ts';
import { answerPaths, answerTest } from '#features/connections/ui/form-answers.ts';
import { refusalErrors } from '#features/connections/ui/words.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash } from '#ui/flash.ts';
import { readForm, refuse } from '#ui/form.ts';
import type { Actions, PageServerLoad } from './$types';

async function connectionOf(locals: App.Locals, id: string) {
  const found = await locals.app.connections.find(id);
  return found.ok ? found.value : error(404);
}

export const load: PageServerLoad = async ({ locals, params }) => {
  const [connection, sources] = await Promise.all([
    connectionOf(locals, params.id),
    locals.app.library.sources(),
  ]);
  return { connection, count: sources.find((source) => source.connectionId === params.id)?.count ?? 0 };
};

export const actions: Actions = {
  test: async ({ request, locals, params }) => {
    const { kind } = await connectionOf(locals, params.id);
    const form = await readForm(request, changedConnectionForm);
    if (!form.ok) return fail(400, form.state);
    const { url, key } = form.value;
    const tested = await locals.app.connections.testDraft({ id: params.id, kind, url, key });
    const answer = answerTest(form.values, tested);
    return answer.tested ? answer : fail(400, answer);
  },

  paths: async ({ request, locals, params }) => {
    const form = await readForm(request, changedConnectionForm);
    if (!form.ok) return fail(400, form.state);
    const tried = await locals.app.connections.tryPaths(params.id, form.value.pathMappings);
    return answerPaths(form.values, tried);
  },

  save: async ({ request, locals, params, cookies }) => {
    const { connections } = locals.app;
    const { kind } = await connectionOf(locals, params.id);
    const form = await readForm(request, changedConnectionForm);
    if (!form.ok) return fail(400, form.state);
    const { anyway, ...change } = form.value;
    if (change.enabled) {
      const { url, key } = change;
      const answer = answerTest(form.values, await connections.testDraft({ id: params.id, kind, url, key }));
      if (!answer.tested && !(anyway && answer.mayBeSaved)) return fail(400, answer);
    }

    const changed = await connections.update(params.id, change);
    if (!changed.ok) return fail(409, refuse(form.values, refusalErrors(changed.error)));
    leaveFlash(cookies, { tone: 'success', text: m.service_saved({ name: changed.value.name }) });
    redirect(303, '/settings/services');
  },

  remove: async ({ locals, params, cookies }) => {
    const { name } = await connectionOf(locals, params.id);
    await locals.app.connections.remove(params.id);
    leaveFlash(cookies, { tone: 'success', text: m.service_removed({ name }) });
    redirect(303, '/settings/services');
  },
};
