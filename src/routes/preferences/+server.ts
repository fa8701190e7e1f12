import { redirect } from '@sveltejs/kit';
import { isLocale } from '#i18n/runtime.js';
import { safeNext } from '#ui/cookies.ts';
import type { RequestHandler } from './$types';

const ONE_YEAR_S = 31_536_000;

/** Not secret and read by scripts too; `secure: false` because most of these servers run on plain http at home. */
const lasting = { path: '/', maxAge: ONE_YEAR_S, httpOnly: false, secure: false, sameSite: 'lax' } as const;

export const POST: RequestHandler = async ({ request, cookies }) => {
  const form = await request.formData();
  const locale = form.get('locale');
  const theme = form.get('theme');
  if (isLocale(locale)) cookies.set('PARAGLIDE_LOCALE', locale, lasting);
  if (theme === 'light' || theme === 'dark' || theme === 'system') cookies.set('theme', theme, lasting);
  redirect(303, safeNext(form.get('next')));
};
