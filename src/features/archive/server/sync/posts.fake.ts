import { eq } from 'drizzle-orm';
import type { Database } from '#server/platform/db.ts';
import { aFakePost, type FakePost, type FakeWorld } from '../ports.fake.ts';
import { posts, revisions } from '../posts.tables.ts';

export const HOUR = 3_600_000;
export const day = (index: number) => new Date(Date.UTC(2026, 0, 1) + index * 24 * HOUR).toISOString();

/** Posts of an invented creator, one a day. */
export const many = (count: number, over: Partial<FakePost> = {}): FakePost[] =>
  Array.from({ length: count }, (_, index) =>
    aFakePost({ id: String(index + 1), title: `Post ${index + 1}`, publishedAt: day(index), ...over }),
  );

export const postsOf = (world: FakeWorld) => world.posts.get('ana') ?? [];

export const edit = (world: FakeWorld, id: string, over: Partial<FakePost>) =>
  void world.posts.set(
    'ana',
    postsOf(world).map((post) => (post.id === id ? { ...post, ...over } : post)),
  );

/** What the archive holds, looked at from beside it. */
export function archivedRows({ db }: Pick<Database, 'db'>) {
  const one = async (externalId: string) =>
    (await db.select().from(posts).where(eq(posts.externalId, externalId)))[0];
  return {
    stored: () => db.select().from(posts).orderBy(posts.externalId),
    one,
    bodyOf: async (externalId: string) => JSON.stringify((await one(externalId))?.blocks),
    revisionsOf: async (externalId: string) => {
      const post = await one(externalId);
      return post ? db.select().from(revisions).where(eq(revisions.postId, post.id)) : [];
    },
  };
}
