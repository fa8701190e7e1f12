import { error, fail, redirect } from '@sveltejs/kit';
import { apiKeyIdForm, apiKeySchema } from '#features/accounts/server/schemas.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash } from '#ui/flash.ts';
import { readForm } from '#ui/form.ts';
import type { Actions, PageServerLoad } from './$types';

/** The guard has let nobody else in; this only tells the compiler. */
const personOf = ({ user }: App.Locals) => user ?? error(401);

export const load: PageServerLoad = async ({ locals }) => ({
  keys: await locals.app.accounts.apiKeys(personOf(locals).id),
});

export const actions: Actions = {
  add: async ({ request, locals }) => {
    const form = await readForm(request, apiKeySchema);
    if (!form.ok) return fail(400, form.state);
    const { key } = await locals.app.accounts.makeApiKey(personOf(locals).id, form.value.name);
    // No redirect: the answer to this one request is the only place where the key ever stands.
    return { values: {}, errors: {}, made: { name: form.value.name, key } };
  },

  remove: async ({ request, locals, cookies }) => {
    const form = await readForm(request, apiKeyIdForm);
    if (!form.ok || !(await locals.app.accounts.removeApiKey(personOf(locals).id, form.value.id))) error(404);
    leaveFlash(cookies, { tone: 'success', text: m.account_key_removed() });
    redirect(303, '/account/keys');
  },
};
