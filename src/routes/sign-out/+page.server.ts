import { redirect } from '@sveltejs/kit';
import { keepCookies } from '#ui/cookies.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => redirect(303, '/');

export const actions: Actions = {
  default: async ({ request, locals, cookies, url }) => {
    keepCookies(cookies, await locals.app.accounts.signOut({ url: url.href, headers: request.headers }));
    redirect(303, '/sign-in');
  },
};
