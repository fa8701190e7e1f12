import type {
  CollectionId,
  CreatorId,
  PostId,
  PostMediaId,
  RevisionId,
  Sha256,
  SourceId,
} from '#core/ids.ts';
import type { Block } from '../content.ts';
import type { GapReason, MediaKind, MediaLook, MediaRole, MediaState } from '../media.ts';
import type { PostKind, SourceCreator } from '../post.ts';

export type ShownMedia = {
  id: PostMediaId;
  externalId: string;
  position: number;
  kind: MediaKind;
  role: MediaRole;
  fileName: string | null;
  mimeType: string | null;
  sizeBytes: number | null;
  width: number | null;
  height: number | null;
  durationMs: number | null;
  caption: string | null;
  of: string | null;
  language: string | null;
  state: MediaState;
  sha256: Sha256 | null;
  gap: GapReason | null;
  /** The bytes in the store were gone or others when somebody last looked. */
  isDamaged: boolean;
  /** The newest revision does not name it any more. */
  withdrawnAt: Date | null;
  look: MediaLook | null;
};

export type ShownPicture = { sha256: Sha256; kind: MediaKind; look: MediaLook | null };

export type Named<Id> = { id: Id; name: string };

/** A post in a list. */
export type PostCard = {
  id: PostId;
  creator: Named<CreatorId>;
  kind: PostKind;
  title: string | null;
  excerpt: string | null;
  publishedAt: Date;
  locked: boolean;
  /** Whether there is a body to read, from now or from before it was locked. */
  readable: boolean;
  vanishedAt: Date | null;
  pictures: number;
  files: number;
  gaps: number;
  commentCount: number;
  /** Of its longest sound or film. */
  durationMs: number | null;
  minutes: number | null;
  cover: ShownPicture | null;
};

export type Neighbour = { id: PostId; title: string | null; publishedAt: Date };
export type Neighbours = { previous: Neighbour | null; next: Neighbour | null };

/** A collection as seen from one of its posts. */
export type PlaceInCollection = Neighbours & {
  id: CollectionId;
  title: string;
  /** From 1. */
  number: number;
  count: number;
};

export type ShownComment = {
  externalId: string;
  parentId: string | null;
  author: string;
  isCreator: boolean;
  body: string;
  createdAt: Date;
  vanishedAt: Date | null;
  votes: number | null;
};

export type RevisionRow = { id: RevisionId; seenAt: Date; locked: boolean; isShown: boolean };

export type ShownPost = {
  id: PostId;
  externalId: string;
  creator: Named<CreatorId>;
  source: Named<SourceId>;
  kind: PostKind;
  title: string | null;
  url: string | null;
  publishedAt: Date;
  editedAt: Date | null;
  locked: boolean;
  readable: boolean;
  teaser: string | null;
  blocks: readonly Block[];
  tags: readonly string[];
  tiers: readonly string[];
  commentCount: number;
  likeCount: number | null;
  /** Null until it was read whole; before that only what lists show is there. */
  readAt: Date | null;
  firstSeenAt: Date;
  lastSeenAt: Date;
  vanishedAt: Date | null;
  /** When the copy that is shown was read. */
  shownFrom: Date | null;
  media: readonly ShownMedia[];
  collections: readonly PlaceInCollection[];
  /** By date, of the same creator: `previous` is older. */
  beside: Neighbours;
  revisions: readonly RevisionRow[];
};

export type CreatorCard = {
  id: CreatorId;
  source: Named<SourceId>;
  name: string;
  membership: SourceCreator['membership'];
  selected: boolean;
  avatar: ShownPicture | null;
  newestPostAt: Date | null;
};

export type ShownCreator = CreatorCard & {
  externalId: string;
  url: string | null;
  summary: string | null;
  tiers: SourceCreator['tiers'];
  cover: ShownPicture | null;
  syncedAt: Date | null;
  collections: readonly CollectionCard[];
};

export type CollectionCard = {
  id: CollectionId;
  creator: Named<CreatorId>;
  title: string;
  description: string | null;
  /** Archived. The source may say that there are more. */
  postCount: number;
  saidCount: number | null;
  vanishedAt: Date | null;
  cover: ShownPicture | null;
};
