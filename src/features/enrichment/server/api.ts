import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Sha256 } from '#core/ids.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { problemAnswer, problemResponse, refuseInvalid } from '#server/platform/problem.ts';
import { THUMBNAIL_WIDTHS } from '../core/derivative.ts';
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
  summary: 'Make thumbnails, poster and waveform of a media file anew',
  request: { params: sha },
  responses: { 202: { description: 'It will be done' } },
});

export function enrichmentApi(enrichment: Pick<EnrichmentService, 'pictureAt' | 'again'>) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

  /** A newer version of ours may draw another picture under the same address, so it is asked again after a day. */
  async function answer(of: string, name: DerivedFile, known: string | undefined): Promise<Response> {
    const path = enrichment.pictureAt(of as Sha256, name);
    const found = await stat(path).catch(() => null);
    if (!found?.isFile())
      return problemAnswer(404, 'enrichment.no-picture', 'There is no such picture, or not yet');
    const headers = {
      'content-type': 'image/webp',
      'cache-control': 'private, max-age=86400',
      etag: `"${of.slice(0, 16)}-${found.mtimeMs.toString(36)}-${found.size}"`,
    };
    if (known === headers.etag) return new Response(null, { status: 304, headers });
    const body = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
    return new Response(body, { headers: { ...headers, 'content-length': String(found.size) } });
  }

  api.openapi(thumbnail, (c) => {
    const { sha: of, width: wide } = c.req.valid('param');
    return answer(of, `${wide}.webp` as DerivedFile, c.req.header('if-none-match'));
  });
  api.openapi(poster, (c) => answer(c.req.valid('param').sha, 'poster.webp', c.req.header('if-none-match')));
  api.openapi(again, async (c) => {
    await enrichment.again(c.req.valid('param').sha as Sha256);
    return c.body(null, 202);
  });
  return api;
}
