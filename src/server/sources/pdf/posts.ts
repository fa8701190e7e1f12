import { lstat, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '#core/result.ts';
import type { SourceProblem } from '#features/archive/core/source-problem.ts';
import type { Kept, PostPage, RawPost } from '#features/archive/server/ports.ts';
import { fileOf, type PdfFile } from './file.ts';
import { listPdfs, type ListDeps } from './list.ts';
import type { Reach } from './reach.ts';
import { keptPdfs } from './recognise.ts';
import { bytesOf } from './spelling.ts';
import { at } from './walk.ts';

type Deps = { reach: Reach; list: ListDeps; kept: Kept };

/** The PDFs of a creator as posts, all of them or one. */
export function createPosts({ reach, list, kept }: Deps) {
  const { root } = reach;

  async function* posts(
    creator: string,
    signal: AbortSignal,
  ): AsyncGenerator<Result<PostPage, SourceProblem>> {
    const found = await reach.ask(signal, () => reach.walked(signal));
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
    const pages = listPdfs(list, { creator, sightings, kept: ofCreator }, signal);
    for (;;) {
      const page = await reach.ask(signal, async () => ok(await pages.next()));
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

  return { posts, post };
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
