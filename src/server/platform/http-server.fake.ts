import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { createHttp, type HttpClient, type HttpOptions } from './http.ts';

export const KEY = '0123456789abcdef0123456789abcdef';
export const GET = { path: 'thing' };
export const thing = z.object({ name: z.string() });

/** Real servers on this machine, and clients that ask them. */
export function createServers() {
  const servers: Server[] = [];

  async function listen(handler: RequestListener): Promise<string> {
    const server = createServer(handler);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  return {
    listen,

    /** Pauses are written down and not waited for. */
    async clientOf(handler: RequestListener, options: HttpOptions = {}) {
      const pauses: number[] = [];
      const url = await listen(handler);
      const http = createHttp({
        wait: async (ms) => void pauses.push(ms),
        now: () => new Date('2026-01-01T00:00:00Z'),
        ...options,
      });
      return { url, pauses, client: clientAt(http, url) };
    },

    /** With everything that is still open on them. */
    async closeAll(): Promise<void> {
      await Promise.all(
        servers.splice(0).map((server) => {
          const closed = new Promise((resolve) => server.close(resolve));
          server.closeAllConnections();
          return closed;
        }),
      );
    },
  };
}

export const clientAt = (http: ReturnType<typeof createHttp>, url: string): HttpClient =>
  http.at({ url, headers: { 'x-api-key': KEY }, secrets: [KEY] });

export const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

/** Every answer in turn; the last one again and again. */
export const inTurn = (...handlers: RequestListener[]) => {
  let calls = 0;
  const handler: RequestListener = (request, response) => {
    const next = handlers[Math.min(calls, handlers.length - 1)];
    calls += 1;
    next?.(request, response);
  };
  return { handler, calls: () => calls };
};

/** All that came, and how it ended. */
export async function collect<T>(batches: AsyncGenerator<readonly T[], unknown>) {
  const all: T[] = [];
  for (;;) {
    const next = await batches.next();
    if (next.done) return { all, end: next.value };
    all.push(...next.value);
  }
}
