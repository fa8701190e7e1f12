import { fail, redirect } from '@sveltejs/kit';
import { passwordForm } from '#features/accounts/server/schemas.ts';
import { m } from '#i18n/messages.js';
import { keepCookies } from '#ui/cookies.ts';
import { leaveFlash } from '#ui/flash.ts';
import { readForm, refuse } from '#ui/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, request }) => ({
  username: locals.user?.username ?? '',
  sessions: await locals.app.accounts.sessions(request.headers),
});

export const actions: Actions = {
  password: async ({ request, locals, cookies, url }) => {
    const visit = { url: url.href, headers: request.headers };
    const form = await readForm(request, passwordForm);
    if (!form.ok) return fail(400, form.state);
    const { currentPassword: current, newPassword: next } = form.value;
    const changed = await locals.app.accounts.changePassword({ current, next }, visit);
    if (!changed.ok) {
      const limited = changed.error.code === 'accounts.too-many-tries';
      return limited
        ? fail(429, refuse(form.values, { '': 'too-many-attempts' }))
        : fail(400, refuse(form.values, { currentPassword: 'wrong-password' }));
    }
    keepCookies(cookies, changed.value);
    leaveFlash(cookies, { tone: 'success', text: m.account_password_changed() });
    redirect(303, '/account');
  },

  leave: async ({ request, locals, cookies, url }) => {
    await locals.app.accounts.endOtherSessions({ url: url.href, headers: request.headers });
    leaveFlash(cookies, { tone: 'success', text: m.account_sessions_revoked() });
    redirect(303, '/account');
  },
};
