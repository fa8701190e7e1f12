import { error } from '@sveltejs/kit';
import type { PostId } from '#core/ids.ts';
import { live } from '#ui/topics.ts';
import type { PageServerLoad } from './$types';

/** More comes when somebody asks for it: a post with three thousand comments is still a post. */
const THREADS = 50;

export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
  depends(live('archive'));
  const { reading } = locals.app.archive;
  const id = params.id as PostId;
  const [post, threads] = await Promise.all([reading.post(id), reading.threads(id)]);
  if (!post) error(404);
  const within = url.searchParams.get('in');
  const isAll = url.searchParams.get('comments') === 'all';
  return {
    post,
    transcripts: await reading.transcripts(post),
    within: post.collections.find((collection) => collection.id === within) ?? null,
    threads: isAll ? threads : threads.slice(0, THREADS),
    threadCount: threads.length,
  };
};
