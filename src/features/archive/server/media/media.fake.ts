import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { known } from '#core/fact.ts';
import type { CreatorId, PostId, PostMediaId, SourceId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import type { Db } from '#server/platform/db.ts';
import type { DownloadProblem, SourceMedia } from '../../core/media.ts';
import { usualMediaSettings } from '../../core/media-store.ts';
import type { SourceSettings } from '../../core/source.ts';
import type { Download, DownloadWish, Source } from '../ports.ts';
import { postMedia } from './post-media.tables.ts';
import { posts } from '../posts.tables.ts';
import { creators, sources } from '../tables.ts';
import { realDisk, type Disk } from './disk.ts';
import { createFileStore } from './store.files.ts';

let made = 0;
const next = (kind: string) => `${kind}-${++made}`;

export const sourceSettings: SourceSettings = {
  pacing: { minPauseMs: 0, maxPauseMs: 0, downloads: 2 },
  userAgent: 'test',
  mostBytes: null,
};

export const aMedia = (changes: Partial<SourceMedia> = {}): SourceMedia => ({
  externalId: next('media'),
  kind: 'file',
  role: 'attachment',
  fileName: 'letter.txt',
  mimeType: null,
  sizeBytes: null,
  width: null,
  height: null,
  durationMs: null,
  caption: null,
  of: null,
  language: null,
  ...changes,
});

/** A source with a creator. */
export async function seedCreator(db: Db, name = 'Ana') {
  const sourceId = next('source') as SourceId;
  const creatorId = next('creator') as CreatorId;
  await db.insert(sources).values({
    id: sourceId,
    plugin: 'fake',
    name: sourceId,
    settings: sourceSettings,
    cron: '0 4 * * *',
    timeZone: 'UTC',
    state: { is: 'unchecked' },
  });
  await db
    .insert(creators)
    .values({ id: creatorId, sourceId, externalId: `x-${creatorId}`, name, tiers: [], membership: 'paid' });
  return { sourceId, creatorId };
}

/** A post with one place that waits for its bytes. */
export async function seedPlace(db: Db, creatorId: CreatorId, media: SourceMedia = aMedia()) {
  const postId = next('post') as PostId;
  const id = next('place') as PostMediaId;
  const now = new Date();
  await db.insert(posts).values({
    id: postId,
    creatorId,
    externalId: `x-${postId}`,
    kind: 'text',
    publishedAt: now,
    locked: false,
    readable: true,
    blocks: [],
    tags: [],
    tiers: [],
    commentCount: 0,
    parserVersion: 1,
    listedAs: '',
    firstSeenAt: now,
    lastSeenAt: now,
  });
  const { sizeBytes, ...rest } = media;
  await db
    .insert(postMedia)
    .values({ id, postId, creatorId, position: 0, ...rest, expectedBytes: sizeBytes, state: 'waiting' });
  return { id, postId };
}

export type Script = (
  wish: DownloadWish,
  signal: AbortSignal,
) => Promise<Result<Download, DownloadProblem>> | Result<Download, DownloadProblem>;

/** A source that gives what it is told to. */
export function scriptedSource(script: Script) {
  const asked: DownloadWish[] = [];
  const never = () => Promise.reject(new Error('nobody asks this here'));
  const source = {
    check: never,
    creators: never,
    posts: never,
    post: never,
    collections: never,
    products: never,
    comments: never,
    download: async (wish: DownloadWish, signal: AbortSignal) => {
      asked.push(wish);
      return script(wish, signal);
    },
    picture: never,
    close: () => undefined,
  } as unknown as Source;
  return { source, asked };
}

export const gives = (bytes: string | Uint8Array, more: Partial<Download> = {}) =>
  ok<Download>({
    body: Readable.from([Buffer.from(bytes)]),
    fromByte: 0,
    sizeBytes: null,
    mimeType: null,
    fileName: null,
    validator: null,
    ...more,
  });

export const refuses = (problem: DownloadProblem) => err(problem);

/** Breaks off after these bytes. */
export const breaksAfter = (bytes: string): Readable =>
  Readable.from(
    (async function* () {
      yield Buffer.from(bytes);
      throw new Error('read ECONNRESET');
    })(),
  );

export async function aFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'kc-media-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** In a folder, with space as told. */
export function aFileStore(
  root: string,
  { disk = realDisk, freeBytes = 1e12, reserveBytes = 0 }: StoreWish = {},
) {
  let id: string | null = null;
  return createFileStore({
    root,
    disk,
    identity: { read: async () => id, keep: async (given) => (id ??= given) },
    freeSpace: async () => known({ freeBytes, totalBytes: 1e12 }),
    reserveBytes: async () => reserveBytes,
    newId: () => next('store'),
  });
}

type StoreWish = { disk?: Disk; freeBytes?: number; reserveBytes?: number };

export const settings = async () => ({ ...usualMediaSettings, reserveBytes: 0 });
