import { error } from '@sveltejs/kit';
import type { CreatorId } from '#core/ids.ts';
import { cursorText } from '#features/archive/core/reading/list.ts';
import { filterOf, postQueryOf, readAskedPosts } from '#features/archive/server/reading/filter.schemas.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reading } = locals.app.archive;
  const id = params.id as CreatorId;
  const asked = { ...readAskedPosts(url.searchParams), creator: id, source: undefined };
  const [creator, list, count, choices] = await Promise.all([
    reading.creator(id),
    reading.posts(postQueryOf(asked)),
    reading.countPosts(filterOf(asked)),
    reading.choices(id),
  ]);
  if (!creator) error(404);
  return {
    creator,
    posts: list.posts,
    next: list.next && cursorText(list.next),
    previous: list.previous && cursorText(list.previous),
    order: asked.order,
    count,
    choices,
  };
};
