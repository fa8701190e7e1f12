import { seenBy } from '#features/archive/core/attention.ts';
import { live } from '#ui/topics.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, depends }) => {
  depends(live('archive'));
  return { troubles: seenBy(locals.user?.role === 'admin', await locals.app.archive.attention()) };
};
