import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { err } from '#core/result.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { problemResponse, problems, refuseInvalid } from '#server/platform/problem.ts';
import {
  choiceOf,
  restoreBody,
  restorePreviewSchema,
  restoreSchema,
  showRestore,
  showRestorePreview,
} from './restore.schemas.ts';
import type { RestoreService } from './restore.service.ts';

const { orRefuse } = problems({
  'cleanup.removal-not-found': [404, 'There is no such removal'],
  'cleanup.never-restored': [404, 'Nobody asked to undo this removal'],
  'cleanup.not-removed': [409, 'Nothing of this item was removed or changed'],
  'cleanup.removal-under-way': [409, 'This item is being removed now'],
  'cleanup.nothing-remembered': [409, 'Nothing was noted of how the item stood before'],
  'cleanup.restored-already': [409, 'This removal was undone already'],
  'cleanup.restore-under-way': [409, 'This removal is being undone now'],
});

const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
const params = z.object({ id: z.string().min(1).max(100) });
const tags = ['cleanup'];
const refusals = {
  404: problemResponse('No such removal'),
  409: problemResponse('It was undone already, is being undone, or never removed anything'),
};

const routes = {
  preview: createRoute({
    method: 'get',
    path: '/removals/{id}/restore',
    tags,
    summary: 'What undoing a removal would do, and where the title could go',
    request: { params },
    responses: { 200: { description: 'Nothing is changed', ...json(restorePreviewSchema) }, ...refusals },
  }),
  begin: createRoute({
    method: 'post',
    path: '/removals/{id}/restore',
    tags,
    summary: 'Undo a removal: the title back to its service as it was, step by step',
    request: { params, body: json(restoreBody) },
    responses: { 202: { description: 'It will be done', ...json(restoreSchema) }, ...refusals },
  }),
  state: createRoute({
    method: 'get',
    path: '/removals/{id}/restores/latest',
    tags,
    summary: 'How far the newest undoing of a removal has got',
    request: { params },
    responses: {
      200: { description: 'The restore', ...json(restoreSchema) },
      404: problemResponse('Nobody asked for one'),
    },
  }),
};

export type RestoreApiDeps = {
  restores: Pick<RestoreService, 'preview' | 'begin' | 'latest'>;
  /** Puts the job into the queue. */
  start: () => Promise<unknown>;
};

export function restoreApi({ restores, start }: RestoreApiDeps) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

  api.openapi(routes.preview, async (c) =>
    c.json(showRestorePreview(orRefuse(await restores.preview(c.req.valid('param').id))), 200),
  );

  api.openapi(routes.begin, async (c) => {
    const { id, name } = c.get('person');
    const choice = choiceOf(c.req.valid('json'));
    const restore = orRefuse(await restores.begin(c.req.valid('param').id, { choice, by: { id, name } }));
    await start();
    return c.json(showRestore(restore), 202);
  });

  api.openapi(routes.state, async (c) => {
    const [latest] = await restores.latest([c.req.valid('param').id]);
    return c.json(showRestore(latest ?? orRefuse(err({ code: 'cleanup.never-restored' }))), 200);
  });

  return api;
}
