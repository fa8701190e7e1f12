import { createHash } from 'node:crypto';
import { ok } from '#core/result.ts';
import type { DownloadProblem } from '#features/archive/core/media.ts';
import type { Download, Kept, Source } from '#features/archive/server/ports.ts';
import { openFile } from '../shared/folder.ts';
import { creatorsOf } from './creators.ts';
import { createDigests } from './digest.ts';
import { download } from './download.ts';
import type { TitlesOf } from './list.ts';
import { createPosts } from './posts.ts';
import { createReach, type Reach } from './reach.ts';
import { pathKey } from './spelling.ts';
import type { Layout, Walked } from './walk.ts';

export type PdfFolderDeps = { clock: { now(): Date }; titlesOf: TitlesOf };

export type PdfFolder = { layout: Layout; mostBytes: number | null; kept: Kept };

/** Nothing in here waits for `Session.turn`: there is no host that could mind. */
export function openPdfFolder(
  { clock, titlesOf }: PdfFolderDeps,
  { layout, mostBytes, kept }: PdfFolder,
): Source {
  const { root } = layout;
  const reach = createReach({ layout, kept, clock });
  const list = { root, digests: createDigests(root), titlesOf, mostBytes };
  const { posts, post } = createPosts({ reach, list, kept });
  const none = (_: string, signal: AbortSignal) => reach.ask(signal, () => Promise.resolve(ok([])));

  return {
    ...looks(reach, layout),
    posts,
    post: (id, signal) => reach.ask(signal, () => post(id, signal)),
    collections: none,
    products: none,
    comments: none,
    download: (wish, signal) =>
      reach.ask<Download, DownloadProblem>(signal, async () => {
        const told = await post(wish.postId, signal);
        return told.ok ? download({ root, mostBytes }, told.value, wish) : told;
      }),
    picture: (address, signal) =>
      reach.ask<Download, DownloadProblem>(signal, () => openFile(root, address, null, { mostBytes })),
    close: () => undefined,
  };
}

/** What a walk through the folder is enough for. */
function looks(
  { ask, walked }: Reach,
  layout: Layout,
): Pick<Source, 'check' | 'creators'> & Required<Pick<Source, 'glance'>> {
  const look = <T>(signal: AbortSignal, read: (found: Walked) => T | Promise<T>) =>
    ask(signal, async () => {
      const found = await walked(signal);
      return found.ok ? ok(await read(found.value)) : found;
    });
  return {
    check: (signal) => look(signal, () => ({ name: null, expiresAt: null })),
    creators: (signal) => look(signal, (found) => creatorsOf(layout, found)),
    /**
     * Looks at sizes and times. The system's own messages about changes do not come from network disks, nor through the
     * file systems that join disks of a NAS, and where they come they are limited in number.
     */
    glance: (signal) => look(signal, lineOf),
  };
}

/** What is being written is left out, so that its end is news. */
function lineOf({ sightings }: Walked): string {
  const hash = createHash('sha256');
  const lines = sightings
    .filter(({ isFresh }) => !isFresh)
    .map((one) => JSON.stringify([pathKey(one), one.sizeBytes, one.modifiedAt, one.changedMs, one.trouble]));
  for (const line of lines.sort()) hash.update(`${line}\n`);
  return hash.digest('hex');
}
