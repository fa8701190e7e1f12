import type { Call, Handler, Route } from './http.ts';

export type Match = { handler: Handler; params: Record<string, string> };

/** First match wins, so a fixed word stands before a parameter. Paths are compared without regard to case. */
export function createRouter(routes: readonly Route[]) {
  const table = routes.map(([method, path, handler]) => ({ method, parts: path.split('/'), handler }));
  return (call: Pick<Call, 'method' | 'path'>): Match | undefined => {
    const parts = call.path.split('/');
    for (const route of table) {
      if (route.method !== call.method || route.parts.length !== parts.length) continue;
      const params = matchParts(route.parts, parts);
      if (params) return { handler: route.handler, params };
    }
    return undefined;
  };
}

function matchParts(
  pattern: readonly string[],
  parts: readonly string[],
): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, wanted] of pattern.entries()) {
    const part = parts[index] ?? '';
    if (wanted.startsWith(':')) {
      // Only digits for `:id#`, so that `/movie/editor` never counts as a number.
      if (wanted.endsWith('#') && !/^\d+$/.test(part)) return undefined;
      params[wanted.slice(1).replace('#', '')] = decodeURIComponent(part);
    } else if (wanted.toLowerCase() !== part.toLowerCase()) return undefined;
  }
  return params;
}
