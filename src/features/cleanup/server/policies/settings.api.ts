import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { err } from '#core/result.ts';
import { formatTimeSpan } from '#core/time-span.ts';
import { problemResponse, problems, refuseInvalidIn } from '#server/platform/problem.ts';
import { keepWays } from '../../core/keeping/keep-requests.ts';
import { surfaces, type Settings } from '../../core/policy/settings.ts';
import { fieldWords } from '../errors.ts';
import { folderWords } from '../leaving-soon/links.errors.ts';
import { settingsChange, weights } from './settings.schemas.ts';
import type { SettingsService } from './settings.service.ts';

const answerSchema = z
  .object({
    exclusionTags: z.array(z.string()),
    leavingSoon: z.string().openapi({ example: '14d' }),
    filmCollection: z.string(),
    showCollection: z.string(),
    posterLanguage: z.enum(['en', 'es']),
    filmSurface: z.enum(surfaces).openapi({ description: 'Where people see the films that leave soon' }),
    showSurface: z.enum(surfaces),
    linkFolder: z
      .string()
      .nullable()
      .openapi({ description: 'The folder of links as this program sees it', example: '/data/leaving-soon' }),
    filmLibrary: z.string(),
    showLibrary: z.string(),
    keepBy: z
      .enum(keepWays)
      .openapi({ description: 'What happens when people ask to keep something: see /media/{id}/keep' }),
    keepMost: z.number().int().openapi({ description: 'So many at a time for each person' }),
    valueWeights: weights.openapi({
      description:
        'How much each part of the order by value counts: 0 leaves it out, 1 is usual, 3 is the most',
    }),
  })
  .openapi('Settings');

const answer = (settings: Settings): z.infer<typeof answerSchema> => ({
  exclusionTags: [...settings.exclusionTags],
  leavingSoon: formatTimeSpan(settings.leavingSoonDays),
  filmCollection: settings.collectionNames.films,
  showCollection: settings.collectionNames.shows,
  posterLanguage: settings.posterLanguage,
  filmSurface: settings.leavingSoonSurface.films,
  showSurface: settings.leavingSoonSurface.shows,
  linkFolder: settings.linkFolder,
  filmLibrary: settings.linkLibraryNames.films,
  showLibrary: settings.linkLibraryNames.shows,
  keepBy: settings.keepBy,
  keepMost: settings.keepMost,
  valueWeights: { ...settings.valueWeights },
});

const code = 'links.no-folder';
const { orRefuse } = problems({ [code]: [400, folderWords[code]] });
const noFolder = { code, errors: [{ path: 'linkFolder', code, message: folderWords[code] }] } as const;

const tags = ['cleanup'];
const json = { content: { 'application/json': { schema: answerSchema } } };

const read = createRoute({
  method: 'get',
  path: '/settings',
  tags,
  summary: 'What holds for the whole clean-up',
  responses: { 200: { description: 'The settings', ...json } },
});

const change = createRoute({
  method: 'patch',
  path: '/settings',
  tags,
  summary: 'Change some of the settings',
  request: { body: { content: { 'application/json': { schema: settingsChange } }, required: true } },
  responses: {
    200: { description: 'The settings as they are now', ...json },
    400: problemResponse('A value is wrong'),
  },
});

export function settingsApi(settings: SettingsService) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidIn({ ...fieldWords, ...folderWords }) });
  api.openapi(read, async (c) => c.json(answer(await settings.read()), 200));
  api.openapi(change, async (c) => {
    const { leavingSoon: leavingSoonDays, ...rest } = c.req.valid('json');
    if (await settings.lacksFolder(rest)) return orRefuse(err(noFolder));
    return c.json(answer(await settings.change({ ...rest, leavingSoonDays })), 200);
  });
  return api;
}
