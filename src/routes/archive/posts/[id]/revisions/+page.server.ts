import { error } from '@sveltejs/kit';
import type { PostId, RevisionId } from '#core/ids.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reading } = locals.app.archive;
  const id = params.id as PostId;
  const post = await reading.post(id);
  if (!post) error(404);
  const { title, kind, revisions } = post;
  const wanted = url.searchParams.get('of') ?? revisions[0]?.id;
  const compared = wanted === undefined ? null : await reading.revision(id, wanted as RevisionId);
  const shown = { post: { id, title, kind, revisions }, selected: wanted ?? null };
  if (!compared?.ok)
    return { ...shown, comparison: null, earlier: null, problem: compared?.error.code ?? null };
  const { comparison, earlier } = compared.value;
  return { ...shown, comparison, earlier, problem: null };
};
