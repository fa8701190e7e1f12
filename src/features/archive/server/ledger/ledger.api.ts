import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { SourceId } from '#core/ids.ts';
import { err, ok } from '#core/result.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { chainOf, listOf } from '#server/platform/answers.ts';
import { problemResponse, refuseInvalid } from '#server/platform/problem.ts';
import { reasonCodes } from '../../core/ledger.ts';
import {
  driftSchema,
  gapSchema,
  ledgerSchema,
  syncRunSchema,
  toDrift,
  toGap,
  toLedger,
  toSyncRun,
} from '../answers.schemas.ts';
import { orRefuse } from '../errors.ts';
import type { SyncRunStore } from '../sync/sync.ports.ts';
import { readGapCursor, type LedgerService } from './ledger.service.ts';

const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
const id = z.string().min(1).max(100);
const tags = ['sources'];
const limit = z.coerce.number().int().min(1).max(200).default(50);
const reason = z.enum(reasonCodes).optional();

const routes = {
  runs: createRoute({
    method: 'get',
    path: '/sync-runs',
    tags,
    summary: 'What the last syncs found and how they ended, newest first',
    request: { query: z.object({ source: id.optional(), limit }) },
    responses: { 200: { description: 'The syncs', ...json(listOf(syncRunSchema)) } },
  }),
  ledgers: createRoute({
    method: 'get',
    path: '/ledger',
    tags,
    summary: 'Of every creator: what was expected, what is archived, and what is missing and why',
    responses: { 200: { description: 'The ledgers', ...json(listOf(ledgerSchema)) } },
  }),
  ledger: createRoute({
    method: 'get',
    path: '/ledger/{id}',
    tags,
    summary: 'The ledger of one creator',
    request: { params: z.object({ id }) },
    responses: {
      200: { description: 'The ledger', ...json(ledgerSchema) },
      404: problemResponse('No such creator'),
    },
  }),
  gaps: createRoute({
    method: 'get',
    path: '/gaps',
    tags,
    summary: 'What is missing, newest posts first',
    request: {
      query: z.object({
        creator: id.optional(),
        reason,
        after: z
          .string()
          .max(200)
          .refine((text) => readGapCursor(text) !== null, 'not-a-cursor')
          .optional(),
        limit,
      }),
    },
    responses: { 200: { description: 'A page of gaps', ...json(chainOf(gapSchema)) } },
  }),
  tryAgain: createRoute({
    method: 'post',
    path: '/gaps/try-again',
    tags,
    summary: 'Try these gaps again, or all of a creator, or all of a creator for one reason',
    request: {
      body: {
        ...json(
          z.union([
            z.strictObject({ ids: z.array(z.string().max(120)).min(1).max(1000) }),
            z.strictObject({ creator: id, reason }),
          ]),
        ),
        required: true as const,
      },
    },
    responses: {
      202: { description: 'So many are tried again', ...json(z.object({ count: z.number().int() })) },
    },
  }),
  drift: createRoute({
    method: 'get',
    path: '/drift',
    tags,
    summary: 'What sources answered that nobody here knows yet, the most frequent first',
    responses: { 200: { description: 'Kinds of drift', ...json(listOf(driftSchema)) } },
  }),
};

export function ledgerApi(ledger: LedgerService, runs: Pick<SyncRunStore, 'list'>) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

  api.openapi(routes.runs, async (c) => {
    const { source, limit: most } = c.req.valid('query');
    const found = await runs.list({ sourceId: (source as SourceId | undefined) ?? null, limit: most });
    return c.json({ items: found.map(toSyncRun) }, 200);
  });
  api.openapi(routes.ledgers, async (c) => c.json({ items: (await ledger.all()).map(toLedger) }, 200));
  api.openapi(routes.ledger, async (c) => {
    const found = await ledger.of(c.req.valid('param').id);
    return c.json(toLedger(orRefuse(found ? ok(found) : err({ code: 'archive.creator-not-found' }))), 200);
  });
  api.openapi(routes.gaps, async (c) => {
    const { creator, ...question } = c.req.valid('query');
    const { items, next } = await ledger.gaps({ creatorId: creator, ...question });
    return c.json({ items: items.map(toGap), next }, 200);
  });
  api.openapi(routes.tryAgain, async (c) => {
    const wish = c.req.valid('json');
    const count = await ledger.tryAgain(
      'ids' in wish ? wish : { creatorId: wish.creator, reason: wish.reason },
    );
    return c.json({ count }, 202);
  });
  api.openapi(routes.drift, async (c) => c.json({ items: (await ledger.drift()).map(toDrift) }, 200));

  return api;
}
