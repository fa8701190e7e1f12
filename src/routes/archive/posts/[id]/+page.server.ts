import { error, fail, redirect } from '@sveltejs/kit';
import type { PostId } from '#core/ids.ts';
import { listenForm } from '#features/enrichment/server/speech/speech.schemas.ts';
import { listenFlash } from '#features/enrichment/ui/form-answers.ts';
import { leaveFlash } from '#ui/flash.ts';
import { readForm } from '#ui/form.ts';
import { live } from '#ui/topics.ts';
import type { Actions, PageServerLoad } from './$types';

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
    documentPictures: await reading.documentPictures(post),
    within: post.collections.find((collection) => collection.id === within) ?? null,
    threads: isAll ? threads : threads.slice(0, THREADS),
    threadCount: threads.length,
  };
};

/** Only admins get here: see accounts/core/access.ts. */
export const actions: Actions = {
  listen: async ({ request, locals, params, cookies }) => {
    const form = await readForm(request, listenForm);
    if (!form.ok) return fail(400, form.state);
    leaveFlash(cookies, listenFlash(await locals.app.listening.again(form.value.sha)));
    redirect(303, `/archive/posts/${params.id}`);
  },
};
