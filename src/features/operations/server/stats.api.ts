import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import type { StatsService } from './stats.service.ts';

const bytes = z.number().nullable();

const statsSchema = z
  .object({
    library: z.array(z.object({ kind: z.string(), items: z.number().int(), bytes: z.number() })),
    disks: z.array(z.object({ path: z.string(), freeBytes: bytes, totalBytes: bytes })),
    leaving: z.object({ items: z.number().int(), bytes: z.number(), next: z.iso.datetime().nullable() }),
    lastSync: z.object({ state: z.string(), finishedAt: z.iso.datetime().nullable() }).nullable(),
    lastRun: z
      .object({
        id: z.string(),
        mode: z.string(),
        outcome: z.looseObject({}),
        endedAt: z.iso.datetime().nullable(),
      })
      .nullable(),
    services: z.array(
      z.object({ kind: z.string(), name: z.string(), state: z.string(), why: z.string().nullable() }),
    ),
  })
  .openapi('Stats');

const stats = createRoute({
  method: 'get',
  path: '/stats',
  tags: ['operations'],
  summary: 'The numbers of the whole house at one look',
  responses: {
    200: { description: 'The numbers', content: { 'application/json': { schema: statsSchema } } },
  },
});

export function statsApi(service: StatsService) {
  const api = new OpenAPIHono<ApiEnv>();
  api.openapi(stats, async (c) => {
    const read = await service.read();
    return c.json(
      { ...read, lastRun: read.lastRun && { ...read.lastRun, outcome: { ...read.lastRun.outcome } } },
      200,
    );
  });
  return api;
}
