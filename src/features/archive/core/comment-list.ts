export type CommentList = {
  /** Ids that the source told, with those that it calls deleted. */
  told: readonly string[];
  /** How many it counts at the post itself. */
  counted: number;
  /** Ids of those that are here and have not vanished. */
  known: readonly string[];
};

/**
 * What to think of an answer with comments. `whole`: those that it lacks have vanished. `partial`: fewer than the source
 * counts, as when some are hidden; nobody vanishes by it. `doubtful`: it lacks what is known to be there, or has nothing at
 * all, so nobody vanishes either and it is asked again with the next sync.
 */
export function judgeComments({ told, counted, known }: CommentList): 'whole' | 'partial' | 'doubtful' {
  if (told.length >= counted) return 'whole';
  const isToldOf = new Set(told);
  return told.length === 0 || known.some((id) => !isToldOf.has(id)) ? 'doubtful' : 'partial';
}
