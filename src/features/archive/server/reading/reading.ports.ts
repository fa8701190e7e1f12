import type { CollectionId, CreatorId, PostId, RevisionId, Sha256 } from '#core/ids.ts';
import type { DocumentPicture, MediaLook, Transcript } from '../../core/media.ts';
import type { SourcePost } from '../../core/post.ts';
import type { PostFilter, PostList, PostQuery } from '../../core/reading/list.ts';
import type {
  CollectionCard,
  CreatorCard,
  PostCard,
  ShownComment,
  ShownCreator,
  ShownPost,
} from '../../core/reading/shown.ts';
import type { RawPost } from '../ports.ts';

/** Plugged in from enrichment, which stands above; of files that nothing was made of yet, nothing is said. */
export type MediaLooks = (files: readonly Sha256[]) => Promise<ReadonlyMap<Sha256, MediaLook>>;

/** What captions say; null while nobody has read them, and when they cannot be read. */
export type TranscriptOf = (sha: Sha256) => Promise<Transcript | null>;

/** The pictures that stand in a PDF, in the order of their pages. */
export type PicturesIn = (sha: Sha256) => Promise<readonly DocumentPicture[]>;

/** Reads a raw answer with the parser of its plugin; null when the plugin is gone or cannot read it any more. */
export type ReadRaw = (plugin: string, raw: RawPost) => SourcePost | null;

export type StoredRevision = {
  id: RevisionId;
  postExternalId: string;
  plugin: string;
  raw: unknown;
  locked: boolean;
  seenAt: Date;
};

/** What the filters of the lists offer. */
export type ListChoices = {
  creators: readonly { id: CreatorId; name: string }[];
  sources: readonly { id: string; name: string }[];
  collections: readonly { id: CollectionId; title: string }[];
  tags: readonly string[];
};

export type ArchiveCounts = {
  sources: number;
  creators: number;
  /** First seen since the moment that was asked for. */
  newPosts: number;
  gaps: number;
};

/** Pictures come without their looks: the service asks for those of a whole page at once. */
export type ReadingStore = {
  posts(query: PostQuery): Promise<PostList>;
  /** Up to `MOST_COUNTED` + 1. */
  countPosts(filter: PostFilter): Promise<number>;
  collectionPosts(id: CollectionId, page: { offset: number; limit: number }): Promise<readonly PostCard[]>;
  post(id: PostId): Promise<ShownPost | null>;
  comments(id: PostId): Promise<readonly ShownComment[]>;
  revision(postId: PostId, id: RevisionId): Promise<StoredRevision | null>;
  creators(): Promise<readonly CreatorCard[]>;
  creator(id: CreatorId): Promise<ShownCreator | null>;
  collections(creatorId: CreatorId | null): Promise<readonly CollectionCard[]>;
  collection(id: CollectionId): Promise<CollectionCard | null>;
  choices(creatorId: CreatorId | null): Promise<ListChoices>;
  counts(since: Date): Promise<ArchiveCounts>;
  /** Reads every file's row. */
  storedBytes(): Promise<number>;
};
