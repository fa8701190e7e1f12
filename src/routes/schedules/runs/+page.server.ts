import type { PolicyId } from '#core/ids.ts';
import { live } from '#ui/topics.ts';
import type { PageServerLoad } from './$types';

const PAGE_SIZE = 30;

/** Newest first; `before` is the start of the last one already shown. `policy` looks at one policy only. */
export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends(live('runs'));
  const { execution, planning } = locals.app;
  const policyId = url.searchParams.get('policy') as PolicyId | null;
  const before = new Date(url.searchParams.get('before') ?? '');
  const [runs, policy] = await Promise.all([
    execution.runs.list({
      limit: PAGE_SIZE + 1,
      before: Number.isNaN(before.getTime()) ? null : before,
      ...(policyId ? { policyId } : {}),
    }),
    policyId ? planning.policy(policyId) : null,
  ]);
  const shown = runs.slice(0, PAGE_SIZE);
  const last = runs.length > PAGE_SIZE ? (shown.at(-1)?.startedAt ?? null) : null;
  return { runs: shown, policy: policy ? { id: policy.id, name: policy.name } : null, before: last };
};
