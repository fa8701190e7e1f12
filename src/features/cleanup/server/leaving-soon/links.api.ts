import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { problemResponse, problems, refuseInvalid } from '#server/platform/problem.ts';
import { folderWords } from './links.errors.ts';
import type { LinkService } from './links.service.ts';

const { orRefuse } = problems({ 'links.no-folder': [409, folderWords['links.no-folder']] });

/** `code` names it, as in the description of each; what else is said of it differs. */
const problemOfLinks = z.object({ code: z.string().openapi({ example: 'links.not-there' }) }).loose();

const stateSchema = z
  .object({
    connectionId: z.string(),
    name: z.string(),
    links: z.number().int(),
    updatedAt: z.iso.datetime().nullable(),
    problem: problemOfLinks.nullable(),
    leftLibraries: z
      .array(z.string())
      .openapi({ description: 'Libraries that show nothing any more; they are never deleted for you' }),
  })
  .openapi('LinkState');

const proofs = [
  'proven',
  'file-not-seen',
  'folder-not-seen',
  'not-followed',
  'not-provable',
  'no-file',
  'problem',
] as const;

const testSchema = z
  .object({
    connectionId: z.string(),
    name: z.string(),
    proof: z.object({ is: z.enum(proofs) }).loose(),
  })
  .openapi('LinkTest');

const tags = ['cleanup'];
const listOf = <T extends z.ZodType>(schema: T) => ({
  content: { 'application/json': { schema: z.array(schema) } },
});

const routes = {
  state: createRoute({
    method: 'get',
    path: '/settings/links',
    tags,
    summary: 'The links to what leaves soon, in each media server',
    responses: { 200: { description: 'One for each media server that has had any', ...listOf(stateSchema) } },
  }),
  test: createRoute({
    method: 'post',
    path: '/settings/links/test',
    tags,
    summary: 'Try a link with a real file in every media server',
    responses: {
      200: { description: 'What each of them sees', ...listOf(testSchema) },
      409: problemResponse('No folder is set'),
    },
  }),
};

export function linksApi(links: Pick<LinkService, 'state' | 'test'>) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });
  api.openapi(routes.state, async (c) => {
    const states = await links.state();
    return c.json(
      states.map(({ updatedAt, problem, leftLibraries, ...state }) => ({
        ...state,
        updatedAt: updatedAt?.toISOString() ?? null,
        problem: problem && { ...problem },
        leftLibraries: [...leftLibraries],
      })),
      200,
    );
  });
  api.openapi(routes.test, async (c) => {
    const tests = orRefuse(await links.test());
    return c.json(
      tests.map(({ proof, ...test }) => ({ ...test, proof: { ...proof } })),
      200,
    );
  });
  return api;
}
