import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Sha256 } from '#core/ids.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { problemResponse, refuseInvalidIn } from '#server/platform/problem.ts';
import { problemText } from '../../core/model.ts';
import { fieldWords, orRefuse, orRefuseAgain } from './models.errors.ts';
import type { ModelDraft } from '../model-drafts.ts';
import type { ModelsService, ModelTest } from './models.service.ts';
import { speechModelChange } from './speech.schemas.ts';
import type { SpeechService } from './speech.service.ts';

const tags = ['models'];
const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
const body = <T extends z.ZodType>(schema: T) => ({ body: { ...json(schema), required: true } });

const answer = z
  .object({
    isOn: z.boolean(),
    url: z.string().openapi({ example: 'http://speaches:8000/v1' }),
    model: z.string().openapi({ example: 'whisper-1' }),
    hasKey: z.boolean(),
  })
  .openapi('SpeechModel');

const testAnswer = z
  .object({
    ok: z.boolean(),
    ms: z.number().int().nullable().openapi({ description: 'How long the answer took' }),
    text: z.string().nullable().openapi({ description: 'What it understood of the word "hola"' }),
    language: z.string().nullable(),
    problem: z.string().nullable(),
    models: z.array(z.string()).openapi({ description: 'What is there, when this model is not' }),
  })
  .openapi('SpeechModelTest');

const refused = problemResponse('A value is wrong');
const routes = {
  read: createRoute({
    method: 'get',
    path: '/models/speech',
    tags,
    summary: 'The model that listens to sound and films without captions',
    responses: { 200: { description: 'The model, without its key', ...json(answer) } },
  }),
  change: createRoute({
    method: 'patch',
    path: '/models/speech',
    tags,
    summary: 'Change some of it, turn it on or off',
    description:
      'What is left out stays. A saved key is only ever sent to the server it was given for; null takes it away.',
    request: body(speechModelChange),
    responses: { 200: { description: 'The model as it is now', ...json(answer) }, 400: refused },
  }),
  test: createRoute({
    method: 'post',
    path: '/models/speech/test',
    tags,
    summary: 'Send one spoken word there, with these values in the place of the saved ones',
    request: body(speechModelChange),
    responses: { 200: { description: 'How it went', ...json(testAnswer) }, 400: refused },
  }),
  again: createRoute({
    method: 'post',
    path: '/media-files/{sha}/transcribe',
    tags: ['archive'],
    summary: 'Listen to a sound or film anew',
    request: { params: z.object({ sha: z.string().regex(/^[0-9a-f]{64}$/) }) },
    responses: {
      202: { description: 'It will be done; what was heard before can be read until then' },
      404: problemResponse('There is no such sound or film'),
      409: problemResponse('No model is on, or it has captions'),
    },
  }),
};

const toTest = (test: ModelTest): z.infer<typeof testAnswer> =>
  test.ok
    ? { ok: true, ms: test.ms, text: test.text, language: test.language, problem: null, models: [] }
    : {
        ok: false,
        ms: null,
        text: null,
        language: null,
        problem: problemText(test.problem),
        models: [...test.choices],
      };

type Parts = { models: ModelsService; speech: Pick<SpeechService, 'again'> };

export function modelsApi({ models, speech }: Parts) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidIn(fieldWords) });

  const drafted = async (change: z.infer<typeof speechModelChange>): Promise<ModelDraft> => {
    const { isOn, url, model } = await models.read();
    return {
      isOn: change.isOn ?? isOn,
      url: change.url ?? url,
      model: change.model ?? model,
      key: change.key,
    };
  };

  api.openapi(routes.read, async (c) => c.json(await models.read(), 200));
  api.openapi(routes.change, async (c) =>
    c.json(orRefuse(await models.save(await drafted(c.req.valid('json')))), 200),
  );
  api.openapi(routes.test, async (c) =>
    c.json(toTest(orRefuse(await models.test(await drafted(c.req.valid('json'))))), 200),
  );
  api.openapi(routes.again, async (c) => {
    orRefuseAgain(await speech.again(c.req.valid('param').sha as Sha256));
    return c.body(null, 202);
  });
  return api;
}
