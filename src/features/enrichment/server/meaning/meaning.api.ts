import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { problemResponse, refuseInvalidIn } from '#server/platform/problem.ts';
import { problemText } from '../../core/model.ts';
import { fieldWords } from '../speech/models.errors.ts';
import { orRefuse } from './meaning.errors.ts';
import { meaningModelChange } from './meaning.schemas.ts';
import type { MeaningDraft, MeaningService, MeaningTest } from './meaning.service.ts';

const tags = ['models'];
const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
const body = <T extends z.ZodType>(schema: T) => ({ body: { ...json(schema), required: true } });

const given = z
  .string()
  .nullable()
  .openapi({ description: 'Null: as the name of the model says, such as "query: " for E5' });

const answer = z
  .object({
    isOn: z.boolean(),
    url: z.string().openapi({ example: 'http://ollama:11434/v1' }),
    model: z.string().openapi({ example: 'bge-m3' }),
    hasKey: z.boolean(),
    queryPrefix: given,
    passagePrefix: given,
    prefixes: z
      .object({ query: z.string(), passage: z.string() })
      .openapi({ description: 'What is put before a question and before a passage' }),
    dimensions: z
      .number()
      .int()
      .nullable()
      .openapi({ description: 'How many numbers its vectors have; null until it was turned on once' }),
  })
  .openapi('MeaningModel');

const testAnswer = z
  .object({
    ok: z.boolean(),
    ms: z.number().int().nullable().openapi({ description: 'How long the answer took' }),
    dimensions: z
      .number()
      .int()
      .nullable()
      .openapi({ description: 'Into how many numbers "hola" was turned' }),
    prefix: z.string().nullable().openapi({ description: 'What was put before it' }),
    problem: z.string().nullable(),
    models: z.array(z.string()).openapi({ description: 'What is there, when this model is not' }),
  })
  .openapi('MeaningModelTest');

const refused = problemResponse('A value is wrong');
const routes = {
  read: createRoute({
    method: 'get',
    path: '/models/meaning',
    tags,
    summary: 'The model that turns text into vectors, for search by meaning',
    responses: { 200: { description: 'The model, without its key', ...json(answer) } },
  }),
  change: createRoute({
    method: 'patch',
    path: '/models/meaning',
    tags,
    summary: 'Change some of it, turn it on or off',
    description:
      'What is left out stays. A saved key is only ever sent to the server it was given for; null takes it away. A model that is on is asked for a few vectors before it is saved.',
    request: body(meaningModelChange),
    responses: {
      200: { description: 'The model as it is now', ...json(answer) },
      400: refused,
      502: problemResponse('The model gave no vectors; nothing was saved'),
    },
  }),
  test: createRoute({
    method: 'post',
    path: '/models/meaning/test',
    tags,
    summary: 'Have one word turned into a vector, with these values in the place of the saved ones',
    request: body(meaningModelChange),
    responses: { 200: { description: 'How it went', ...json(testAnswer) }, 400: refused },
  }),
};

const nothing = { ms: null, dimensions: null, prefix: null };

const toTest = (test: MeaningTest): z.infer<typeof testAnswer> =>
  test.ok
    ? { ...test, problem: null, models: [] }
    : { ok: false, ...nothing, problem: problemText(test.problem), models: [...test.choices] };

export function meaningApi({ meaning }: { meaning: MeaningService }) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidIn(fieldWords) });

  const drafted = async ({ key, ...change }: z.infer<typeof meaningModelChange>): Promise<MeaningDraft> => {
    const { isOn, url, model, queryPrefix, passagePrefix } = await meaning.read();
    const saved = { isOn, url, model, queryPrefix, passagePrefix };
    const changed = Object.entries(change).filter(([, value]) => value !== undefined);
    return { ...saved, ...Object.fromEntries(changed), key };
  };

  api.openapi(routes.read, async (c) => c.json(await meaning.read(), 200));
  api.openapi(routes.change, async (c) =>
    c.json(orRefuse(await meaning.save(await drafted(c.req.valid('json')))), 200),
  );
  api.openapi(routes.test, async (c) =>
    c.json(toTest(orRefuse(await meaning.test(await drafted(c.req.valid('json'))))), 200),
  );
  return api;
}
