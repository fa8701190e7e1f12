import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Sha256 } from '#core/ids.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { problemResponse, refuseInvalid } from '#server/platform/problem.ts';
import { THUMBNAIL_WIDTHS } from '../core/derivative.ts';
import { answerWithFile } from './answer-file.ts';
import type { DerivedFile } from './folder.ts';
import type { EnrichmentService } from './service.ts';

const sha = z.object({ sha: z.string().regex(/^[0-9a-f]{64}$/) });
const width = z.enum(THUMBNAIL_WIDTHS.map(String) as [string, ...string[]]);

const picture = {
  200: {
    description: 'The picture as WebP',
    content: { 'image/webp': { schema: z.string().openapi({ format: 'binary' }) } },
  },
  304: { description: 'It is still the same' },
  404: problemResponse('There is no such file, or no picture of it yet'),
};

const thumbnail = createRoute({
  method: 'get',
  path: '/media-files/{sha}/thumbnails/{width}',
  tags: ['archive'],
  summary: 'A picture of a media file, 150, 300 or 600 pixels wide',
  request: { params: sha.extend({ width }) },
  responses: picture,
});

const poster = createRoute({
  method: 'get',
  path: '/media-files/{sha}/poster',
  tags: ['archive'],
  summary: 'The poster of a film',
  request: { params: sha },
  responses: picture,
});

const again = createRoute({
  method: 'post',
  path: '/media-files/{sha}/derive',
  tags: ['archive'],
  summary: 'Make thumbnails, poster, waveform and the pictures of a media file anew',
  request: { params: sha },
  responses: { 202: { description: 'It will be done' } },
});

export function enrichmentApi(enrichment: Pick<EnrichmentService, 'pictureAt' | 'again'>) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

  api.openapi(thumbnail, (c) => {
    const { sha: of, width: wide } = c.req.valid('param');
    const path = enrichment.pictureAt(of as Sha256, `${wide}.webp` as DerivedFile);
    return answerWithFile(path, { type: 'image/webp', tag: of, request: c.req });
  });
  api.openapi(poster, (c) => {
    const { sha: of } = c.req.valid('param');
    const path = enrichment.pictureAt(of as Sha256, 'poster.webp');
    return answerWithFile(path, { type: 'image/webp', tag: of, request: c.req });
  });
  api.openapi(again, async (c) => {
    await enrichment.again(c.req.valid('param').sha as Sha256);
    return c.body(null, 202);
  });
  return api;
}
