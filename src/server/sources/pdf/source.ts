import { createHash } from 'node:crypto';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { err, ok, type Result } from '#core/result.ts';
import type { DownloadProblem } from '#features/archive/core/media.ts';
import type { SourceCreator } from '#features/archive/core/post.ts';
import type { SourceProblem } from '#features/archive/core/source-problem.ts';
import type {
  Download,
  DownloadWish,
  Kept,
  PostPage,
  RawPost,
  Source,
} from '#features/archive/server/ports.ts';
import { askDisk, openFile, pictureIn } from '../shared/folder.ts';
import { createDigests, openPdf } from './digest.ts';
import { fileOf, mediaIdOf, type PdfFile } from './file.ts';
import { listPdfs, type TitlesOf } from './list.ts';
import { keptPdfs } from './recognise.ts';
import { bytesOf, pathKey } from './spelling.ts';
import { at, momentOf, OWN, walk, type Layout, type Walked } from './walk.ts';

export type PdfFolderDeps = { clock: { now(): Date }; titlesOf: TitlesOf };

export type PdfFolder = { layout: Layout; mostBytes: number | null; kept: Kept };

/** Nothing in here waits for `Session.turn`: there is no host that could mind. */
export function openPdfFolder(
  { clock, titlesOf }: PdfFolderDeps,
  { layout, mostBytes, kept }: PdfFolder,
): Source {
  const { root } = layout;
  const deps = { root, digests: createDigests(root), titlesOf, mostBytes };
  const ask = <T, E = SourceProblem>(
    signal: AbortSignal,
    question: () => Promise<Result<T, E | SourceProblem>>,
  ) => askDisk<T, E>(root, signal, async () => (await absence(root)) ?? (await question()));

  /** A folder that was not empty is not believed to be so: its disk may be missing under it. */
  async function walked(signal: AbortSignal): Promise<Result<Walked, SourceProblem>> {
    const found = await walk(layout, clock.now(), signal);
    const isEmpty = found.sightings.length === 0 && found.unread.size === 0;
    return isEmpty && (await kept.hasAny()) ? err({ code: 'source.folder-empty', path: root }) : ok(found);
  }

  async function* posts(
    creator: string,
    signal: AbortSignal,
  ): AsyncGenerator<Result<PostPage, SourceProblem>> {
    const found = await ask(signal, () => walked(signal));
    if (!found.ok) {
      yield found;
      return;
    }
    const sightings = found.value.sightings.filter((one) => one.creator === creator);
    const ofCreator = keptPdfs(await kept.posts(creator));
    const unread = found.value.unread.get(creator);
    if (sightings.length === 0 && ofCreator.length > 0 && unread === undefined) {
      yield err({ code: 'source.creator-empty' });
      return;
    }
    const pages = listPdfs(deps, { creator, sightings, kept: ofCreator }, signal);
    for (;;) {
      const page = await ask(signal, async () => ok(await pages.next()));
      if (!page.ok) {
        yield page;
        return;
      }
      if (page.value.done) break;
      yield ok({ posts: page.value.value, total: sightings.length });
    }
    if (unread !== undefined) yield err({ code: 'source.folder-unreadable', reason: unread });
  }

  async function post(id: string, signal: AbortSignal): Promise<Result<RawPost, SourceProblem>> {
    const creator = id.slice(0, id.lastIndexOf('/'));
    const known = await kept.post(id);
    if (known) return (await isThere(root, fileOf(known.raw))) ? ok(known) : err(await gone(root, creator));
    for await (const page of posts(creator, signal)) {
      if (!page.ok) return page;
      const found = page.value.posts.find(({ externalId }) => externalId === id);
      if (found) return ok(found);
    }
    return err({ code: 'source.not-found' });
  }

  async function download(
    wish: DownloadWish,
    signal: AbortSignal,
  ): Promise<Result<Download, DownloadProblem>> {
    const told = await post(wish.postId, signal);
    if (!told.ok) return told;
    const file = fileOf(told.value.raw);
    if (!file || mediaIdOf(file) !== wish.media.externalId) return err({ code: 'source.not-found' });
    if (mostBytes !== null && file.sizeBytes > mostBytes)
      return err({ code: 'download.too-large', limitBytes: mostBytes });
    return file.trouble === null
      ? openPart(root, file, wish)
      : err({ code: 'download.file-refused', why: file.trouble });
  }

  return {
    check: (signal) =>
      ask(signal, async () => {
        const found = await walked(signal);
        return found.ok ? ok({ name: null, expiresAt: null }) : found;
      }),
    creators: (signal) =>
      ask(signal, async () => {
        const found = await walked(signal);
        return found.ok ? ok(await creatorsOf(layout, found.value)) : found;
      }),
    posts,
    post: (id, signal) => ask(signal, () => post(id, signal)),
    collections: (_, signal) => ask(signal, () => Promise.resolve(ok([]))),
    products: (_, signal) => ask(signal, () => Promise.resolve(ok([]))),
    comments: (_, signal) => ask(signal, () => Promise.resolve(ok([]))),
    download: (wish, signal) => ask<Download, DownloadProblem>(signal, () => download(wish, signal)),
    picture: (address, signal) =>
      ask<Download, DownloadProblem>(signal, () => openFile(root, address, null, { mostBytes })),
    /**
     * Walks and looks at sizes and times. The system's own messages about changes do not come from network disks, nor
     * through the file systems that join disks of a NAS, and where they come they are limited in number.
     */
    glance: (signal) =>
      ask(signal, async () => {
        const found = await walked(signal);
        return found.ok ? ok(lineOf(found.value)) : found;
      }),
    close: () => undefined,
  };
}

