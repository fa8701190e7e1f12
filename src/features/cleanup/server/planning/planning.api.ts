import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { PlanId, PolicyId } from '#core/ids.ts';
import { err, type Result } from '#core/result.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { listOf } from '#server/platform/answers.ts';
import { problemResponse, refuseInvalid } from '#server/platform/problem.ts';
import {
  entryAnswer,
  planWithEntries,
  fateSchema,
  planAnswer,
  planSchema,
  scheduleAnswer,
  scheduleSchema,
} from './answers.ts';
import { orRefuse, policyErrors } from '../errors.ts';
import type { PlanningService } from './planning.service.ts';
import type { PolicyNotFound } from '../policies/policies.service.ts';
import type { PolicyInvalid } from '../policies/policy-checks.ts';
import { draftOf, policySchema } from '../policies/policy.schemas.ts';

const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
const body = <T extends z.ZodType>(schema: T) => ({ body: { ...json(schema), required: true as const } });
const params = z.object({ id: z.string().min(1).max(100) });
const tags = ['schedules'];
const notFound = { 404: problemResponse('There is no such schedule') };
const invalid = { 400: problemResponse('Something in it is wrong; `errors` says what, field by field') };
const answersSchedule = { 200: { description: 'The schedule', ...json(scheduleSchema) } };
/** Large enough for a person to look at, small enough for a server with 4 GiB. */
const ENTRIES_AT_ONCE = 100;

const pageQuery = z.strictObject({
  fate: fateSchema.optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(500).default(ENTRIES_AT_ONCE),
});

/** `disarmed`: it was armed, would have removed more than before, and therefore is not armed any more. */
const savedSchema = scheduleSchema.extend({ disarmed: z.boolean() }).openapi('SavedSchedule');

const routes = {
  list: createRoute({
    method: 'get',
    path: '/schedules',
    tags,
    summary: 'Every policy with its schedule and its last plan',
    responses: { 200: { description: 'Schedules', ...json(listOf(scheduleSchema)) } },
  }),
  find: createRoute({
    method: 'get',
    path: '/schedules/{id}',
    tags,
    summary: 'One policy',
    request: { params },
    responses: { ...answersSchedule, ...notFound },
  }),
  add: createRoute({
    method: 'post',
    path: '/schedules',
    tags,
    summary: 'Add a policy. It runs dry until it is armed',
    request: body(policySchema),
    responses: { 201: { description: 'Added', ...json(savedSchema) }, ...invalid },
  }),
  save: createRoute({
    method: 'put',
    path: '/schedules/{id}',
    tags,
    summary: 'Replace a policy. An armed one that would remove more than before is disarmed',
    request: { params, ...body(policySchema) },
    responses: { 200: { description: 'Saved', ...json(savedSchema) }, ...invalid, ...notFound },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/schedules/{id}',
    tags,
    summary: 'Remove a policy with its plans. What it removed stays in the history',
    request: { params },
    responses: { 204: { description: 'Removed' }, ...notFound },
  }),
  toggle: createRoute({
    method: 'post',
    path: '/schedules/{id}/toggle',
    tags,
    summary: 'Switch a policy on or off',
    request: { params, body: json(z.strictObject({ enabled: z.boolean().optional() })) },
    responses: { ...answersSchedule, ...notFound },
  }),
  arm: createRoute({
    method: 'post',
    path: '/schedules/{id}/arm',
    tags,
    summary: 'Arm a policy: from now on its runs remove what they plan',
    request: { params },
    responses: {
      ...answersSchedule,
      ...notFound,
      409: problemResponse('An exclusion tag exists nowhere, or a run would be stopped at this moment'),
    },
  }),
  disarm: createRoute({
    method: 'post',
    path: '/schedules/{id}/disarm',
    tags,
    summary: 'Disarm a policy: its runs are dry again',
    request: { params },
    responses: { ...answersSchedule, ...notFound },
  }),
  preview: createRoute({
    method: 'get',
    path: '/schedules/{id}/preview',
    tags,
    summary: 'What a run would do at this moment. Stores nothing',
    request: { params, query: pageQuery },
    responses: { 200: { description: 'The plan', ...json(planWithEntries) }, ...notFound },
  }),
  previewAgain: createRoute({
    method: 'post',
    path: '/schedules/{id}/preview',
    tags,
    summary: 'The same as GET, for clients that can only press a button',
    request: { params, query: pageQuery },
    responses: { 200: { description: 'The plan', ...json(planWithEntries) }, ...notFound },
  }),
  previewDraft: createRoute({
    method: 'post',
    path: '/schedules/preview',
    tags,
    summary: 'What a policy would do that is not saved yet. Stores nothing',
    request: { query: pageQuery, ...body(policySchema) },
    responses: { 200: { description: 'The plan', ...json(planWithEntries) }, ...invalid },
  }),
  plan: createRoute({
    method: 'post',
    path: '/schedules/{id}/plan',
    tags,
    summary: 'Make and store a plan now, without carrying it out',
    request: { params },
    responses: {
      201: { description: 'The plan', ...json(planSchema) },
      ...notFound,
      409: problemResponse('The library is being read or cleaned up'),
    },
  }),
  findPlan: createRoute({
    method: 'get',
    path: '/plans/{id}',
    tags,
    summary: 'A stored plan, its entries by pages. What is simply kept is only counted',
    request: { params, query: pageQuery },
    responses: {
      200: { description: 'The plan', ...json(planWithEntries) },
      404: problemResponse('There is no such plan'),
    },
  }),
};

