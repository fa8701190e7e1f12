import type { ItemId } from '#core/ids.ts';

/** `invisible`: Janitorr does not see it at all, so it neither goes nor is ever announced. */
export type JanitorrDoes = 'delete' | 'leaving-soon' | 'keep' | 'invisible';

export type JanitorrWhy =
  | 'older-than-tier'
  | 'older-than-tag'
  | 'episode-too-old'
  | 'episode-over-count'
  | 'older-season'
  | 'announced'
  | 'young'
  | 'room'
  | 'excluded'
  | 'favourite'
  | 'episode-tag'
  /** J-47: the log has an error and nothing else happens. */
  | 'guard'
  /** J-75: the run broke off. */
  | 'crash'
  | 'schedules-off'
  | 'no-import'
  | 'no-files'
  | 'other-instance';

/** What Janitorr would do with one item in its next run, were nothing in the way of it. */
export type JanitorrDecision = {
  itemId: ItemId;
  does: JanitorrDoes;
  why: JanitorrWhy;
  /** The tag schedule that says so. */
  tag: string | null;
  importedAt: Date | null;
  lastSeenAt: Date | null;
};

const weight: Readonly<Record<JanitorrDoes, number>> = {
  delete: 3,
  'leaving-soon': 2,
  keep: 1,
  invisible: 0,
};

/** J-64: every schedule looks by itself, so whichever wants most has its way. */
export const strongest = (decisions: readonly JanitorrDecision[]): JanitorrDecision | null =>
  decisions.reduce<JanitorrDecision | null>(
    (best, one) => (best !== null && weight[best.does] >= weight[one.does] ? best : one),
    null,
  );
