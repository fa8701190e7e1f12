import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Sha256 } from '#core/ids.ts';
import type { DocumentPicture } from '#features/archive/core/media.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { problemResponse, refuseInvalid } from '#server/platform/problem.ts';
import { answerWithFile } from '../answer-file.ts';
import type { DerivedFile } from '../folder.ts';
import type { DocumentPictures } from './document-pictures.service.ts';
import { fileOf, smallFileOf } from './extraction.ts';

const sha = z.object({ sha: z.string().regex(/^[0-9a-f]{64}$/) });
const size = z.number().int().min(1);

const documentPicture = z
  .object({
    id: z.string(),
    page: size.openapi({ description: 'The first page that it stands on, from 1' }),
    width: size,
    height: size,
    mimeType: z.enum(['image/jpeg', 'image/webp']),
    address: z.string().openapi({
      description:
        'Where the picture is: as large as it lies in the document, and no more than 24 megapixels when it is WebP',
    }),
    thumbnail: z.string().openapi({ description: 'The same within 480 × 240 pixels, as WebP' }),
  })
  .openapi('DocumentPicture');

const MIME_TYPES = { jpg: 'image/jpeg', webp: 'image/webp' } as const;

const list = createRoute({
  method: 'get',
  path: '/media-files/{sha}/pictures',
  tags: ['archive'],
  summary: 'The pictures that stand in a PDF, in the order of their pages',
  description:
    'Photographs, maps and drawings, each once. Icons, lines, masks, the paper under a text and the scans of pages are left out. Empty while they are not taken out, and for every other kind of file.',
  request: { params: sha },
  responses: {
    200: {
      description: 'The pictures',
      content: { 'application/json': { schema: z.object({ items: z.array(documentPicture) }) } },
    },
  },
});

const binary = z.string().openapi({ format: 'binary' });
const rest = {
  304: { description: 'It is still the same' },
  404: problemResponse('There is no such picture, or not yet'),
};

const show = createRoute({
  method: 'get',
  path: '/media-files/{sha}/pictures/{picture}',
  tags: ['archive'],
  summary: 'A picture that stands in a PDF',
  request: { params: sha.extend({ picture: z.string().regex(/^[0-9a-f]{32}\.(jpg|webp)$/) }) },
  responses: {
    200: {
      description: 'A JPEG as the document has it; everything else as WebP',
      content: { 'image/jpeg': { schema: binary }, 'image/webp': { schema: binary } },
    },
    ...rest,
  },
});

const thumbnail = createRoute({
  method: 'get',
  path: '/media-files/{sha}/pictures/{picture}/thumbnail',
  tags: ['archive'],
  summary: 'The same, small',
  request: { params: sha.extend({ picture: z.string().regex(/^[0-9a-f]{32}$/) }) },
  responses: {
    200: { description: 'The picture as WebP', content: { 'image/webp': { schema: binary } } },
    ...rest,
  },
});

type Deps = {
  documentPictures: Pick<DocumentPictures, 'of'>;
  pictureAt: (of: Sha256, name: DerivedFile) => string;
};

export function documentPicturesApi({ documentPictures, pictureAt }: Deps) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

  api.openapi(list, async (c) => {
    const of = c.req.valid('param').sha as Sha256;
    const pictures = await documentPictures.of(of);
    return c.json({ items: pictures.map((picture) => answerOf(of, picture)) }, 200);
  });
  api.openapi(show, (c) => {
    const { sha: of, picture } = c.req.valid('param');
    const [id = '', format] = picture.split('.');
    const name = fileOf({ id, format: format === 'jpg' ? 'jpg' : 'webp' });
    const type = format === 'jpg' ? MIME_TYPES.jpg : MIME_TYPES.webp;
    return answerWithFile(pictureAt(of as Sha256, name), { type, tag: id, request: c.req });
  });
  api.openapi(thumbnail, (c) => {
    const { sha: of, picture: id } = c.req.valid('param');
    const path = pictureAt(of as Sha256, smallFileOf(id));
    return answerWithFile(path, { type: MIME_TYPES.webp, tag: id, request: c.req });
  });
  return api;
}

function answerOf(of: Sha256, { id, page, width, height, format }: DocumentPicture) {
  const folder = `/api/v1/media-files/${of}/pictures`;
  return {
    ...{ id, page, width, height, mimeType: MIME_TYPES[format] },
    address: `${folder}/${id}.${format}`,
    thumbnail: `${folder}/${id}/thumbnail`,
  };
}
