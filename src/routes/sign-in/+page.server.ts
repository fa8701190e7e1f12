import { fail, redirect } from '@sveltejs/kit';
import { signInSchema } from '#features/accounts/server/schemas.ts';
import { keepCookies, safeNext } from '#ui/cookies.ts';
import { readForm, refuse } from '#ui/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  if (locals.user) redirect(303, safeNext(url.searchParams.get('next')));
  if (!(await locals.app.accounts.isSetUp())) redirect(303, '/welcome');
};

export const actions: Actions = {
  default: async ({ request, locals, cookies, url }) => {
    const form = await readForm(request, signInSchema);
    if (!form.ok) return fail(400, form.state);

    const signedIn = await locals.app.accounts.signIn(form.value, {
      url: url.href,
      headers: request.headers,
    });
    if (!signedIn.ok) {
      const limited = signedIn.error.code === 'accounts.too-many-tries';
      return fail(
        limited ? 429 : 401,
        refuse(form.values, { '': limited ? 'too-many-attempts' : 'wrong-credentials' }),
      );
    }
    keepCookies(cookies, signedIn.value);
    redirect(303, safeNext(url.searchParams.get('next')));
  },
};
