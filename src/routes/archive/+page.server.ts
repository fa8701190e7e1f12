import { redirect } from '@sveltejs/kit';
import { cursorText } from '#features/archive/core/reading/list.ts';
import { filterOf, postQueryOf, readAskedPosts } from '#features/archive/server/reading/filter.schemas.ts';
import { live } from '#ui/topics.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends(live('archive'));
  const { reading, sources } = locals.app.archive;
  // A form without a script sends every field, also the empty ones.
  const said = [...url.searchParams].filter(([, value]) => value.trim() !== '');
  if (said.length < url.searchParams.size)
    redirect(303, said.length > 0 ? `/archive?${new URLSearchParams(said).toString()}` : '/archive');

  const asked = readAskedPosts(said);
  const [list, count, choices, creators, ownSources] = await Promise.all([
    reading.posts(postQueryOf(asked)),
    reading.countPosts(filterOf(asked)),
    reading.choices(asked.creator ?? null),
    reading.creators(),
    sources.list(),
  ]);
  return {
    posts: list.posts,
    next: list.next && cursorText(list.next),
    previous: list.previous && cursorText(list.previous),
    order: asked.order,
    count,
    choices,
    creators,
    hasSource: ownSources.length > 0,
  };
};
