import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Person } from '#features/accounts/core/person.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import type { HealthReport } from './health.service.ts';

type Deps = {
  health: () => Promise<HealthReport>;
  metrics: { contentType: string; text: () => Promise<string> };
  whoIs: (headers: Headers) => Promise<Person | null>;
};

const health = createRoute({
  method: 'get',
  path: '/health',
  tags: ['operations'],
  summary: 'Whether the program works, part by part; names and reasons only for people who are signed in',
  responses: {
    200: {
      description: 'It works',
      content: { 'application/json': { schema: z.object({ status: z.string() }).loose() } },
    },
    503: {
      description: 'It does not work',
      content: { 'application/json': { schema: z.object({ status: z.string() }).loose() } },
    },
  },
});

/** For strangers (a container's health check, a monitor): states without names, numbers and reasons. */
const forStrangers = (report: HealthReport) => ({
  status: report.status,
  version: report.version,
  database: { state: report.database.state },
  queue: { state: report.queue.state },
  disk: { state: report.disk.state },
  media: { state: report.media.state },
  enrichment: { state: report.enrichment.state },
  services: report.services.map(({ kind, state }) => ({ kind, state })),
});

export function edgeApi({ health: report, metrics, whoIs }: Deps) {
  const api = new OpenAPIHono<ApiEnv>();

  api.openapi(health, async (c) => {
    const [full, person] = await Promise.all([report(), whoIs(c.req.raw.headers).catch(() => null)]);
    c.header('cache-control', 'no-store');
    return c.json(person ? { ...full } : forStrangers(full), full.status === 'failed' ? 503 : 200);
  });

  api.get('/metrics', async (c) =>
    c.text(await metrics.text(), 200, { 'content-type': metrics.contentType }),
  );

  return api;
}
