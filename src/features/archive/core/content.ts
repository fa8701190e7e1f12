/**
 * The body of a post as values, whatever form its source wrote it in. Nothing in here is markup: pages draw each block
 * with a component that escapes its text, so a hostile body has nothing to run.
 */
export type Block =
  | { type: 'paragraph'; text: readonly Span[] }
  | { type: 'heading'; level: 2 | 3 | 4; text: readonly Span[] }
  | { type: 'list'; ordered: boolean; items: readonly (readonly Block[])[] }
  | { type: 'quote'; blocks: readonly Block[] }
  | { type: 'code'; text: string }
  | { type: 'image'; media: MediaRef; alt: string | null; caption: string | null }
  | { type: 'gallery'; media: readonly MediaRef[] }
  | { type: 'audio'; media: MediaRef }
  | { type: 'video'; media: MediaRef }
  | { type: 'file'; media: MediaRef }
  | { type: 'embed'; embed: Embed }
  | { type: 'link'; url: string; title: string | null; description: string | null }
  | { type: 'poll'; poll: Poll }
  | { type: 'divider' };

export type Span = {
  text: string;
  marks?: readonly Mark[] | undefined;
  /** `http:`, `https:` or `mailto:`; anything else is no link. */
  href?: string | undefined;
  /** The link is to a file of the post. */
  media?: MediaRef | undefined;
};
export type Mark = 'bold' | 'italic' | 'underline' | 'strike' | 'code';

/** The id that the source gave the media; it is one of the post's `media`. */
export type MediaRef = string;

/** What stands on another site. It is shown as a link with its picture, and never loaded as a frame by itself. */
export type Embed = {
  provider: string | null;
  url: string;
  title: string | null;
  description: string | null;
};

export type Poll = {
  question: string;
  choices: readonly { text: string; votes: number | null }[];
  /** ISO 8601: blocks are stored as JSON. */
  closesAt: string | null;
};
