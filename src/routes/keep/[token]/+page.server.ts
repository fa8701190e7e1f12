import { error } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

/**
 * The address of this page is a secret: it goes to nobody, and nobody keeps the page. `no-referrer` would make browsers
 * post the form as from nowhere (`Origin: null`), which is refused as forged; this tells where from, and no path.
 */
const PRIVATE = {
  'referrer-policy': 'strict-origin',
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex, nofollow',
};

/** Changes nothing: scanners of mail servers open every link. Every kind of link is answered alike, with 200. */
export const load: PageServerLoad = async ({ locals, params, getClientAddress, setHeaders }) => {
  setHeaders(PRIVATE);
  const seen = await locals.app.notifications.keepLinks.look(params.token, getClientAddress());
  if (!seen.ok) error(429);
  return { state: seen.value };
};

export const actions: Actions = {
  default: async ({ locals, params, getClientAddress }) => {
    const used = await locals.app.notifications.keepLinks.use(params.token, getClientAddress());
    if (!used.ok) error(429);
    return { outcome: used.value };
  },
};
