import type { CollectionId, CreatorId, PostId, Sha256 } from '#core/ids.ts';
import { DAY_MS } from '#core/time-span.ts';
import type { DocumentPicture, Transcript } from '../../core/media.ts';
import type { PostFilter, PostList, PostQuery } from '../../core/reading/list.ts';
import type {
  CollectionCard,
  PostCard,
  ShownComment,
  ShownCreator,
  ShownPost,
} from '../../core/reading/shown.ts';
import { threadsOf, type Thread } from '../../core/reading/threads.ts';
import { withFaces, withLooks } from './looks.ts';
import type { MediaLooks, PicturesIn, ReadingStore, ReadRaw, TranscriptOf } from './reading.ports.ts';
import { createRevisions } from './revisions.service.ts';

export type ReadingDeps = {
  store: ReadingStore;
  looks: MediaLooks;
  transcriptOf: TranscriptOf;
  picturesIn: PicturesIn;
  readRaw: ReadRaw;
  clock: { now: () => Date };
};

const NEW_DAYS = 7;
/** Adding up three hundred thousand files takes longer than a dashboard may, and a minute changes little. */
const BYTES_FRESH_MS = 60_000;

export type ReadingService = ReturnType<typeof createReadingService>;

/** What pages and the API show of the archive. It reads, and changes nothing. */
export function createReadingService({
  store,
  looks,
  transcriptOf,
  picturesIn,
  readRaw,
  clock,
}: ReadingDeps) {
  const withCovers = <T extends { cover: PostCard['cover'] }>(cards: readonly T[]) =>
    withFaces(cards, looks, ['cover']);

  const storedBytes = createStoredBytes(store);

  return {
    async posts(query: PostQuery): Promise<PostList> {
      const list = await store.posts(query);
      return { ...list, posts: await withCovers(list.posts) };
    },

    countPosts: (filter: PostFilter): Promise<number> => store.countPosts(filter),

    async collectionPosts(
      id: CollectionId,
      page: { offset: number; limit: number },
    ): Promise<readonly PostCard[]> {
      return withCovers(await store.collectionPosts(id, page));
    },

    async post(id: PostId): Promise<ShownPost | null> {
      const post = await store.post(id);
      return post && { ...post, media: await withLooks(post.media, looks) };
    },

    /** What is said in a post, by the files that say it: captions, and sound and films that were listened to. */
    async transcripts({ media }: Pick<ShownPost, 'media'>): Promise<ReadonlyMap<Sha256, Transcript>> {
      const files = media.flatMap(({ role, kind, sha256 }) =>
        sha256 && (role === 'captions' || kind === 'audio' || kind === 'video') ? [sha256] : [],
      );
      return ofEach(files, transcriptOf);
    },

    /** The pictures in the PDFs of a post, by their files. */
    async documentPictures({
      media,
    }: Pick<ShownPost, 'media'>): Promise<ReadonlyMap<Sha256, readonly DocumentPicture[]>> {
      const documents = media.filter(({ mimeType }) => mimeType === 'application/pdf');
      const files = documents.flatMap(({ sha256 }) => sha256 ?? []);
      return ofEach(files, async (sha) => {
        const pictures = await picturesIn(sha);
        return pictures.length > 0 ? pictures : null;
      });
    },

    commentList: (id: PostId) => store.comments(id),

    /** As a conversation. */
    threads: async (id: PostId): Promise<readonly Thread<ShownComment>[]> =>
      threadsOf(await store.comments(id)),

    revision: createRevisions({ store, readRaw }),

    creators: async () => withFaces(await store.creators(), looks, ['avatar']),

    async creator(id: CreatorId): Promise<ShownCreator | null> {
      const creator = await store.creator(id);
      if (!creator) return null;
      const [[faced], collections] = await Promise.all([
        withFaces([creator], looks, ['avatar', 'cover']),
        withCovers(creator.collections),
      ]);
      return faced ? { ...faced, collections } : null;
    },

    collections: async (creatorId: CreatorId | null): Promise<readonly CollectionCard[]> =>
      withCovers(await store.collections(creatorId)),

    async collection(id: CollectionId): Promise<CollectionCard | null> {
      const found = await store.collection(id);
      return found && ((await withCovers([found]))[0] ?? null);
    },

    choices: (creatorId: CreatorId | null) => store.choices(creatorId),

    /** For the dashboard. */
    async counts() {
      const now = clock.now();
      const [counts, bytes] = await Promise.all([
        store.counts(new Date(now.getTime() - NEW_DAYS * DAY_MS)),
        storedBytes(now),
      ]);
      return { ...counts, storedBytes: bytes };
    },
  };
}

/** Each file is asked for once; one that has nothing is missing. */
async function ofEach<T>(
  files: readonly Sha256[],
  ask: (sha: Sha256) => Promise<T | null>,
): Promise<ReadonlyMap<Sha256, T>> {
  const asked = await Promise.all([...new Set(files)].map(async (sha) => [sha, await ask(sha)] as const));
  return new Map(asked.flatMap(([sha, found]) => (found === null ? [] : [[sha, found] as const])));
}

function createStoredBytes(store: Pick<ReadingStore, 'storedBytes'>) {
  let measured: { at: Date; bytes: Promise<number> } | null = null;
  const storedBytes = (now: Date): Promise<number> => {
    if (!measured || now.getTime() - measured.at.getTime() > BYTES_FRESH_MS) {
      measured = { at: now, bytes: store.storedBytes() };
      measured.bytes.catch(() => (measured = null));
    }
    return measured.bytes;
  };
  return storedBytes;
}
