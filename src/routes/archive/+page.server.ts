import { redirect } from '@sveltejs/kit';
import { cursorText } from '#features/archive/core/reading/list.ts';
import { filterOf, postQueryOf, readAskedPosts } from '#features/archive/server/reading/filter.schemas.ts';
import { activeFilters } from '#features/archive/ui/address.ts';
import { onCard, onStrip } from '#features/archive/ui/card-post.ts';
import { live } from '#ui/topics.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends(live('archive'));
  const { reading } = locals.app.archive;
  // A form without a script sends every field, also the empty ones.
  const said = [...url.searchParams].filter(([, value]) => value.trim() !== '');
  if (said.length < url.searchParams.size)
    redirect(303, said.length > 0 ? `/archive?${new URLSearchParams(said).toString()}` : '/archive');

  const asked = readAskedPosts(said);
  const isFirst = activeFilters(url.searchParams).length === 0 && !asked.after && !asked.before;
  const [list, count, choices, creators] = await Promise.all([
    reading.posts(postQueryOf(asked)),
    reading.countPosts(filterOf(asked)),
    reading.choices(asked.creator ?? null),
    isFirst ? reading.creators() : [],
  ]);
  return {
    posts: list.posts.map(onCard),
    next: list.next && cursorText(list.next),
    previous: list.previous && cursorText(list.previous),
    order: asked.order,
    count,
    choices,
    creators: creators.map(onStrip),
    hasSource: choices.sources.length > 0,
  };
};
