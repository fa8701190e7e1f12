import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import compression from '@polka/compression';
import { ADDRESS_HEADER, HOST_HEADER, PROTOCOL_HEADER } from './platform/visit.ts';

export type Pages = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

export type FrontSettings = { origin: string | undefined; trustProxy: boolean };

const compress = compression({ level: 4, threshold: 1024 });

/**
 * A compressed stream would hold events back until its buffer is full, and a part of a file is a part of the file as it is,
 * not of what a compressor made of it.
 */
const goesAsItIs = (path: string) =>
  path === '/api/v1/events' || /^\/api\/v1\/media-files\/[^/]+(\/download)?$/.test(path);
/** Below /api only its documentation is a page. */
const isForApi = (path: string) => /^\/(api(\/|$)(?!docs(\/|$))|health$|metrics$)/.test(path);

/**
 * One port for everything. The API does not pass through SvelteKit: it serves 8 500 requests/s this way and 2 700
 * the other, and Kit's form check would answer 403 to API calls without a content type (measured, see decision 6).
 */
export function createFront(
  api: (request: Request) => Response | Promise<Response>,
  pages: Pages,
  settings: FrontSettings,
): Server {
  const apiListener = getRequestListener(api, { overrideGlobalObjects: false });
  return createServer((request, response) => {
    sayWhoAsks(request, settings);
    protectBrowser(response);
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const answer = () =>
      isForApi(path) ? void apiListener(request, response) : pages(request, response, notFound(response));
    if (goesAsItIs(path)) answer();
    else compress(request, response, answer);
  });
}

const notFound = (response: ServerResponse) => () => {
  response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
};

/** Overwrites what a client may have sent in our own headers; a proxy is believed only when the owner said so. */
function sayWhoAsks(request: IncomingMessage, { origin, trustProxy }: FrontSettings): void {
  const own = origin ? new URL(origin) : null;
  const forwarded = (name: string) => (trustProxy ? lastOf(request.headers[name]) : undefined);
  setHeaders(request, {
    [PROTOCOL_HEADER]: forwarded('x-forwarded-proto') ?? own?.protocol.slice(0, -1) ?? 'http',
    [HOST_HEADER]: forwarded('x-forwarded-host') ?? own?.host ?? request.headers.host ?? 'localhost',
    [ADDRESS_HEADER]: forwarded('x-forwarded-for') ?? request.socket.remoteAddress ?? 'unknown',
  });
}

/** Kit reads `headers`, Hono's listener reads `rawHeaders`: both have to say the same. */
function setHeaders(request: IncomingMessage, own: Readonly<Record<string, string>>): void {
  const kept: string[] = [];
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const [name = '', value = ''] = request.rawHeaders.slice(index, index + 2);
    if (!(name.toLowerCase() in own)) kept.push(name, value);
  }
  request.rawHeaders = [...kept, ...Object.entries(own).flat()];
  Object.assign(request.headers, own);
}

/** A proxy adds what it saw at the end; what stands before came from outside and can be made up. */
const lastOf = (header: string | string[] | undefined): string | undefined =>
  String(header ?? '')
    .split(',')
    .at(-1)
    ?.trim() || undefined;

function protectBrowser(response: ServerResponse): void {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'same-origin');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
}
