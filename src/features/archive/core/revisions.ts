/** One answer of a source about a post, as far as keeping it goes. */
export type Copy = {
  holds:
    /** The parser cannot read it; a better one may. */
    | 'nothing-readable'
    /** What somebody without access sees. */
    | 'locked'
    /** Said to be readable, and there is nothing in it. */
    | 'nothing'
    | 'a-body';
  /** Of what a reader would see: see `shownText`. */
  digest: string;
  /** Of what there is to read, without the media: see `shownWords`. */
  words: string;
  /** The ids of all media that it names. */
  media: readonly string[];
};

/** The copy that is shown, and the newest of those that were only put aside. */
export type StoredCopies = { shown: Copy | null; asideDigest: string | null };

export type Keeping =
  /** It says nothing that is not known. */
  | 'known'
  /** It becomes what is shown; what was shown before stays as an older revision. */
  | 'show'
  /** It is kept as a revision, and what is shown stays. */
  | 'put-aside';

/**
 * What becomes of an answer. A locked copy never takes the place of a readable one. Neither does an empty one of one
 * with a body: a source that had moved its text to another field looked just like that (patreon-dl#119). Nor one with the
 * same words and only fewer media: a list that came empty or cut looks just like that too.
 */
export function keepCopy({ shown, asideDigest }: StoredCopies, seen: Copy): Keeping {
  if (seen.digest === shown?.digest) return 'known';
  const isLess = worth(seen) < (shown === null ? 1 : worth(shown)) || isStripped(shown, seen);
  if (isLess) return seen.digest === asideDigest ? 'known' : 'put-aside';
  return 'show';
}

const worths: Readonly<Record<Copy['holds'], number>> = {
  'nothing-readable': 0,
  locked: 1,
  nothing: 2,
  'a-body': 3,
};
const worth = ({ holds }: Copy): number => worths[holds];

const isStripped = (shown: Copy | null, seen: Copy): boolean =>
  seen.holds === 'a-body' &&
  shown?.words === seen.words &&
  new Set(seen.media).size < new Set(shown.media).size &&
  seen.media.every((id) => shown.media.includes(id));

/** Which of all copies of a post, oldest first, is to be shown: what keeping them one by one comes to. */
export function chooseShown<C extends Copy>(copies: readonly C[]): C | null {
  let shown: C | null = null;
  for (const copy of copies) {
    if (keepCopy({ shown, asideDigest: null }, copy) === 'show') shown = copy;
  }
  return shown;
}
