import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { stream } from 'hono/streaming';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { listOf } from '#server/platform/answers.ts';
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
  request: { query: logQuery.strict() },
  responses: {
    200: { description: 'Entries', content: { 'application/json': { schema: listOf(logEntry) } } },
  },
});

const exportLogs = createRoute({
  method: 'get',
  path: '/logs/export',
  tags,
  summary: 'All log entries that pass the filter, as lines of JSON',
  request: { query: logQuery.strict() },
  responses: {
    200: { description: 'The lines', content: { 'application/x-ndjson': { schema: z.string() } } },
  },
});

const filterOf = (query: z.infer<typeof logQuery>): LogFilter => ({
  level: query.level,
  text: query.text,
  part: query.part ?? null,
});

export function operationsApi(logs: LogFiles) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

  api.openapi(listLogs, async (c) => {
    const query = c.req.valid('query');
    return c.json({ items: await logs.newest(filterOf(query), query.most) }, 200);
  });

  api.openapi(exportLogs, (c) => {
    c.header('content-type', 'application/x-ndjson');
    c.header('content-disposition', 'attachment; filename="keepercheky.log"');
    return stream(c, async (out) => {
      for await (const line of logs.exportLines(filterOf(c.req.valid('query')))) await out.write(line);
    }) as never;
  });

  return api;
}
