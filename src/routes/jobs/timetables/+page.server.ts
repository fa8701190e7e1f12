import { live } from '#ui/topics.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends(live('jobs'), live('plans'));
  const [timetables, policies, sources] = await Promise.all([
    locals.app.jobs.timetables(),
    locals.app.planning.listPolicies(),
    locals.app.archive.sources.list(),
  ]);
  const owners = [...policies.map(({ policy }) => policy), ...sources];
  const names = new Map<string, string>(owners.map(({ id, name }) => [id, name]));
  return { timetables: timetables.map((table) => ({ ...table, of: names.get(table.key) ?? null })) };
};
