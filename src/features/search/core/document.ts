export type DocumentKind = 'post' | 'item';

/** Which part of a document a passage is of. */
export const parts = ['body', 'comments', 'pdf', 'transcript', 'library', 'cast', 'makers'] as const;
export type Part = (typeof parts)[number];

/** These hold names and nothing else: they are of no language, and mean nothing that a model could tell. */
export const namingParts: readonly Part[] = ['cast', 'makers'];
export const isNaming = ({ part }: { part: Part }): boolean => namingParts.includes(part);

/** Spanish and English have stems of their own; the words of other languages are looked for as they stand. */
export type Language = 'es' | 'en' | 'other';

/** Says in which language a text is; a short one is told by what stands around it. */
export type DetectLanguage = (text: string) => Language | null;

/** Where a passage stands, so that a result opens there. */
export type Locator =
  | { at: 'start' }
  | { at: 'block'; block: number }
  | { at: 'comment'; comment: string }
  /** `media` is the place of a post where the file stands. */
  | { at: 'page'; media: string; page: number }
  | { at: 'said'; media: string; fromMs: number };

/** A stretch of text that belongs together: a block, a comment, a page. Passages begin and end within one or join several. */
export type Stretch = { part: Part; locator: Locator; text: string };

/** What is found: a post of the archive, or a title of the library. */
export type SearchDocument = {
  kind: DocumentKind;
  /** The id at its feature. */
  ref: string;
  title: string;
  /** A kind of post, or `film` or `show`. */
  type: string;
  creator: { id: string; name: string } | null;
  source: { id: string; name: string } | null;
  tags: readonly string[];
  lists: readonly string[];
  statuses: readonly string[];
  at: Date | null;
  stretches: readonly Stretch[];
};

/** Where a passage begins, and with which of its words, counted from 1, another block or line begins. */
export type Course = Locator & { then?: readonly (readonly [word: number, blockOrMs: number])[] };

export type Passage = { part: Part; locator: Course; language: Language; text: string };
