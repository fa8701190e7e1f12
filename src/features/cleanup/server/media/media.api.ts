import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { err } from '#core/result.ts';
import type { ItemId } from '#core/ids.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { listOf, pageOf } from '#server/platform/answers.ts';
import { problemResponse, refuseInvalid } from '#server/platform/problem.ts';
import type { Exclusion } from '../../core/judging/verdict.ts';
import { itemAnswer, itemSchema } from './item-answer.ts';
import {
  leavingAnswer,
  leavingSchema,
  mediaRowAnswer,
  mediaRowSchema,
  whyAnswer,
  whySchema,
} from '../planning/answers.ts';
import { orRefuse, orRefuseDate } from '../errors.ts';
import type { PlanningService } from '../planning/planning.service.ts';
import { excludeBody, itemIdParam, mediaFilter, mediaQueryOf } from './filter.schemas.ts';
import type { ItemDetails, LibraryService } from '#features/library/server/index.ts';
import type { Clock } from '../execution/runs.ports.ts';

const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
const tags = ['media'];
const notFound = { 404: problemResponse('There is no such item') };
const exclusionSchema = z
  .object({
    itemId: z.string(),
    until: z.iso.datetime().nullable(),
    note: z.string().nullable(),
    byName: z.string(),
    at: z.iso.datetime(),
  })
  .openapi('Exclusion');

const routes = {
  search: createRoute({
    method: 'get',
    path: '/media',
    tags,
    summary: 'Films and shows (or seasons), filtered, sorted, by pages',
    request: { query: mediaFilter.strict() },
    responses: {
      200: {
        description: 'A page of items',
        ...json(pageOf(mediaRowSchema)),
      },
    },
  }),
  find: createRoute({
    method: 'get',
    path: '/media/{id}',
    tags,
    summary: 'One item: its facts, files, who watched, who asked, who keeps it',
    request: { params: itemIdParam },
    responses: { 200: { description: 'The item', ...json(itemSchema) }, ...notFound },
  }),
  why: createRoute({
    method: 'get',
    path: '/media/{id}/why',
    tags,
    summary: 'What every policy says of it, with the values that decided it',
    request: { params: itemIdParam },
    responses: {
      200: { description: 'Verdicts', ...json(listOf(whySchema)) },
      ...notFound,
    },
  }),
  exclude: createRoute({
    method: 'post',
    path: '/media/{id}/exclude',
    tags,
    summary: 'Keep it, until a date or for ever',
    request: { params: itemIdParam, body: json(excludeBody) },
    responses: {
      200: { description: 'Kept', ...json(exclusionSchema) },
      400: problemResponse('The date has gone by already'),
      ...notFound,
    },
  }),
  include: createRoute({
    method: 'delete',
    path: '/media/{id}/exclude',
    tags,
    summary: 'Do not keep it any longer',
    request: { params: itemIdParam },
    responses: { 204: { description: 'No longer kept by hand' }, 404: problemResponse('Nobody excluded it') },
  }),
  leaving: createRoute({
    method: 'get',
    path: '/leaving',
    tags,
    summary: 'What leaves soon, soonest first',
    responses: { 200: { description: 'Items', ...json(listOf(leavingSchema)) } },
  }),
};

export type MediaApiDeps = {
  planning: PlanningService;
  library: Pick<LibraryService, 'findItem'>;
  clock: Clock;
};

export function mediaApi({ planning, library, clock }: MediaApiDeps) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

  api.openapi(routes.search, async (c) => {
    const { rows, total } = await planning.searchMedia(mediaQueryOf(c.req.valid('query'), clock.now()));
    return c.json({ items: rows.map(mediaRowAnswer), total }, 200);
  });

  api.openapi(routes.find, async (c) => {
    const { id } = c.req.valid('param');
    const details = orRefuseNull(await library.findItem(id));
    const [status, exclusions] = await Promise.all([
      planning.mediaStatus(id),
      planning.exclusionsOf(kin(id, details)),
    ]);
    return c.json(itemAnswer(details, status, exclusions), 200);
  });

  api.openapi(routes.why, async (c) =>
    c.json({ items: orRefuse(await planning.why(c.req.valid('param').id)).map(whyAnswer) }, 200),
  );

  api.openapi(routes.exclude, async (c) => {
    const { until, note } = keepWish(c.req.valid('json'));
    const { id: byId, name } = c.get('person');
    const kept = orRefuseDate(
      await planning.exclude(c.req.valid('param').id, { until, note, by: { id: byId, name } }),
    );
    return c.json(exclusionAnswer(kept), 200);
  });

  api.openapi(routes.include, async (c) => {
    orRefuse(await planning.include(c.req.valid('param').id));
    return c.body(null, 204);
  });

  api.openapi(routes.leaving, async (c) =>
    c.json({ items: (await planning.leaving()).map(leavingAnswer) }, 200),
  );

  return api;
}

/** Without a body the validator gives an empty object: for ever, and no note. */
const keepWish = ({ until = null, note = null }: Partial<z.output<typeof excludeBody>>) => ({
  until: until === null ? null : new Date(until),
  note: note === '' ? null : note,
});

const exclusionAnswer = ({ itemId, until, note, byName, at }: Exclusion) => ({
  itemId,
  until: until?.toISOString() ?? null,
  note,
  byName,
  at: at.toISOString(),
});

const orRefuseNull = <T>(found: T | null): T =>
  found === null ? orRefuse<T>(err({ code: 'cleanup.item-not-found' })) : found;

/** What is kept through its show is kept too. */
const kin = (id: ItemId, { item }: Pick<ItemDetails, 'item'>): ItemId[] =>
  item.showId ? [id, item.showId] : [id];
