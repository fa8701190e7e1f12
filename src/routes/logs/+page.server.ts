import { logQuery } from '#features/operations/server/schemas.ts';
import type { PageServerLoad } from './$types';

/** How far back the names of parts are looked for. */
const MOST_FOR_PARTS = 1000;

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('live:logs');
  const asked = logQuery.safeParse(Object.fromEntries(url.searchParams));
  const { level, text, part, most } = asked.success ? asked.data : logQuery.parse({});
  const all = await locals.app.logs.newest({ level, text, part: null }, Math.max(most, MOST_FOR_PARTS));
  const entries =
    part === undefined ? all.slice(0, most) : await locals.app.logs.newest({ level, text, part }, most);
  const parts = new Set([...all.flatMap((entry) => entry.part ?? []), ...(part === undefined ? [] : [part])]);
  return {
    entries,
    parts: [...parts].sort(),
    filter: { level, text, part: part ?? '', most, oneLine: url.searchParams.has('oneLine') },
  };
};
