import { error } from '@sveltejs/kit';
import type { CollectionId } from '#core/ids.ts';
import { onCard } from '#features/archive/ui/card-post.ts';
import { live } from '#ui/topics.ts';
import type { PageServerLoad } from './$types';

const PAGE_SIZE = 48;
const MOST_PAGES = 100_000;

export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
  depends(live('archive'));
  const { reading } = locals.app.archive;
  const id = params.id as CollectionId;
  const asked = Number(url.searchParams.get('page') ?? '1');
  const page = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), MOST_PAGES) : 1;
  const [collection, posts] = await Promise.all([
    reading.collection(id),
    reading.collectionPosts(id, { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE }),
  ]);
  if (!collection) error(404);
  return { collection, posts: posts.map(onCard), page, pageSize: PAGE_SIZE };
};
