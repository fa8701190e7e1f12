import type { Node } from './document.ts';
import type { Language } from './material.ts';
import type { Recipe } from './media/recipes.ts';

/** Everything that one person's account at Patreon can see: who is supported, and what they published. */
export type Patronage = {
  seed: number;
  now: string;
  viewer: Person & { email: string };
  creators: Creator[];
};

export type Person = { id: string; name: string };

export type Creator = {
  key: string;
  campaignId: string;
  userId: string;
  vanity: string;
  name: string;
  creationName: string;
  oneLiner: string;
  summary: string;
  colour: string;
  currency: string;
  createdAt: string;
  patronCount: number;
  isNsfw: boolean;
  tiers: Tier[];
  /** How much of it the viewer has paid for; null for somebody who is only followed. */
  membership: Membership | null;
  collections: Collection[];
  products: Product[];
  /** Oldest first. */
  posts: Post[];
  avatar: Media;
  cover: Media;
};

export type Tier = {
  id: string;
  title: string;
  description: string;
  amountCents: number;
  isFree: boolean;
};

export type Membership = {
  id: string;
  entitledCents: number;
  isFreeMember: boolean;
  isGifted: boolean;
  lastChargeDate: string | null;
};

export const postTypes = [
  'text_only',
  'image_file',
  'video_external_file',
  'video_embed',
  'audio_file',
  'audio_embed',
  'podcast',
  'link',
  'poll',
  'livestream_youtube',
  'livestream_crowdcast',
] as const;

export type Access =
  { kind: 'public' } | { kind: 'patrons' } | { kind: 'tier'; tierId: string; cents: number };

export type Post = {
  id: string;
  /** One of `postTypes`, or a word that nobody has heard of yet. */
  postType: string;
  title: string | null;
  language: Language;
  /** What it is about and whom it names: a later judge of search knows what should be found. */
  topic: string;
  particulars: Record<string, string>;
  publishedAt: string;
  createdAt: string;
  editedAt: string | null;
  body: Node;
  /** Newer posts have no `content`, only the JSON; old ones have no JSON. */
  bodyAs: 'html' | 'json' | 'both';
  /** Sent as it is in place of the body, for bodies that no editor would write. */
  raw?: { content: string | null; json: string | null };
  teaser: string | null;
  access: Access;
  media: Media[];
  /** The cover is one of the pictures, as it usually is, or a file of its own. */
  cover: string | null;
  embed: Embed | null;
  poll: Poll | null;
  tags: string[];
  likeCount: number;
  comments: Comment[];
};

export type Media = {
  id: string;
  role: 'image' | 'attachment' | 'audio' | 'video' | 'inline' | 'profile';
  file: Recipe;
  /** Null for pictures from the editor, and sometimes an address. */
  fileName: string | null;
  mimetype: string;
  createdAt: string;
  /** How the file server says the name of the file. */
  disposition: 'plain' | 'rfc5987' | 'none';
  /** False for files whose size the source does not tell. */
  tellsSize: boolean;
  hasTranscript: boolean;
  /** Of a film: its words are named in its stream, and nowhere else. */
  hasStreamWords: boolean;
  isProtected: boolean;
};

export type Embed = {
  provider: string;
  provider_url: string;
  url: string;
  subject: string;
  description: string | null;
  html: string | null;
};

export type Poll = {
  id: string;
  question: string;
  closesAt: string | null;
  choices: { id: string; text: string; responses: number }[];
  /** What the viewer chose. */
  chosen: string | null;
};

export type Comment = {
  id: string;
  by: Person;
  body: string;
  createdAt: string;
  deletedAt: string | null;
  isByCreator: boolean;
  isByPatron: boolean;
  isLikedByCreator: boolean;
  votes: number;
  replies: Comment[];
};

export type Collection = {
  id: string;
  title: string;
  description: string;
  createdAt: string;
  editedAt: string;
  /** In the order the creator gave them, which is not that of the dates. */
  postIds: string[];
  thumbnail: Media;
};

export type Product = {
  id: string;
  name: string;
  description: string;
  priceCents: number;
  publishedAt: string;
  contentType: 'digital_commerce' | 'post' | 'collection';
  /** Since when the viewer owns it. */
  ownedSince: string | null;
  content: Media[];
  preview: Media[];
};
