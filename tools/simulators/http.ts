import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request as the simulators see it. `path` is without the base path. */
export type Call = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: Buffer;
  params: Record<string, string>;
};

export type Reply = {
  status: number;
  type?: string;
  body?: string | Buffer;
  headers?: Record<string, string>;
  /** Takes the request and never answers, as Seerr does when a handler is stuck. */
  isSilent?: true;
};

export type Handler = (call: Call) => Reply | Promise<Reply>;
export type Route = readonly [method: string, path: string, handler: Handler];

export const jsonText = (status: number, body: string): Reply => ({
  status,
  type: 'application/json; charset=utf-8',
  body,
});
export const json = (status: number, value: unknown): Reply => jsonText(status, JSON.stringify(value));
export const empty = (status: number): Reply => ({ status });
export const text = (status: number, body: string): Reply => ({
  status,
  type: 'text/plain; charset=utf-8',
  body,
});
export const silent: Reply = { status: 0, isSilent: true };
export const redirect = (status: 302 | 307, location: string): Reply => ({ status, headers: { location } });
export const html = (title: string): Reply => ({
  status: 200,
  type: 'text/html; charset=utf-8',
  body: `<!doctype html><html><head><title>${title}</title></head><body><div id="root"></div></body></html>`,
});

/** The body as JSON; undefined when there is none or it is none. */
export function bodyOf(call: Call): unknown {
  if (call.body.length === 0) return undefined;
  try {
    return JSON.parse(call.body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** The body as an object to look fields up in; anything else has no fields. */
export function fieldsOf(call: Call): Record<string, unknown> {
  const value = bodyOf(call);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

export const numbersOf = (value: unknown): number[] =>
  Array.isArray(value) ? value.filter((one): one is number => typeof one === 'number') : [];

/** `a=1&a=2` and `a=1,2` are both seen in the wild. */
export const numbersIn = (query: URLSearchParams, name: string): number[] =>
  query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .filter(Boolean)
    .map(Number);

/** ASP.NET reads query names without regard to case. */
export function lowerQuery(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams(
    [...query].map(([name, value]): [string, string] => [name.toLowerCase(), value]),
  );
}

export const isTrue = (value: unknown): boolean => value === true || String(value).toLowerCase() === 'true';

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

export function send(response: ServerResponse, reply: Reply): void {
  if (reply.isSilent) return;
  const body = reply.body === undefined ? undefined : Buffer.from(reply.body);
  response.writeHead(reply.status, {
    ...(reply.type ? { 'content-type': reply.type } : {}),
    ...(reply.status === 204 ? {} : { 'content-length': String(body?.length ?? 0) }),
    ...reply.headers,
  });
  response.end(body);
}
