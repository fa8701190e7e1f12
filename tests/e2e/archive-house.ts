import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { apiClient, signIn, type ApiClient } from '../../tools/house/client.ts';
import type { Media, Post } from '../../tools/seed/patreon/patronage.ts';
import { seedPatronage } from '../../tools/seed/patreon/seed.ts';
import { startPatreon } from '../../tools/simulators/patreon/start.ts';
import { openEmptyProgram, people } from './support.ts';

type List<T> = { items: T[] };
export type ArchivedPost = {
  id: string;
  externalId: string;
  title: string | null;
  blocks: { type: string }[];
  media: { kind: string; role: string; state: string; mimeType: string | null; sha256: string | null }[];
};

/** Without pauses: nobody is banned from a simulator. */
const hasty = {
  pacing: { minPauseMs: 0, maxPauseMs: 0, downloads: 2 },
  userAgent: 'Patreon/126.9.0.15 (Android; Android 14; Scale/2.10)',
  mostBytes: null,
};

const isReadable = (post: Post) => post.access.kind !== 'tier';
const has = (post: Post, test: (media: Media) => boolean) => post.media.some(test);

/** The first readable post of each sort that tests look at, and some more to page through. */
export type Wanted = Readonly<Record<string, (post: Post) => boolean>>;

export const withMedia = (test: (media: Media) => boolean) => (post: Post) => has(post, test);

/**
 * The built program with one creator of the simulated Patreon archived in it, each of the wanted posts among them, down to
 * their thumbnails.
 */
export async function openArchive<Name extends string>(wanted: Record<Name, (post: Post) => boolean>) {
  const mediaFolder = mkdtempSync(join(tmpdir(), 'keepercheky-patreon-'));
  const seed = seedPatronage({ now: new Date() });
  const names = Object.keys(wanted) as Name[];
  const creator = seed.creators.find(({ posts }) =>
    names.every((name) => posts.some((post) => isReadable(post) && wanted[name](post))),
  );
  if (!creator) throw new Error('no creator has all that is wanted');
  const chosen = new Map(
    names.map((name) => [name, creator.posts.find((post) => isReadable(post) && wanted[name](post)) as Post]),
  );
  const ids = new Set([...chosen.values()].map(({ id }) => id));
  const posts = creator.posts.filter((post, index) => ids.has(post.id) || index >= creator.posts.length - 26);
  const patreon = await startPatreon(
    { ...seed, creators: [{ ...creator, posts, collections: [], products: [] }] },
    { mediaFolder },
  );
  const empty = await openEmptyProgram({
    env: { PATREON_ADDRESSES: `${patreon.url},${patreon.cdnUrl}` },
  });
  const { address } = empty.program;
  await apiClient(address, {}).post('/setup', people.admin);
  const cookie = await signIn(address, people.admin.username, people.admin.password);
  const api = apiClient(address, { cookie });
  await api.post('/sources', {
    plugin: 'patreon',
    name: 'Patreon',
    credentials: { session_id: patreon.cookie },
    settings: hasty,
  });
  await untilAllIsDone(api, posts.length);

  return {
    address,
    api,
    cookie,
    creatorName: creator.name,
    /** As the API shows them, in the order of the wishes. */
    posts: await archived(api, chosen),
    /** The same as they were seeded, with the words of their files. */
    seeded: Object.fromEntries(chosen) as Record<Name, Post>,
    close: async () => {
      await empty.close();
      await patreon.close();
      rmSync(mediaFolder, { recursive: true, force: true });
    },
  };
}

async function archived<Name extends string>(
  api: ApiClient,
  chosen: ReadonlyMap<Name, Post>,
): Promise<Record<Name, ArchivedPost>> {
  const { items } = await api.get<List<{ id: string }>>('/posts?limit=200');
  const whole = await Promise.all(items.map(({ id }) => api.get<ArchivedPost>(`/posts/${id}`)));
  return Object.fromEntries(
    [...chosen].map(([name, { id }]) => [name, whole.find(({ externalId }) => externalId === id)]),
  ) as Record<Name, ArchivedPost>;
}

const busy = ['archive', 'media', 'enrichment'];

/** Their queues are empty and every post was read: none of these is trouble. */
async function untilAllIsDone(api: ApiClient, posts: number): Promise<void> {
  await vi.waitUntil(
    async () => {
      const [run] = (await api.get<List<{ endedAt: string | null }>>('/sync-runs')).items;
      const queues = (await api.get<List<{ name: string; waiting: number; active: number }>>('/queues'))
        .items;
      const left = queues.filter(({ name }) => busy.includes(name));
      const isIdle = left.every(({ waiting, active }) => waiting + active === 0);
      const { items } = await api.get<List<object>>('/posts?limit=200');
      return typeof run?.endedAt === 'string' && isIdle && items.length === posts;
    },
    { timeout: 240_000, interval: 1000 },
  );
}
