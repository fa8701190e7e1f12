import type { Block } from './content.ts';
import type { SourceMedia } from './media.ts';

/** `other` is a kind that the parser does not know yet; its name is counted as drift. */
export type PostKind =
  | 'text'
  | 'image'
  | 'audio'
  | 'video'
  | 'podcast'
  | 'link'
  | 'poll'
  | 'livestream'
  | 'product'
  | 'document'
  | 'other';

/** In `tiers`: for whoever pays, however much. */
export const ANY_PAID_TIER = '*';

/** A post as the parser of its source read it out of the raw answer. Deriving it again from the same raw answer gives the same. */
export type SourcePost = {
  externalId: string;
  kind: PostKind;
  /** Null when its creator gave it none. */
  title: string | null;
  url: string | null;
  publishedAt: Date;
  editedAt: Date | null;
  /** Not readable with this sign-in: a locked copy never takes the place of a readable one. */
  locked: boolean;
  teaser: string | null;
  blocks: readonly Block[];
  media: readonly SourceMedia[];
  tags: readonly string[];
  /** Names of the tiers that may read it, or `ANY_PAID_TIER`; empty for everybody. */
  tiers: readonly string[];
  collections: readonly string[];
  commentCount: number;
  likeCount: number | null;
  drift: readonly Drift[];
};

/** Something in the raw answer that the parser does not know. It keeps its text, is counted, and shown to the admin. */
export type Drift = {
  /** `post`: the whole answer could not be read; its name is the reason. */
  what: 'key' | 'post-type' | 'node' | 'media-type' | 'post';
  name: string;
};

export type SourceCreator = {
  externalId: string;
  name: string;
  url: string | null;
  /** Plain text. */
  summary: string | null;
  avatar: SourcePicture | null;
  cover: SourcePicture | null;
  tiers: readonly {
    externalId: string;
    title: string;
    amountCents: number | null;
    currency: string | null;
  }[];
  /** Whether this sign-in pays, follows for nothing, or only knows of it; `own`: files that lie here, which nobody signs in for. */
  membership: 'paid' | 'free' | 'none' | 'own';
  /** How many posts the source says there are; it may be more than can be read. */
  postCount: number | null;
};

/** A picture of a creator. Where there is none nothing is said of it, and what is archived stays. */
export type SourcePicture = {
  /** What its source needs to fetch it, soon: addresses die. */
  address: string;
  /** The same as long as the picture is, whatever its address: it is fetched again only when this changes. */
  version: string;
};

export type SourceCollection = {
  externalId: string;
  title: string;
  description: string | null;
  /** External ids of its posts, in its order. */
  postIds: readonly string[];
  /** What the source says, which may be more than it lists. */
  postCount: number | null;
};

export type SourceComment = {
  externalId: string;
  parentId: string | null;
  author: string;
  isCreator: boolean;
  body: string;
  createdAt: Date;
  isDeleted: boolean;
  votes: number | null;
};
