import { error, fail, redirect } from '@sveltejs/kit';
import type { UserId } from '#core/ids.ts';
import { newPersonSchema, personIdForm, personRoleForm } from '#features/accounts/server/schemas.ts';
import { accountWords } from '#features/accounts/ui/words.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash, type Flash } from '#ui/flash.ts';
import { errorText } from '#ui/form-errors.ts';
import { readForm, refuse } from '#ui/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ people: await locals.app.accounts.people() });

/** These forms have no field that could be wrong, so what the service refuses is a notice. */
const refusal = (code: string): Flash => ({ tone: 'error', text: errorText({ code }, accountWords) });

async function nameOf(locals: App.Locals, id: string): Promise<string> {
  const person = (await locals.app.accounts.people()).find((one) => one.id === id);
  return person?.name ?? error(404);
}

export const actions: Actions = {
  add: async ({ request, locals, cookies }) => {
    const form = await readForm(request, newPersonSchema);
    if (!form.ok) return fail(400, form.state);
    const added = await locals.app.accounts.addPerson(form.value);
    if (!added.ok) {
      const isTaken = added.error.code === 'accounts.name-taken';
      return fail(409, refuse(form.values, isTaken ? { username: 'username-taken' } : { '': 'invalid' }));
    }
    leaveFlash(cookies, { tone: 'success', text: m.users_added({ name: added.value.name }) });
    redirect(303, '/settings/users');
  },

  role: async ({ request, locals, cookies }) => {
    const form = await readForm(request, personRoleForm);
    if (!form.ok) error(400);
    const name = await nameOf(locals, form.value.id);
    const changed = await locals.app.accounts.setRole(form.value.id as UserId, form.value.role);
    leaveFlash(
      cookies,
      changed.ok ? { tone: 'success', text: m.users_role_changed({ name }) } : refusal(changed.error.code),
    );
    redirect(303, '/settings/users');
  },

  remove: async ({ request, locals, cookies }) => {
    const form = await readForm(request, personIdForm);
    if (!form.ok) error(400);
    const name = await nameOf(locals, form.value.id);
    const removed = await locals.app.accounts.removePerson(form.value.id as UserId);
    leaveFlash(
      cookies,
      removed.ok ? { tone: 'success', text: m.users_removed({ name }) } : refusal(removed.error.code),
    );
    redirect(303, '/settings/users');
  },
};
