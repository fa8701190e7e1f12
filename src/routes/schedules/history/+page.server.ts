import { live } from '#ui/topics.ts';
import type { PageServerLoad } from './$types';

const PAGE_SIZE = 50;
const outcomes = ['removed', 'left-alone', 'failed'] as const;

/** Ended removals, newest first. `after` is the last one already shown. */
export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends(live('runs'));
  const query = (url.searchParams.get('q') ?? '').trim().slice(0, 100);
  const outcome = outcomes.find((one) => one === url.searchParams.get('outcome')) ?? null;
  const found = await locals.app.execution.removals.history({
    limit: PAGE_SIZE + 1,
    after: url.searchParams.get('after'),
    text: query,
    ...(outcome ? { outcome } : {}),
  });
  const shown = found.slice(0, PAGE_SIZE);
  const restores = await locals.app.restoring.latest(shown.map(({ removal }) => removal.id));
  return {
    query,
    outcome,
    next: found.length > PAGE_SIZE ? (shown.at(-1)?.cursor ?? null) : null,
    entries: shown.map(({ removal, run, cursor }) => ({
      cursor,
      run,
      removal,
      restore: restores.find(({ removalId }) => removalId === removal.id) ?? null,
      endedAt: 'at' in removal.state ? removal.state.at : null,
    })),
  };
};