/** Null when the folder is there. */
async function absence(root: string): Promise<Result<never, SourceProblem> | null> {
  try {
    await readdir(root);
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return err({ code: 'source.folder-missing', path: root });
    if (code === 'EACCES' || code === 'EPERM') return err({ code: 'source.folder-unreadable', reason: code });
    throw error;
  }
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

async function creatorsOf({ root, creator }: Layout, { sightings }: Walked): Promise<SourceCreator[]> {
  const ids = [...new Set(sightings.map((one) => one.creator))].sort();
  return Promise.all(
    ids.map(async (externalId) => ({
      externalId,
      name: externalId === OWN ? (creator ?? basename(root)) : externalId,
      url: null,
      summary: null,
      avatar: await pictureIn(root, externalId, 'avatar'),
      cover: await pictureIn(root, externalId, 'cover'),
      tiers: [],
      membership: 'own' as const,
      postCount: null,
    })),
  );
}

async function isThere(root: string, file: PdfFile | null): Promise<boolean> {
  if (!file) return false;
  try {
    await lstat(at(await realpath(root), bytesOf(file)));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return false;
    throw error;
  }
}

/** That one file is gone is only said of a folder that still has others: each of them may have a disk of its own. */
async function gone(root: string, creator: string): Promise<SourceProblem> {
  if ((await readdir(root)).length === 0) return { code: 'source.folder-empty', path: root };
  const others = await readdir(join(root, creator)).catch(() => []);
  return others.length === 0 ? { code: 'source.creator-empty' } : { code: 'source.not-found' };
}

async function openPart(
  root: string,
  file: PdfFile,
  { fromByte, validator: given }: DownloadWish,
): Promise<Result<Download, DownloadProblem>> {
  const opened = await openPdf(root, file);
  if ('refused' in opened) return err({ code: 'download.file-refused', why: opened.refused });
  const { handle, found } = opened;
  if (found.size !== file.sizeBytes || momentOf(found.mtime) !== file.modifiedAt) {
    await handle.close();
    return err({ code: 'download.file-changing' });
  }
  const validator = mediaIdOf(file);
  const start = given === validator && fromByte < found.size ? fromByte : 0;
  return ok({
    body: handle.createReadStream({ start }),
    fromByte: start,
    sizeBytes: found.size,
    mimeType: 'application/pdf',
    fileName: basename(file.path),
    validator,
  });
}
