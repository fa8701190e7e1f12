import { err, type Result } from '#core/result.ts';
import type { DownloadProblem } from '../../core/media.ts';
import type { SourceProblem } from '../../core/source-problem.ts';
import type { PostPage, Source } from '../ports.ts';

export type Watch = {
  /** Why nothing may be asked now, or null. */
  gate: (signal: AbortSignal) => Promise<SourceProblem | null>;
  note: (problem: SourceProblem) => Promise<void>;
};

/** A question that was given up while it waited for its turn is an answer too. */
export async function unlessAborted<T, E>(
  signal: AbortSignal,
  ask: () => Promise<Result<T, E>>,
): Promise<Result<T, E | SourceProblem>> {
  try {
    return await ask();
  } catch (problem) {
    if (signal.aborted) return err({ code: 'source.aborted' });
    throw problem;
  }
}

/** The same source, that is not asked while it is stopped, and whose problems stop it for everybody. */
export function watchSource(source: Source, { gate, note }: Watch): Source {
  async function watched<T, E extends SourceProblem | DownloadProblem>(
    signal: AbortSignal,
    ask: () => Promise<Result<T, E>>,
  ): Promise<Result<T, E | SourceProblem>> {
    const stopped = await gate(signal);
    if (stopped) return err(stopped);
    const answer = await unlessAborted(signal, ask);
    if (!answer.ok && isOfSource(answer.error)) await note(answer.error);
    return answer;
  }

  async function* pages(
    creatorId: string,
    signal: AbortSignal,
  ): AsyncIterable<Result<PostPage, SourceProblem>> {
    const stopped = await gate(signal);
    if (stopped) {
      yield err(stopped);
      return;
    }
    for await (const page of source.posts(creatorId, signal)) {
      if (!page.ok) await note(page.error);
      yield page;
    }
  }

  const { glance } = source;
  return {
    check: (signal) => watched(signal, () => source.check(signal)),
    creators: (signal) => watched(signal, () => source.creators(signal)),
    posts: pages,
    post: (id, signal) => watched(signal, () => source.post(id, signal)),
    collections: (id, signal) => watched(signal, () => source.collections(id, signal)),
    products: (id, signal) => watched(signal, () => source.products(id, signal)),
    comments: (id, signal) => watched(signal, () => source.comments(id, signal)),
    download: (wish, signal) => watched(signal, () => source.download(wish, signal)),
    // What the host of a picture answers stops nobody: there are the first letters of the name.
    picture: async (address, signal) => {
      const stopped = await gate(signal);
      return stopped ? err(stopped) : unlessAborted(signal, () => source.picture(address, signal));
    },
    ...(glance ? { glance: (signal) => unlessAborted(signal, () => glance(signal)) } : {}),
    close: () => source.close(),
  };
}

/** What went wrong with one file says nothing about the source. */
const isOfSource = (problem: SourceProblem | DownloadProblem): problem is SourceProblem =>
  problem.code.startsWith('source.');
