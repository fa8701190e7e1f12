import { live } from '#ui/topics.ts';
import type { PageServerLoad } from './$types';

const PAGE_SIZE = 120;

/** Soonest first. Of several policies that want the same title the first to get it counts. */
export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends(live('plans'), live('library'));
  const { planning, links } = locals.app;
  const isAdmin = locals.user?.role === 'admin';
  const [all, policies, states] = await Promise.all([
    planning.leaving(),
    planning.listPolicies(),
    isAdmin ? links.state() : [],
  ]);
  const soonest = [...Map.groupBy(all, ({ itemId }) => itemId).values()].flatMap(([first]) => first ?? []);
  const page = Math.max(1, Math.trunc(Number(url.searchParams.get('page') ?? '1')) || 1);
  return {
    items: soonest.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
    page,
    pageSize: PAGE_SIZE,
    total: soonest.length,
    bytes: soonest.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0),
    /** Policies whose titles only rehearse. */
    rehearsing: [...new Set(all.filter(({ armed }) => !armed).map(({ policyName }) => policyName))],
    /** Media servers in which the links are not as they should be. */
    linkProblems: states.flatMap(({ name, problem }) => (problem ? [name] : [])),
    hasPolicies: policies.some(({ policy }) => policy.enabled),
  };
};
