import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { sequence, type Handle, type HandleServerError } from '@sveltejs/kit/hooks';
import { accessTo } from '#features/accounts/core/access.ts';
import { mayActAs } from '#features/accounts/core/person.ts';
import { getTextDirection } from '#i18n/runtime.js';
import { paraglideMiddleware } from '#i18n/server.js';

const who: Handle = async ({ event, resolve }) => {
  if (!globalThis.keepercheky) throw new Error('The pages were asked before the program had started');
  event.locals.app = globalThis.keepercheky;
  event.locals.user = await event.locals.app.accounts.whoIs(event.request.headers);
  const theme = event.cookies.get('theme');
  event.locals.theme = theme === 'dark' || theme === 'light' ? theme : 'system';
  return resolve(event);
};

/** The same list guards pages and API, see accounts/core/access.ts. */
const guard: Handle = async ({ event, resolve }) => {
  const { app, user } = event.locals;
  const needs = accessTo(event.request.method, event.url.pathname);
  if (needs === 'public') return resolve(event);
  if (!user) {
    if (!(await app.accounts.isSetUp())) redirect(303, '/welcome');
    const reads = event.request.method === 'GET';
    redirect(
      303,
      reads ? `/sign-in?next=${encodeURIComponent(event.url.pathname + event.url.search)}` : '/sign-in',
    );
  }
  if (!mayActAs(user, needs)) return refuse(event);
  return resolve(event);
};

/** An error inside a hook is a bare text to Kit; one inside a page is a page that says in words what is wrong. */
async function refuse(event: RequestEvent): Promise<Response> {
  const isForScript =
    event.isDataRequest || event.request.headers.get('accept')?.includes('application/json');
  if (isForScript) error(403);
  const { body, headers } = await event.fetch('/forbidden');
  return new Response(body, { status: 403, headers });
}

const language: Handle = ({ event, resolve }) =>
  paraglideMiddleware(event.request, ({ locale }) =>
    resolve(event, {
      // Both in one, because each replacing copies the page.
      transformPageChunk: ({ html }) =>
        html.replace(
          'lang="%lang%" data-theme="%theme%"',
          `lang="${locale}" dir="${getTextDirection(locale)}"${themeAttribute(event.locals.theme)}`,
        ),
    }),
  );

const themeAttribute = (theme: 'light' | 'dark' | 'system') =>
  theme === 'system' ? '' : ` data-theme="kc-${theme}"`;

export const handle = sequence(who, guard, language);

/** The address of a link that keeps a film is as good as the link. */
const withoutToken = (path: string): string => path.replace(/^\/keep\/.*/, '/keep/…');

export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind === 'unknown')
    event.locals.app.log.error(
      { part: 'pages', err: error, path: withoutToken(event.url.pathname) },
      'a page failed',
    );
};
