import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { stream, streamSSE } from 'hono/streaming';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import type { Events } from '#server/platform/events.ts';
import { refuseInvalid } from '#server/platform/problem.ts';
import { logLevels, type LogFilter } from '../core/log-entry.ts';
import type { LogFiles } from './ports.ts';
import { logQuery } from './schemas.ts';

const logEntry = z
  .object({
    at: z.iso.datetime(),
    level: z.enum(logLevels),
    part: z.string().nullable(),
    text: z.string(),
    more: z.string(),
  })
  .openapi('LogEntry');

const tags = ['operations'];

const listLogs = createRoute({
  method: 'get',
  path: '/logs',
  tags,
  summary: 'The newest log entries that pass the filter, newest first',
  request: { query: logQuery },
  responses: {
    200: { description: 'Entries', content: { 'application/json': { schema: z.array(logEntry) } } },
  },
});

const exportLogs = createRoute({
  method: 'get',
  path: '/logs/export',
  tags,
  summary: 'All log entries that pass the filter, as lines of JSON',
  request: { query: logQuery },
  responses: {
    200: { description: 'The lines', content: { 'application/x-ndjson': { schema: z.string() } } },
  },
});

const listen = createRoute({
  method: 'get',
  path: '/events',
  tags,
  summary: 'Server-sent events: the name of what changed, so that a page can ask again',
  responses: { 200: { description: 'The stream', content: { 'text/event-stream': { schema: z.string() } } } },
});

const filterOf = (query: z.infer<typeof logQuery>): LogFilter => ({
  level: query.level,
  text: query.text,
  part: query.part ?? null,
});

/** Proxies close a connection that says nothing for a minute. */
const KEEP_ALIVE_MS = 25_000;

export function operationsApi({ logs, events }: { logs: LogFiles; events: Events }) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

  api.openapi(listLogs, async (c) => {
    const query = c.req.valid('query');
    return c.json(await logs.newest(filterOf(query), query.most), 200);
  });

  api.openapi(exportLogs, (c) => {
    c.header('content-type', 'application/x-ndjson');
    c.header('content-disposition', 'attachment; filename="keepercheky.log"');
    return stream(c, async (out) => {
      for await (const line of logs.exportLines(filterOf(c.req.valid('query')))) await out.write(line);
    }) as never;
  });

  api.openapi(
    listen,
    (c) =>
      streamSSE(c, async (out) => {
        const { promise: left, resolve: leave } = Promise.withResolvers<undefined>();
        const quiet = setInterval(() => void out.writeSSE({ event: 'still-here', data: '' }), KEEP_ALIVE_MS);
        const stop = events.listen((topic) => void out.writeSSE({ event: 'change', data: topic }));
        out.onAbort(() => leave(undefined));
        await out.writeSSE({ event: 'hello', data: '', retry: 3000 });
        await left;
        clearInterval(quiet);
        stop();
      }) as never,
  );

  return api;
}
