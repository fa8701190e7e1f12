import { fail, redirect } from '@sveltejs/kit';
import { welcomeForm } from '#features/accounts/server/schemas.ts';
import { isLocale } from '#i18n/runtime.js';
import { keepCookies } from '#ui/cookies.ts';
import { readForm, refuse } from '#ui/form.ts';
import type { Actions, PageServerLoad } from './$types';

const ONE_YEAR_S = 31_536_000;

export const load: PageServerLoad = async ({ locals }) => {
  if (await locals.app.accounts.isSetUp()) redirect(303, locals.user ? '/' : '/sign-in');
};

export const actions: Actions = {
  default: async ({ request, locals, cookies, url }) => {
    const form = await readForm(request, welcomeForm);
    if (!form.ok) return fail(400, form.state);

    const { username, password, email, locale } = form.value;
    const visit = { url: url.href, headers: request.headers };
    const made = await locals.app.accounts.setUp({ username, password, email });
    if (!made.ok) {
      if (made.error.code === 'accounts.already-set-up') redirect(303, '/sign-in');
      return fail(409, refuse(form.values, { username: 'username-taken' }));
    }
    const signedIn = await locals.app.accounts.signIn({ login: username, password }, visit);
    if (signedIn.ok) keepCookies(cookies, signedIn.value);
    if (isLocale(locale)) {
      cookies.set('PARAGLIDE_LOCALE', locale, {
        path: '/',
        maxAge: ONE_YEAR_S,
        httpOnly: false,
        secure: false,
      });
    }
    redirect(303, '/welcome/service');
  },
};
