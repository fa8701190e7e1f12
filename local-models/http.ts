import type { IncomingMessage, ServerResponse } from 'node:http';

export type Reply = { status: number; type: 'application/json' | 'text/plain; charset=utf-8'; body: string };

export const json = (status: number, value: unknown): Reply => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
});

export const text = (body: string): Reply => ({ status: 200, type: 'text/plain; charset=utf-8', body });

/** A refusal as OpenAI words it. `param` is the field that is wrong. */
export function problem(
  status: number,
  message: string,
  { code = null, param = null }: { code?: string | null; param?: string | null } = {},
): Reply {
  const type = status >= 500 ? 'server_error' : 'invalid_request_error';
  return json(status, { error: { message, type, param, code } });
}

/** So much more is read and forgotten: who is cut off while still sending never reads why. */
const FORGOTTEN = 8;

/** Null when there is more than that. */
export async function bodyOf(request: IncomingMessage, mostBytes: number): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= mostBytes) parts.push(part);
    else parts.length = 0;
    if (size > mostBytes * FORGOTTEN) break;
  }
  return size > mostBytes ? null : Buffer.concat(parts);
}

export function send(response: ServerResponse, { status, type, body }: Reply): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    // What was not read of a request that is too large would be taken for the next one.
    ...(status === 413 ? { connection: 'close' } : {}),
  });
  response.end(body);
}
