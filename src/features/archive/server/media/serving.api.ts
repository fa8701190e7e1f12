import { Readable } from 'node:stream';
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { PostMediaId, Sha256 } from '#core/ids.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { problemResponse, refuseInvalid } from '#server/platform/problem.ts';
import { orRefuse } from './media.errors.ts';
import { fileParams } from './media.schemas.ts';
import type { Serving } from './serving.service.ts';

const asked = {
  params: fileParams,
  query: z.strictObject({
    as: z
      .string()
      .max(100)
      .optional()
      .openapi({ description: 'The id of a place of a post: the file then has the name that it has there' }),
  }),
  headers: z.object({
    range: z.string().optional().openapi({ example: 'bytes=0-1023' }),
    'if-none-match': z.string().optional(),
  }),
};

const binary = { '*/*': { schema: z.string().openapi({ format: 'binary' }) } };

const responses = {
  200: { description: 'The bytes, in the type that they have', content: binary },
  206: {
    description: 'The ranges that were asked for; several come as multipart/byteranges',
    content: binary,
  },
  304: { description: 'It is still the same: a file never changes under its hash' },
  404: problemResponse('There is no such file'),
  412: { description: 'It is not the file of `If-Match`' },
  416: { description: 'It has no such range' },
  503: problemResponse('The media folder is away, or the bytes are damaged'),
};

const show = createRoute({
  method: 'get',
  path: '/media-files/{sha}',
  tags: ['archive'],
  summary: 'A media file',
  description:
    'Pictures, sound, films and PDFs come to be shown (`inline`); everything else, SVG and HTML too, comes as a file to keep. Ranges and `ETag` as in RFC 9110.',
  request: asked,
  responses,
});

const download = createRoute({
  method: 'get',
  path: '/media-files/{sha}/download',
  tags: ['archive'],
  summary: 'A media file to keep, under its own name',
  request: asked,
  responses,
});

export function servingApi(serving: Serving) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

  async function answer(c: Context<ApiEnv>, sha: string, as: string | undefined, isDownload: boolean) {
    const header = (name: string) => c.req.header(name) ?? null;
    const { status, headers, body } = orRefuse(
      await serving.serve({
        sha256: sha as Sha256,
        as: (as ?? null) as PostMediaId | null,
        isDownload,
        isHead: c.req.method === 'HEAD',
        conditions: {
          range: header('range'),
          ifRange: header('if-range'),
          ifMatch: header('if-match'),
          ifNoneMatch: header('if-none-match'),
        },
      }),
    );
    return new Response(body && (Readable.toWeb(body) as ReadableStream<Uint8Array>), { status, headers });
  }

  api.openapi(show, (c) => answer(c, c.req.valid('param').sha, c.req.valid('query').as, false));
  api.openapi(download, (c) => answer(c, c.req.valid('param').sha, c.req.valid('query').as, true));
  return api;
}
