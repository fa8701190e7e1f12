import { createRoute, OpenAPIHono, type z } from '@hono/zod-openapi';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { refuseInvalid } from '#server/platform/problem.ts';
import { hrefOf, type MeaningNews, type MeaningProblem } from '../core/results.ts';
import { resultsSchema, searchQuery, suggestionsSchema, suggestQuery } from './schemas.ts';
import type { SearchService } from './search.service.ts';

const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
const tags = ['search'];

const routes = {
  search: createRoute({
    method: 'get',
    path: '/search',
    tags,
    summary: 'What the archive and the library hold about something, grouped by document, best first',
    request: { query: searchQuery },
    responses: { 200: { description: 'A page of ten', ...json(resultsSchema) } },
  }),
  suggest: createRoute({
    method: 'get',
    path: '/search/suggest',
    tags,
    summary: 'Titles and words that begin with what is being typed',
    request: { query: suggestQuery },
    responses: { 200: { description: 'Suggestions', ...json(suggestionsSchema) } },
  }),
  rebuild: createRoute({
    method: 'post',
    path: '/search/rebuild',
    tags,
    summary: 'Make the search index anew from everything that is stored',
    responses: { 202: { description: 'It will be done' } },
  }),
};

/** `detail` is for whoever mends it: an address, a number of the server. */
const described = ({ problem, ...meaning }: MeaningNews) => ({
  ...meaning,
  problem: problem && { code: problem.code, detail: detailOf(problem) },
});

function detailOf({ code: _code, ...facts }: MeaningProblem): string | null {
  const told = Object.values(facts).filter((fact) => fact !== null && fact !== '');
  return told.length === 0 ? null : told.join(', ');
}

type SearchApiDeps = Pick<SearchService, 'search' | 'suggest'> & { startRebuild: () => Promise<void> };

export function searchApi({ search, suggest, startRebuild }: SearchApiDeps) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

  api.openapi(routes.search, async (c) => {
    const { q, page, mode } = c.req.valid('query');
    const { documents, meaning, ...results } = await search({ text: q, page, mode });
    const items = documents.map(({ at, ...document }) => ({ ...document, at: at?.toISOString() ?? null }));
    return c.json(resultsSchema.parse({ ...results, items, meaning: meaning && described(meaning) }), 200);
  });

  api.openapi(routes.suggest, async (c) => {
    const { titles, words } = await suggest(c.req.valid('query').q);
    const found = titles.map(({ kind, ref, title, type }) => ({
      kind,
      id: ref,
      title,
      type,
      href: hrefOf(kind, ref, { at: 'start' }),
    }));
    return c.json(suggestionsSchema.parse({ titles: found, words }), 200);
  });

  api.openapi(routes.rebuild, async (c) => {
    await startRebuild();
    return c.body(null, 202);
  });

  return api;
}
