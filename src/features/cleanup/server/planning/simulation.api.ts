import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { PolicyId } from '#core/ids.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { problemResponse, refuseInvalid } from '#server/platform/problem.ts';
import { orRefuse } from '../errors.ts';
import type { PlanningService } from './planning.service.ts';
import type { PolicyNotFound } from '../policies/policies.service.ts';
import { simulationAnswer, simulationSchema } from './simulation.schemas.ts';
import type { Result } from '#core/result.ts';
import type { SimulatedPolicy } from './simulation.service.ts';

const simulation = createRoute({
  method: 'get',
  path: '/schedules/{id}/simulation',
  tags: ['schedules'],
  summary: 'What a policy would do in the next 90 days if it were armed now. Stores nothing',
  request: { params: z.object({ id: z.string().min(1).max(100) }) },
  responses: {
    200: {
      description: 'Disks by day, removals by week, and the titles that go first',
      content: { 'application/json': { schema: simulationSchema } },
    },
    404: problemResponse('There is no such schedule'),
  },
});

export function simulationApi(planning: Pick<PlanningService, 'simulate'>) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });
  api.openapi(simulation, async (c) => {
    // A stored policy was validated when it was saved; only a draft can be invalid.
    const made = await planning.simulate({ id: c.req.valid('param').id as PolicyId });
    return c.json(simulationAnswer(orRefuse(made as Result<SimulatedPolicy, PolicyNotFound>)), 200);
  });
  return api;
}
