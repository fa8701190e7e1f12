import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Sha256 } from '#core/ids.ts';
import { err, ok } from '#core/result.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { problemResponse, problems, refuseInvalid } from '#server/platform/problem.ts';
import { writeWebVtt } from '../core/captions.ts';
import type { EnrichmentService } from './service.ts';

const { orRefuse } = problems({
  'enrichment.no-transcript': [404, 'There are no words of this file, or not yet'],
});

const id = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .openapi({
    description: 'The SHA-256 of the file that has the words: captions, or sound that was listened to',
  });

const ms = z.number().int().min(0);

const confidence = z
  .number()
  .min(0)
  .max(1)
  .nullable()
  .openapi({ description: 'How sure the model was, if it tells; captions are not weighed' });

const transcript = z
  .object({
    sha256: z.string(),
    kind: z.enum(['captions', 'speech']),
    language: z.string().nullable().openapi({ description: 'BCP 47', example: 'es' }),
    model: z.string().nullable().openapi({ description: 'Which model listened; captions have none' }),
    segments: z
      .array(z.object({ fromMs: ms, toMs: ms, text: z.string(), confidence }))
      .openapi({ description: 'In the order of their beginnings' }),
  })
  .openapi('Transcript');

const none = problemResponse('There are no words of it, or not yet');
const tags = ['archive'];

const asJson = createRoute({
  method: 'get',
  path: '/transcripts/{id}',
  tags,
  summary: 'What captions say, or what a model heard, and when',
  request: { params: z.object({ id }) },
  responses: {
    200: { description: 'The transcript', content: { 'application/json': { schema: transcript } } },
    404: none,
  },
});

const asWebVtt = createRoute({
  method: 'get',
  path: '/transcripts/{id}.vtt',
  tags,
  summary: 'The same as WebVTT, whatever it was before: for the `track` of a player',
  request: { params: z.object({ id }) },
  responses: {
    200: { description: 'WebVTT', content: { 'text/vtt': { schema: z.string() } } },
    404: none,
  },
});

export function transcriptsApi(enrichment: Pick<EnrichmentService, 'transcriptOf'>) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

  const find = async (sha256: string) => {
    const found = await enrichment.transcriptOf(sha256 as Sha256);
    return orRefuse(found ? ok(found) : err({ code: 'enrichment.no-transcript' } as const));
  };

  // A router takes a whole piece of a path as a parameter, so the ending is looked for by hand, and first.
  api.openAPIRegistry.registerPath(asWebVtt);
  api.get('/transcripts/:file{[^/]+[.]vtt}', async (c) => {
    const { segments } = await find(c.req.param('file').replace(/[.]vtt$/, ''));
    return c.body(writeWebVtt(segments), 200, { 'content-type': 'text/vtt; charset=utf-8' });
  });
  api.openapi(asJson, async (c) => {
    const sha256 = c.req.valid('param').id;
    const found = await find(sha256);
    const { kind, language } = found;
    const model = found.kind === 'speech' ? found.model : null;
    const segments = found.segments.map((segment) => ({ confidence: null, ...segment }));
    return c.json({ sha256, kind, language, model, segments }, 200);
  });
  return api;
}
