import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { ItemId } from '#core/ids.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { problemAnswer, problemResponse, refuseInvalid } from '#server/platform/problem.ts';
import type { PosterService } from './posters.service.ts';

const poster = createRoute({
  method: 'get',
  path: '/media/{id}/poster',
  tags: ['library'],
  summary: 'The poster as WebP, 360 × 540',
  request: { params: z.object({ id: z.string().min(1) }) },
  responses: {
    200: {
      description: 'The picture',
      content: { 'image/webp': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    404: problemResponse('No such item, or no picture of it'),
  },
});

export function postersApi(posters: PosterService) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });
  api.openapi(poster, async (c) => {
    const picture = await posters.poster(c.req.valid('param').id as ItemId);
    if (!picture) return problemAnswer(404, 'library.no-poster', 'There is no poster of this');
    return c.body(new Uint8Array(picture), 200, {
      'content-type': 'image/webp',
      'cache-control': 'private, max-age=86400',
    });
  });
  return api;
}
