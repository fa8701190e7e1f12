/** A comment as far as its place in the conversation goes. */
export type Said = { externalId: string; parentId: string | null; createdAt: Date };

export type Thread<T> = { comment: T; replies: Thread<T>[] };

/** Deeper answers stand beside the one that they answer: on a phone there is no room for a fifth step to the right. */
export const DEEPEST = 3;

/**
 * Comments as a conversation, oldest first. A reply whose comment is not there begins a thread of its own, and so does
 * one in a circle: a source can say anything, and nothing that was said may be lost.
 */
export function threadsOf<T extends Said>(comments: readonly T[]): Thread<T>[] {
  const sorted = comments.toSorted(
    (a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.externalId < b.externalId ? -1 : 1),
  );
  const ids = new Set(sorted.map(({ externalId }) => externalId));
  const answers = Map.groupBy(sorted, ({ parentId }) =>
    parentId !== null && ids.has(parentId) ? parentId : '',
  );
  const threads: Thread<T>[] = [];
  const placed = new Set<string>();

  const place = (first: readonly T[]) => {
    let open = first.map((comment) => ({ comment, depth: 0, beside: threads }));
    while (open.length > 0) {
      open = open.flatMap(({ comment, depth, beside }) => {
        if (placed.has(comment.externalId)) return [];
        placed.add(comment.externalId);
        const thread: Thread<T> = { comment, replies: [] };
        beside.push(thread);
        const below = depth < DEEPEST ? thread.replies : beside;
        return (answers.get(comment.externalId) ?? []).map((reply) => ({
          comment: reply,
          depth: Math.min(depth + 1, DEEPEST),
          beside: below,
        }));
      });
    }
  };

  place(answers.get('') ?? []);
  for (const comment of sorted) place([comment]);
  return threads;
}
