import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { DownloadProblem, SourceMedia } from '#features/archive/core/media.ts';
import type { DownloadWish, Source } from '#features/archive/server/ports.ts';
import type { Media, Post } from '#tools/seed/patreon/patronage.ts';
import { startPatreon, type PatreonSimulator } from '#tools/simulators/patreon/start.ts';
import { sessionOf, simulatedPatreon } from '../harness.fake.ts';
import { MAPS, never, now } from './simulated.fake.ts';

type Opened = { ffmpeg?: string; mostBytes?: number };

/** Signed in at the simulator, by its clock. */
export function openSimulated(patreon: PatreonSimulator, { ffmpeg, mostBytes }: Opened = {}): Source {
  const plugin = simulatedPatreon(patreon, {
    now: () => new Date(patreon.house.now()),
    ...(ffmpeg === undefined ? {} : { ffmpeg }),
  });
  const session = sessionOf(plugin, { session_id: patreon.cookie });
  return plugin.open({ ...session, settings: { ...session.settings, mostBytes: mostBytes ?? null } });
}

/** The first media of a post that this sign-in may read. */
export function firstMedia(
  patreon: PatreonSimulator,
  test: (post: Post, media: Media) => boolean,
): { post: Post; media: Media } {
  for (const post of patreon.house.shelves.flatMap(({ creator }) => creator.posts))
    for (const media of post.media)
      if (post.access.kind !== 'tier' && test(post, media)) return { post, media };
  throw new Error('the seed has no such media');
}

export const asMedia = ({ id, role, mimetype }: Media): SourceMedia => ({
  externalId: id,
  kind: role === 'attachment' ? 'file' : role === 'video' || role === 'audio' ? role : 'image',
  role: role === 'attachment' ? 'attachment' : 'main',
  fileName: null,
  mimeType: role === 'video' ? null : mimetype,
  sizeBytes: null,
  width: null,
  height: null,
  durationMs: null,
  caption: null,
  of: null,
  language: null,
});

type Wished = { post: { id: string }; media: Media; workFolder: string };

export const aWish = (
  { post, media, workFolder }: Wished,
  more: Partial<DownloadWish> = {},
): DownloadWish => ({
  creatorId: MAPS,
  postId: post.id,
  media: asMedia(media),
  fromByte: 0,
  validator: null,
  workFolder,
  ...more,
});

export async function problemOf(source: Source, wish: DownloadWish): Promise<DownloadProblem> {
  const answer = await source.download(wish, never);
  if (answer.ok) throw new Error('it came');
  return answer.error;
}

type Place = { patreon: PatreonSimulator; source: Source; folder: string };

/** For the tests of one file: one simulator and one folder, and before each test nothing is left of the last one. */
export function useDownloads(begin: (place: Place) => void): void {
  let patreon: PatreonSimulator;
  let folder: string;
  beforeAll(async () => {
    patreon = await startPatreon(undefined, { now: () => now });
    folder = await mkdtemp(join(tmpdir(), 'keepercheky-work-'));
  });
  beforeEach(() => {
    for (const { faults, requests } of [patreon, patreon.cdn]) {
      faults.clear();
      requests.length = 0;
    }
    begin({ patreon, source: openSimulated(patreon), folder });
  });
  afterAll(async () => {
    await patreon.close();
    await rm(folder, { recursive: true });
  });
}
