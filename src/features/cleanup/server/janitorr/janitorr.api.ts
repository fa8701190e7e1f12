import { createRoute, OpenAPIHono, type z } from '@hono/zod-openapi';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { problemResponse, refuseInvalid } from '#server/platform/problem.ts';
import {
  adoptedAnswer,
  adoptedSchema,
  comparisonAnswer,
  comparisonSchema,
  readingAnswer,
  readingSchema,
} from './janitorr.answers.ts';
import { orRefuse } from './janitorr.errors.ts';
import { importAdopt, importCompare, importRead } from './janitorr.schemas.ts';
import type { JanitorrService } from './janitorr.service.ts';

const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
const body = <T extends z.ZodType>(schema: T) => ({ body: { ...json(schema), required: true as const } });
const tags = ['import'];
const refused = {
  400: problemResponse('The text is no file of Janitorr'),
  413: problemResponse('The text is too long'),
};

const read = createRoute({
  method: 'post',
  path: '/import/janitorr',
  tags,
  summary:
    "What Janitorr's application.yml says and what would become of it. Stores nothing, and answers no key",
  request: body(importRead),
  responses: { 200: { description: 'The reading', ...json(readingSchema) }, ...refused },
});

const compare = createRoute({
  method: 'post',
  path: '/import/janitorr/compare',
  tags,
  summary:
    'What Janitorr would do with the present library beside what we would do, with the reason of each difference',
  request: body(importCompare),
  responses: { 200: { description: 'The comparison', ...json(comparisonSchema) }, ...refused },
});

const adopt = createRoute({
  method: 'post',
  path: '/import/janitorr/adopt',
  tags,
  summary: 'Take over services (tested first), policies (neither armed nor switched on) and settings',
  request: body(importAdopt),
  responses: { 200: { description: 'What was taken over', ...json(adoptedSchema) }, ...refused },
});

export function janitorrApi(service: JanitorrService) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

  api.openapi(read, async (c) => {
    const { text, ...words } = c.req.valid('json');
    return c.json(readingAnswer(orRefuse(await service.read(text, words))), 200);
  });
  api.openapi(compare, async (c) => {
    const { text, names, timeZone, diskId, isWarned, only, difference, page, pageSize } = c.req.valid('json');
    const filter = { only, difference, offset: (page - 1) * pageSize, limit: pageSize };
    const compared = await service.compare(text, { words: { names, timeZone }, diskId, isWarned, filter });
    return c.json(comparisonAnswer(orRefuse(compared)), 200);
  });
  api.openapi(adopt, async (c) => {
    const { text, names, timeZone, ...choices } = c.req.valid('json');
    return c.json(adoptedAnswer(orRefuse(await service.adopt(text, choices, { names, timeZone }))), 200);
  });
  return api;
}
