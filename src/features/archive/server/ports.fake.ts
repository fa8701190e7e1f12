import { Readable } from 'node:stream';
import { err, ok, type Result } from '#core/result.ts';
import type { DownloadProblem, SourceMedia } from '../core/media.ts';
import type { SourceCollection, SourceComment, SourceCreator, SourcePost } from '../core/post.ts';
import type { SourceProblem } from '../core/source-problem.ts';
import type { Download, Plugin, PostPage, RawPost, Session, Source, SourceAccount } from './ports.ts';

/** A post of the invented source, as its raw answers hold it. Dates are ISO 8601. */
export type FakePost = {
  id: string;
  title: string | null;
  /** Null is a body that is not told: a list may leave it out. */
  body: string | null;
  locked: boolean;
  publishedAt: string;
  editedAt: string | null;
  media: readonly Partial<SourceMedia>[];
  comments: readonly SourceComment[];
  likes: number;
  tags: readonly string[];
  /** An address in the body that is another one each time it is told. */
  token: string;
};

export const aFakePost = (over: Partial<FakePost> = {}): FakePost => ({
  id: '1',
  title: 'A walk in the hills',
  body: 'We left early.',
  locked: false,
  publishedAt: '2026-03-01T10:00:00.000Z',
  editedAt: null,
  media: [],
  comments: [],
  likes: 3,
  tags: ['walks'],
  token: 'first',
  ...over,
});

export type FakeWorld = {
  creators: SourceCreator[];
  posts: Map<string, FakePost[]>;
  products: Map<string, FakePost[]>;
  collections: Map<string, SourceCollection[]>;
  account: SourceAccount;
  /** What a question is answered with instead; it may be asked for any number of times. */
  fault: (question: string) => SourceProblem | null;
  /** What was asked, in order: `check`, `posts 7 page 2`, `post 12`. */
  asked: string[];
  /** What its host gives for the address of an avatar or a cover. */
  pictures: (address: string) => Result<Download, DownloadProblem>;
  /** What a list leaves out of a post. */
  listed: (post: FakePost) => FakePost;
};

export const aFakeCreator = (over: Partial<SourceCreator> = {}): SourceCreator => ({
  externalId: 'ana',
  name: 'Ana',
  url: null,
  summary: null,
  avatar: null,
  cover: null,
  tiers: [],
  membership: 'paid',
  postCount: null,
  ...over,
});

export function fakeWorld(posts: readonly FakePost[] = []): FakeWorld {
  return {
    creators: [aFakeCreator()],
    posts: new Map([['ana', [...posts]]]),
    products: new Map(),
    collections: new Map(),
    account: { name: 'reader@example.org', expiresAt: null },
    fault: () => null,
    asked: [],
    pictures: () => err({ code: 'source.not-found' }),
    listed: (post) => post,
  };
}

const PAGE = 20;

/** A whole source in memory, with the habits of real ones: newest first, tokens that change, faults. */
export function fakePlugin(world: FakeWorld, { parserVersion = 1, read = readFakePost } = {}): Plugin {
  return {
    id: 'invented',
    name: 'Invented',
    capabilities: ['memberships', 'collections', 'comments', 'products'],
    credentialFields: [{ name: 'cookie', kind: 'secret', required: true, example: 'abc' }],
    parserVersion,
    defaultSettings: {
      pacing: { minPauseMs: 0, maxPauseMs: 0, downloads: 2 },
      userAgent: 'Test',
      mostBytes: null,
    },
    readCredentials: ({ cookie = '' }) =>
      cookie === '' ? err([{ field: 'cookie', code: 'missing' }]) : ok({ cookie: cookie.trim() }),
    open: (session) => openFake(world, session),
    read: (raw) => read(raw),
  };
}

