import { createRoute, OpenAPIHono, type z } from '@hono/zod-openapi';
import type { Sha256 } from '#core/ids.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { problemResponse, refuseInvalid } from '#server/platform/problem.ts';
import { problem } from './media.errors.ts';
import { fileAnswer, fileParams, mediaSettingsChange, storageAnswer } from './media.schemas.ts';
import type { MediaStorage, StorageReport } from './storage.service.ts';

const tags = ['archive'];
const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });

const about = createRoute({
  method: 'get',
  path: '/media-files/{sha}/about',
  tags,
  summary: 'What is known of a media file, and which posts use it',
  request: { params: fileParams },
  responses: {
    200: { description: 'The file', ...json(fileAnswer) },
    404: problemResponse('There is no such file'),
  },
});

const storage = createRoute({
  method: 'get',
  path: '/media-storage',
  tags,
  summary: 'How the media folder stands, and what is in it by kind and by creator',
  responses: { 200: { description: 'The storage', ...json(storageAnswer) } },
});

const settings = createRoute({
  method: 'patch',
  path: '/media-storage',
  tags,
  summary: 'Change some of the settings of the storage',
  request: { body: { ...json(mediaSettingsChange), required: true } },
  responses: {
    200: { description: 'The storage', ...json(storageAnswer) },
    400: problemResponse('A value is wrong'),
  },
});

const accept = createRoute({
  method: 'post',
  path: '/media-storage/accept',
  tags,
  summary: 'Say that the media folder as it is now is the right one',
  description:
    'For a folder that was copied without its mark, or replaced on purpose. Files that are not in it count as damaged from the next check on, and are fetched again.',
  responses: { 200: { description: 'The storage', ...json(storageAnswer) } },
});

const answer = (report: StorageReport): z.infer<typeof storageAnswer> => ({
  ...report,
  byKind: [...report.byKind],
  byCreator: [...report.byCreator],
});

export function storageApi(media: MediaStorage) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

  api.openapi(about, async (c) => {
    const file = await media.about(c.req.valid('param').sha as Sha256);
    if (!file) return problem({ code: 'archive.file-not-found' }) as never;
    const { storedAt, verifiedAt, damagedAt, orphanedAt } = file;
    return c.json(
      {
        ...file,
        uses: [...file.uses],
        storedAt: storedAt.toISOString(),
        verifiedAt: verifiedAt.toISOString(),
        damagedAt: damagedAt?.toISOString() ?? null,
        orphanedAt: orphanedAt?.toISOString() ?? null,
      },
      200,
    );
  });

  api.openapi(storage, async (c) => c.json(answer(await media.report()), 200));
  api.openapi(settings, async (c) => {
    const given = Object.entries(c.req.valid('json')).filter(([, value]) => value !== undefined);
    await media.changeSettings(Object.fromEntries(given));
    return c.json(answer(await media.report()), 200);
  });
  api.openapi(accept, async (c) => c.json(answer(await media.accept()), 200));
  return api;
}
