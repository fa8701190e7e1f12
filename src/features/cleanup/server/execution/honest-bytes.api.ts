import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { ItemId } from '#core/ids.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { refuseInvalid } from '#server/platform/problem.ts';
import type { HonestBytes } from '../../core/removal/honest-bytes.ts';
import { MOST_ITEMS, type HonestBytesService } from './honest-bytes.service.ts';

const amount = z.number().int();

const bytesSchema = z
  .object({
    freesNow: amount,
    /** More, when the torrents that hold it go too. */
    freesWithTorrents: amount,
    torrents: amount,
    /** Held by other names: frees nothing either way. */
    heldElsewhere: amount,
    /** What cannot be seen from here, by the word of the library. */
    unseen: z.object({ files: amount, bytes: amount }),
  })
  .openapi('HonestBytes');

const answerSchema = z
  .object({
    /** When all of them go; bytes that they share are counted once. */
    total: bytesSchema,
    items: z.array(z.object({ itemId: z.string(), bytes: bytesSchema })),
    /** Torrent clients that did not answer. */
    silent: z.array(z.string()),
  })
  .openapi('HonestBytesOfItems');

const idsQuery = z
  .string()
  .min(1)
  .max(MOST_ITEMS * 101)
  .openapi({ description: `Ids of items with commas between them, at most ${MOST_ITEMS}` });

const routes = {
  of: createRoute({
    method: 'get',
    path: '/honest-bytes',
    tags: ['media'],
    summary: 'What removing items frees now, and what only when their torrents go too',
    request: { query: z.strictObject({ ids: idsQuery }) },
    responses: {
      200: {
        description: 'The bytes; items that are not in the library are left out',
        content: { 'application/json': { schema: answerSchema } },
      },
    },
  }),
};

export function honestBytesApi(honestBytes: HonestBytesService) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

  api.openapi(routes.of, async (c) => {
    const ids = c.req.valid('query').ids.split(',') as ItemId[];
    const { total, items, silent } = await honestBytes(ids);
    return c.json(
      {
        total: shown(total),
        items: [...items].map(([itemId, bytes]) => ({ itemId, bytes: shown(bytes) })),
        silent: [...silent],
      },
      200,
    );
  });

  return api;
}

const shown = ({ unseen, ...bytes }: HonestBytes) => ({ ...bytes, unseen: { ...unseen } });