function openFake(world: FakeWorld, { turn }: Session): Source {
  const ask = <T>(question: string, signal: AbortSignal, answer: () => Result<T, SourceProblem>) =>
    turn(signal, async (): Promise<Result<T, SourceProblem>> => {
      world.asked.push(question);
      const problem = world.fault(question);
      return problem ? err(problem) : answer();
    });
  const everything = () => [...world.posts.values(), ...world.products.values()].flat();

  async function* pages(
    creatorId: string,
    signal: AbortSignal,
  ): AsyncIterable<Result<PostPage, SourceProblem>> {
    for (let page = 0; ; page += 1) {
      const answer = await ask(`posts ${creatorId} page ${page + 1}`, signal, () => {
        const all = [...(world.posts.get(creatorId) ?? [])].sort(newestFirst);
        const shown = all.slice(page * PAGE, (page + 1) * PAGE);
        return ok({ posts: shown.map((post) => rawOf(world.listed(post))), total: all.length });
      });
      yield answer;
      if (!answer.ok || answer.value.posts.length < PAGE) return;
    }
  }

  return {
    check: (signal) => ask('check', signal, () => ok(world.account)),
    creators: (signal) => ask('creators', signal, () => ok(world.creators)),
    posts: pages,
    post: (id, signal) =>
      ask(`post ${id}`, signal, () => {
        const post = everything().find((one) => one.id === id);
        return post ? ok(rawOf(post)) : err({ code: 'source.not-found' });
      }),
    collections: (id, signal) => ask(`collections ${id}`, signal, () => ok(world.collections.get(id) ?? [])),
    products: (id, signal) =>
      ask(`products ${id}`, signal, () => ok((world.products.get(id) ?? []).map(rawOf))),
    comments: (id, signal) =>
      ask(`comments ${id}`, signal, () => ok(everything().find((one) => one.id === id)?.comments ?? [])),
    download: async (wish) =>
      ok({
        body: Readable.from([`bytes of ${wish.media.externalId}`]),
        fromByte: 0,
        sizeBytes: null,
        mimeType: null,
        fileName: null,
        validator: null,
      }),
    picture: async (address) => world.pictures(address),
    close: () => undefined,
  };
}

const newestFirst = (one: FakePost, other: FakePost): number =>
  one.publishedAt < other.publishedAt ? 1 : one.publishedAt > other.publishedAt ? -1 : 0;

const rawOf = (post: FakePost): RawPost => ({ externalId: post.id, raw: structuredClone(post) });

export function readFakePost({ externalId, raw }: RawPost): ReturnType<Plugin['read']> {
  const post = raw as FakePost;
  if (typeof post.publishedAt !== 'string')
    return err({ code: 'source.unreadable-post', reason: 'publishedAt is no text' });
  const address = `https://cdn.example/file?token=${post.token}`;
  const blocks: SourcePost['blocks'] =
    post.body === null || post.locked
      ? []
      : [{ type: 'paragraph', text: [{ text: post.body }, { text: 'file', href: address }] }];
  return ok({
    externalId,
    kind: externalId.startsWith('product-') ? 'product' : 'text',
    title: post.title,
    url: null,
    publishedAt: new Date(post.publishedAt),
    editedAt: post.editedAt === null ? null : new Date(post.editedAt),
    locked: post.locked,
    teaser: post.locked ? 'For patrons' : null,
    blocks,
    media: post.media.map((one, index) => aSourceMedia({ externalId: `${externalId}-${index}`, ...one })),
    tags: post.tags,
    tiers: post.locked ? ['Gold'] : [],
    collections: [],
    commentCount: post.comments.length,
    likeCount: post.likes,
    drift: 'surprise' in post ? [{ what: 'key', name: 'surprise' }] : [],
  });
}

export const aSourceMedia = (over: Partial<SourceMedia> = {}): SourceMedia => ({
  externalId: 'm1',
  kind: 'image',
  role: 'gallery',
  fileName: 'hills.jpg',
  mimeType: 'image/jpeg',
  sizeBytes: 1000,
  width: 800,
  height: 600,
  durationMs: null,
  caption: null,
  of: null,
  language: null,
  ...over,
});
