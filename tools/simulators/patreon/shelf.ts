import type { Creator, Media, Post } from '../../seed/patreon/patronage.ts';

export type Entry = { id: string; publishedAt: number };

/** The posts of one creator, written down or made up when they are asked for. */
export type Shelf = {
  creator: Creator;
  /** Newest first. */
  entries: () => readonly Entry[];
  post: (id: string) => Post | undefined;
  /** The post that a file belongs to. */
  postOfMedia: (mediaId: string) => Post | undefined;
  postOfComment: (commentId: string) => Post | undefined;
  films: () => readonly Media[];
  put: (post: Post) => void;
  remove: (id: string) => void;
};

/** How posts come to be without being kept: their list, and one of them by its number. */
export type Generated = {
  entries: readonly Entry[];
  make: (id: string) => Post | undefined;
  postOfMedia: (mediaId: string) => string | undefined;
};

export function createShelf(creator: Creator, generated?: Generated): Shelf {
  const written = new Map<string, Post>();
  const media = new Map<string, string>();
  const comments = new Map<string, string>();
  const removed = new Set<string>();
  const keep = (post: Post): void => {
    written.set(post.id, post);
    for (const { id } of post.media) media.set(id, post.id);
    for (const { id } of post.comments) comments.set(id, post.id);
  };
  creator.posts.forEach(keep);
  let entries = sorted([...(generated?.entries ?? []), ...creator.posts.map(entryOf)]);

  const find = (id: string | undefined): Post | undefined =>
    id === undefined || removed.has(id) ? undefined : (written.get(id) ?? generated?.make(id));
  return {
    creator,
    entries: () => entries,
    post: find,
    postOfMedia: (id) => find(media.get(id) ?? generated?.postOfMedia(id)),
    postOfComment: (id) => find(comments.get(id)),
    films: () =>
      [...written.values()].flatMap(({ media: all }) => all.filter(({ role }) => role === 'video')),
    put: (post) => {
      keep(post);
      removed.delete(post.id);
      entries = sorted([...entries.filter(({ id }) => id !== post.id), entryOf(post)]);
    },
    remove: (id) => {
      removed.add(id);
      entries = entries.filter((entry) => entry.id !== id);
    },
  };
}

const entryOf = (post: Post): Entry => ({ id: post.id, publishedAt: Date.parse(post.publishedAt) });

export const isNewer = (one: Entry, other: Entry): number =>
  other.publishedAt - one.publishedAt || Number(other.id) - Number(one.id);

const sorted = (entries: Entry[]): Entry[] => entries.sort(isNewer);
