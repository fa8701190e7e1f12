import type { PostId } from '#core/ids.ts';
import type { SourceProblem } from '../../core/source-problem.ts';
import { effectOf } from '../../core/stopping.ts';
import type { OpenedSource, OpenProblem, OpenSource } from '../sources/opener.ts';
import type { PostStore, PostToRead } from './post.store.ts';
import { readCopy, unreadableDrift } from './read-copy.ts';
import type { Clock } from './sync.ports.ts';

export type PostDeps = {
  store: PostStore;
  openSource: OpenSource;
  changed: () => void;
  clock: Clock;
};

/** How far a job came with a post. What is left stands in its row, and is found again by the next sync. */
export type PostOutcome =
  | { is: 'done' }
  /** The source rests; nothing was asked, or the last question was too much. */
  | { is: 'stopped'; problem: SourceProblem }
  | { is: 'failed'; problem: SourceProblem }
  | { is: 'not-openable'; problem: OpenProblem };

export type PostService = ReturnType<typeof createPostService>;

/** Asks what is left to ask of one post: its detail, whether it has vanished, its comments. */
export function createPostService({ store, openSource, changed, clock }: PostDeps) {
  async function readDetail(
    post: PostToRead,
    { source, plugin }: OpenedSource,
    signal: AbortSignal,
  ): Promise<SourceProblem | null> {
    const answer = await source.post(post.externalId, signal);
    if (answer.ok) {
      const copy = readCopy(plugin, answer.value);
      const drift = unreadableDrift(plugin, answer.value);
      await store.saveDetail(post, plugin, { copy, drift, at: clock.now() });
      return null;
    }
    if (answer.error.code !== 'source.not-found') return answer.error;
    if (post.isMissing) await store.saveVanished(post, clock.now());
    return null;
  }

  async function readComments(
    post: PostToRead,
    { source, plugin }: OpenedSource,
    signal: AbortSignal,
  ): Promise<SourceProblem | null> {
    const count = post.commentCount;
    if (!plugin.capabilities.includes('comments')) {
      await store.skipComments(post.id, count);
      return null;
    }
    const answer = await source.comments(post.externalId, signal);
    if (!answer.ok) return answer.error;
    await store.saveComments(post.id, { told: answer.value, count, at: clock.now() });
    return null;
  }

  async function read(id: PostId, opened: OpenedSource, signal: AbortSignal): Promise<SourceProblem | null> {
    const post = await store.find(id);
    if (!post) return null;
    const problem =
      post.detailDue || (post.isMissing && post.vanishedAt === null)
        ? await readDetail(post, opened, signal)
        : null;
    if (problem) return problem;
    const after = await store.find(id);
    return after && areCommentsDue(after) ? readComments(after, opened, signal) : null;
  }

  return {
    async read(id: PostId, signal: AbortSignal): Promise<PostOutcome> {
      const post = await store.find(id);
      if (!post) return { is: 'done' };
      const opened = await openSource(post.sourceId);
      if (!opened.ok) return { is: 'not-openable', problem: opened.error };
      const problem = await read(id, opened.value, signal);
      changed();
      if (problem === null) return { is: 'done' };
      signal.throwIfAborted();
      return { is: effectOf(problem).is === 'this-question' ? 'failed' : 'stopped', problem };
    },
  };
}

const areCommentsDue = (post: PostToRead): boolean =>
  !post.locked && post.vanishedAt === null && post.commentCount !== (post.commentsReadCount ?? 0);
