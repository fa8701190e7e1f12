/** A stretch of text that both have, or only the later, or only the earlier one. */
export type Piece = { text: string; is: 'kept' | 'added' | 'removed' };

/** One place in a text: as it was, or with what changed in it. */
export type Passage = { is: 'same'; lines: readonly string[] } | { is: 'changed'; pieces: readonly Piece[] };

/** Lists of names, such as tags or files. */
export type ListChange = { added: readonly string[]; removed: readonly string[] };

/** What a reader would notice between two revisions. */
export type Comparison = {
  /** Null when it is the same. */
  title: readonly Piece[] | null;
  body: readonly Passage[];
  tags: ListChange;
  media: ListChange;
  tiers: ListChange;
  locked: { before: boolean; after: boolean };
};

export const compareLists = (before: readonly string[], after: readonly string[]): ListChange => ({
  added: after.filter((name) => !before.includes(name)),
  removed: before.filter((name) => !after.includes(name)),
});

const isSameList = ({ added, removed }: ListChange): boolean => added.length === 0 && removed.length === 0;

/** A revision is kept for what its source changed; that can be something that a reader does not see. */
export const isSameToRead = ({ title, body, tags, media, tiers, locked }: Comparison): boolean =>
  title === null &&
  body.every(({ is }) => is === 'same') &&
  [tags, media, tiers].every(isSameList) &&
  locked.before === locked.after;
