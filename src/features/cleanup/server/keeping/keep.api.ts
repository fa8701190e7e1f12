import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { mayActAs, type Person } from '#features/accounts/core/person.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { itemKinds } from '#features/library/core/item.ts';
import { listOf } from '#server/platform/answers.ts';
import { problemResponse, refuseInvalid } from '#server/platform/problem.ts';
import { keepStates, type KeepRequest } from '../../core/keeping/keep-requests.ts';
import { orRefuse } from '../errors.ts';
import { acceptBody, keepRequestParam, refuseBody } from './keep.schemas.ts';
import type { KeepRequests } from './keep-requests.service.ts';
import { itemIdParam } from '../media/filter.schemas.ts';

const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
const moment = z.iso.datetime();
const number = z.number().int();

const keepRequestSchema = z
  .object({
    id: z.string(),
    itemId: z.string(),
    kind: z.enum(itemKinds),
    title: z.string(),
    year: number.nullable(),
    seasonNumber: number.nullable(),
    episodes: z.array(z.object({ seasonNumber: number, episodeNumber: number })),
    byName: z.string(),
    askedAt: moment,
    wantedUntil: moment,
    state: z.enum(keepStates),
    until: moment.nullable().openapi({ description: 'Protected until then; null is for ever' }),
    answer: z.object({ by: z.string(), at: moment, word: z.string().nullable() }).nullable(),
  })
  .openapi('KeepRequest');

const answer = (request: KeepRequest): z.infer<typeof keepRequestSchema> => {
  const { id, itemId, item, byName, askedAt, wantedUntil, state, until, answer: given } = request;
  return {
    id,
    itemId,
    ...item,
    episodes: [...item.episodes],
    byName,
    askedAt: askedAt.toISOString(),
    wantedUntil: wantedUntil.toISOString(),
    state,
    until: until?.toISOString() ?? null,
    answer: given ? { ...given, at: given.at.toISOString() } : null,
  };
};

const tags = ['media'];
const told = (description: string) => ({ 200: { description, ...json(keepRequestSchema) } });
const noRequest = { 404: problemResponse('There is no such request') };
const answered = { ...noRequest, 409: problemResponse('It was answered already') };

const routes = {
  ask: createRoute({
    method: 'post',
    path: '/media/{id}/keep',
    tags,
    summary: 'Ask for oneself to keep what leaves soon: at once, or an admin answers',
    request: { params: itemIdParam },
    responses: {
      ...told('Kept, or waiting for an answer'),
      409: problemResponse('It does not leave soon, was asked already, or these are too many'),
    },
  }),
  list: createRoute({
    method: 'get',
    path: '/keep-requests',
    tags,
    summary: 'What waits for an answer, as an admin sees it; what one asked oneself, as all others do',
    responses: { 200: { description: 'Requests', ...json(listOf(keepRequestSchema)) } },
  }),
  accept: createRoute({
    method: 'post',
    path: '/keep-requests/{id}/accept',
    tags,
    summary: 'Keep it, until the day that was asked for, another day, or for ever',
    request: { params: keepRequestParam, body: json(acceptBody) },
    responses: { ...told('Kept'), 400: problemResponse('The date has gone by already'), ...answered },
  }),
  refuse: createRoute({
    method: 'post',
    path: '/keep-requests/{id}/refuse',
    tags,
    summary: 'Do not keep it; its warning starts again',
    request: { params: keepRequestParam, body: json(refuseBody) },
    responses: { ...told('Refused'), ...answered },
  }),
  withdraw: createRoute({
    method: 'delete',
    path: '/keep-requests/{id}',
    tags,
    summary: 'Take one’s own wish back',
    request: { params: keepRequestParam },
    responses: { 204: { description: 'Taken back' }, ...answered },
  }),
};

const isAdmin = (person: Person): boolean => mayActAs(person, 'admin');

export function keepApi(keeping: KeepRequests) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

  api.openapi(routes.ask, async (c) =>
    c.json(answer(orRefuse(await keeping.ask(c.req.valid('param').id, c.get('person'))).request), 200),
  );

  api.openapi(routes.list, async (c) => {
    const person = c.get('person');
    const requests = await (isAdmin(person) ? keeping.waiting() : keeping.mine(person));
    return c.json({ items: requests.map(answer) }, 200);
  });

  api.openapi(routes.accept, async (c) => {
    const { until, word } = c.req.valid('json');
    const day = until === undefined ? ('as-asked' as const) : until === null ? null : new Date(until);
    const wish = { until: day, word: word ?? null, by: c.get('person') };
    return c.json(answer(orRefuse(await keeping.accept(c.req.valid('param').id, wish))), 200);
  });

  api.openapi(routes.refuse, async (c) => {
    const wish = { word: c.req.valid('json').word ?? null, by: c.get('person') };
    return c.json(answer(orRefuse(await keeping.refuse(c.req.valid('param').id, wish))), 200);
  });

  api.openapi(routes.withdraw, async (c) => {
    orRefuse(await keeping.withdraw(c.req.valid('param').id, c.get('person')));
    return c.body(null, 204);
  });

  return api;
}