const policyIdOf = (c: { req: { valid(target: 'param'): { id: string } } }): PolicyId =>
  c.req.valid('param').id as PolicyId;

/** What is wrong with a policy is told as every other refused request: field by field. */
const orRefuseDraft = <V>(result: Result<V, PolicyNotFound | PolicyInvalid>): V =>
  orRefuse(
    result.ok || result.error.code !== 'cleanup.policy-invalid'
      ? (result as Result<V, PolicyNotFound>)
      : err({ code: result.error.code, errors: policyErrors(result.error.problems) }),
  );

export function planningApi(planning: PlanningService) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });
  const answer = async (id: PolicyId) => scheduleAnswer(orRefuse(await planning.findPolicy(id)));

  const preview = (
    made: Awaited<ReturnType<PlanningService['preview']>>,
    name: string,
    page: z.output<typeof pageQuery>,
  ) => {
    const plan = orRefuseDraft(made);
    const wanted = page.fate ? plan.entries.filter(({ fate }) => fate.is === page.fate) : plan.entries;
    const from = (page.page - 1) * page.pageSize;
    const entries = wanted.slice(from, from + page.pageSize).map(entryAnswer);
    return { ...planAnswer(plan, name), entries: { items: entries, total: wanted.length } };
  };

  api.openapi(routes.list, async (c) =>
    c.json({ items: (await planning.listPolicies()).map(scheduleAnswer) }, 200),
  );

  api.openapi(routes.find, async (c) => c.json(await answer(policyIdOf(c)), 200));

  api.openapi(routes.add, async (c) => {
    const { policy, disarmed } = orRefuseDraft(await planning.addPolicy(draftOf(c.req.valid('json'))));
    return c.json({ ...(await answer(policy.id)), disarmed }, 201);
  });

  api.openapi(routes.save, async (c) => {
    const saved = orRefuseDraft(await planning.savePolicy(policyIdOf(c), draftOf(c.req.valid('json'))));
    return c.json({ ...(await answer(saved.policy.id)), disarmed: saved.disarmed }, 200);
  });

  api.openapi(routes.remove, async (c) => {
    orRefuse(await planning.removePolicy(policyIdOf(c)));
    return c.body(null, 204);
  });

  api.openapi(routes.toggle, async (c) => {
    const id = policyIdOf(c);
    const { enabled }: { enabled?: boolean | undefined } = c.req.valid('json');
    const { policy } = orRefuse(await planning.findPolicy(id));
    orRefuse(await planning.setEnabled(id, enabled ?? !policy.enabled));
    return c.json(await answer(id), 200);
  });

  api.openapi(routes.arm, async (c) => {
    orRefuse(await planning.arm(policyIdOf(c)));
    return c.json(await answer(policyIdOf(c)), 200);
  });

  api.openapi(routes.disarm, async (c) => {
    orRefuse(await planning.disarm(policyIdOf(c)));
    return c.json(await answer(policyIdOf(c)), 200);
  });

  const previewSaved = async (id: PolicyId, page: z.output<typeof pageQuery>) => {
    const { policy } = orRefuse(await planning.findPolicy(id));
    return preview(await planning.preview({ id }), policy.name, page);
  };

  api.openapi(routes.preview, async (c) =>
    c.json(await previewSaved(policyIdOf(c), c.req.valid('query')), 200),
  );

  api.openapi(routes.previewAgain, async (c) =>
    c.json(await previewSaved(policyIdOf(c), c.req.valid('query')), 200),
  );

  api.openapi(routes.previewDraft, async (c) => {
    const draft = draftOf(c.req.valid('json'));
    return c.json(preview(await planning.preview({ draft }), draft.name, c.req.valid('query')), 200);
  });

  api.openapi(routes.plan, async (c) => {
    const id = policyIdOf(c);
    const plan = orRefuse(await planning.planNow(id));
    const { policy } = orRefuse(await planning.findPolicy(id));
    return c.json(planAnswer(plan, policy.name), 201);
  });

  api.openapi(routes.findPlan, async (c) => {
    const { fate, page, pageSize } = c.req.valid('query');
    const wanted = { fate, offset: (page - 1) * pageSize, limit: pageSize };
    const { plan, entries, total } = orRefuse(
      await planning.findPlan(c.req.valid('param').id as PlanId, wanted),
    );
    const answered = planAnswer(plan, plan.policyName);
    return c.json({ ...answered, entries: { items: entries.map(entryAnswer), total } }, 200);
  });

  return api;
}
