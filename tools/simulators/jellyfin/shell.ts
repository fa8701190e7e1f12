import { empty, html, json, redirect, type Call, type Reply } from '../http.ts';
import type { createRouter } from '../router.ts';
import type { Jellyfin } from './house.ts';
import { publicInfo } from './system.ts';

/** Everything around the routes: base path, key, start-up and the web client. */
export function shell(jellyfin: Jellyfin, find: ReturnType<typeof createRouter>) {
  return async (call: Call): Promise<Reply> => {
    const { urlBase } = jellyfin.settings;
    if (urlBase && call.path !== urlBase && !call.path.startsWith(`${urlBase}/`))
      return redirect(302, `${urlBase}/web/`);
    const path = call.path.slice(urlBase.length) || '/';
    if (jellyfin.isStarting) {
      return {
        status: 503,
        type: 'text/html',
        body: '<p>The server is still starting.</p>',
        headers: { 'retry-after': '5' },
      };
    }
    if (path === '/') return redirect(302, `${urlBase}/web/`);
    if (path.startsWith('/web')) return html('Jellyfin');
    if (/^\/system\/info\/public$/i.test(path)) return json(200, publicInfo(jellyfin));
    const inner = { ...call, path };
    const match = find(inner);
    if (!match) return empty(404);
    // Pictures are for everybody.
    const isPicture = call.method === 'GET' && /\/images\//i.test(path);
    if (!isPicture && keyOf(jellyfin, call) !== jellyfin.settings.apiKey) return empty(401);
    return match.handler({ ...inner, params: match.params });
  };
}

/** `MediaBrowser Token="…"`; the older ways only where they are still allowed (off in 12). */
function keyOf({ settings }: Jellyfin, call: Call): string | undefined {
  const { authorization } = call.headers;
  const header = settings.legacyAuth
    ? (authorization ?? single(call.headers['x-emby-authorization']))
    : authorization;
  const scheme = settings.legacyAuth ? /^(MediaBrowser|Emby) /i : /^MediaBrowser /i;
  if (header && scheme.test(header)) {
    const token = /Token="?([^",\s]+)"?/i.exec(header)?.[1];
    if (token) return decodeURIComponent(token);
  }
  const plain = call.query.get('ApiKey');
  if (plain !== null) return plain;
  if (!settings.legacyAuth) return undefined;
  return (
    single(call.headers['x-emby-token']) ??
    single(call.headers['x-mediabrowser-token']) ??
    call.query.get('api_key') ??
    undefined
  );
}

const single = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;
