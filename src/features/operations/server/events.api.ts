import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import type { Events, Topic } from '#server/platform/events.ts';

const listen = createRoute({
  method: 'get',
  path: '/events',
  tags: ['operations'],
  summary: 'Server-sent events: the name of what changed, so that a page can ask again',
  responses: { 200: { description: 'The stream', content: { 'text/event-stream': { schema: z.string() } } } },
});

/** Proxies close a connection that says nothing for a minute. */
const KEEP_ALIVE_MS = 25_000;

export function eventsApi(events: Events) {
  const api = new OpenAPIHono<ApiEnv>();
  api.openapi(listen, (c) => streamSSE(c, (out) => tellChanges(out, events)));
  return api;
}

/**
 * Tells each topic once, however often it changed while the client was slow: a client that reads nothing makes nothing
 * grow. Ends when the client leaves or the program stops.
 */
async function tellChanges(out: SSEStreamingApi, events: Events): Promise<void> {
  const changed = new Set<Topic>();
  let bell = Promise.withResolvers<undefined>();
  const ring = () => bell.resolve(undefined);
  const stop = events.listen((topic) => {
    changed.add(topic);
    ring();
  });
  const quiet = setInterval(ring, KEEP_ALIVE_MS);
  events.ended.addEventListener('abort', ring);
  out.onAbort(ring);
  await out.writeSSE({ event: 'hello', data: '', retry: 3000 });
  const isOver = () => out.aborted || events.ended.aborted;
  while (!isOver()) {
    await bell.promise;
    bell = Promise.withResolvers();
    if (!isOver()) await tell(out, changed);
  }
  events.ended.removeEventListener('abort', ring);
  clearInterval(quiet);
  stop();
}

async function tell(out: SSEStreamingApi, changed: Set<Topic>): Promise<void> {
  if (changed.size === 0) await out.writeSSE({ event: 'still-here', data: '' });
  const topics = [...changed];
  changed.clear();
  for (const data of topics) await out.writeSSE({ event: 'change', data });
}
