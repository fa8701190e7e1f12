import { live } from '#ui/topics.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends(live('archive'));
  const { sources } = locals.app.archive;
  return {
    sources: await sources.list(),
    pluginNames: Object.fromEntries(sources.plugins().map(({ id, name }) => [id, name])),
  };
};
