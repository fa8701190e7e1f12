import { empty, html, json, redirect, type Call, type Reply } from '../http.ts';
import type { createRouter } from '../router.ts';
import type { Servarr } from './house.ts';

/** Everything around the routes: base path, key, start-up and the pages for people. */
export function shell(servarr: Servarr, find: ReturnType<typeof createRouter>) {
  return async (call: Call): Promise<Reply> => {
    const { urlBase } = servarr.settings;
    if (urlBase && call.path !== urlBase && !call.path.startsWith(`${urlBase}/`)) {
      return redirect(307, `${urlBase}${call.path}`);
    }
    const path = call.path.slice(urlBase.length) || '/';
    if (servarr.isStarting)
      return json(503, { errorMessage: `${servarr.app} is starting up, please try again later` });
    if (path === '/ping') return json(200, { status: 'OK' });
    const isApi = path.startsWith('/api/');
    if (!isApi && !path.startsWith('/MediaCover/')) return page(servarr, path);
    if (!hasKey(servarr, call)) return empty(401);
    const inner = { ...call, path };
    const match = find(inner);
    return match ? match.handler({ ...inner, params: match.params }) : empty(404);
  };
}

function page(servarr: Servarr, path: string): Reply {
  if (servarr.settings.authentication === 'none' || path === '/login') return html(servarr.app);
  return redirect(302, `${servarr.settings.urlBase}/login?returnUrl=${encodeURIComponent(path)}`);
}

/** The query wins over the header, even when it is wrong. */
function hasKey(servarr: Servarr, call: Call): boolean {
  const key =
    call.query.get('apikey') ??
    call.headers['x-api-key'] ??
    call.headers.authorization?.replace(/^Bearer /, '');
  return key === servarr.settings.apiKey;
}
