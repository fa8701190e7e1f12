import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, posix } from 'node:path';
import { err, ok, type Result } from '#core/result.ts';
import type { DownloadProblem } from '#features/archive/core/media.ts';
import type { SourceCreator } from '#features/archive/core/post.ts';
import type { SourceSettings } from '#features/archive/core/source.ts';
import type { SourceProblem } from '#features/archive/core/source-problem.ts';
import type { Download, DownloadWish, PostPage, RawPost, Source } from '#features/archive/server/ports.ts';
import { askDisk, openFile, pictureIn, within } from '../shared/folder.ts';
import { readText, type RawText } from './read-text.ts';

const PAGE = 50;
const MOST_TEXT_BYTES = 4 * 1024 * 1024;

/** Nothing in here waits for `Session.turn`: there is no host that could mind. */
export function openFolder(root: string, settings: SourceSettings): Source {
  return {
    check: (signal) =>
      askDisk(root, signal, async () => {
        await readdir(root);
        return ok({ name: null, expiresAt: null });
      }),
    creators: (signal) => askDisk(root, signal, async () => ok(await readCreators(root))),
    posts: (creatorId, signal) => pages(root, creatorId, signal),
    post: (id, signal) => askDisk(root, signal, async () => ok(await readRaw(root, id))),
    collections: (_, signal) => askDisk(root, signal, () => Promise.resolve(ok([]))),
    products: (_, signal) => askDisk(root, signal, () => Promise.resolve(ok([]))),
    comments: (_, signal) => askDisk(root, signal, () => Promise.resolve(ok([]))),
    download: (wish, signal) =>
      askDisk<Download, DownloadProblem>(root, signal, () => open(root, wish, settings)),
    picture: (address, signal) =>
      askDisk<Download, DownloadProblem>(root, signal, () => openFile(root, address, null, settings)),
    close: () => undefined,
  };
}

const isHidden = (name: string): boolean => name.startsWith('.');

/** Each folder in it, and the folder itself when texts lie in it. */
async function readCreators(root: string): Promise<SourceCreator[]> {
  const entries = await readdir(root, { withFileTypes: true });
  const folders = entries.filter((one) => one.isDirectory() && !isHidden(one.name));
  const own = entries.some((one) => one.isFile() && isText(one.name))
    ? [{ id: '.', name: basename(root) }]
    : [];
  const found = [...own, ...folders.map(({ name }) => ({ id: name, name }))];
  return Promise.all(found.map(({ id, name }) => creatorOf(root, id, name)));
}

const isText = (name: string): boolean => /\.(md|txt)$/i.test(name) && !isHidden(name);

const creatorOf = async (root: string, externalId: string, name: string): Promise<SourceCreator> => ({
  externalId,
  name,
  url: null,
  summary: null,
  avatar: await pictureIn(root, externalId, 'avatar'),
  cover: await pictureIn(root, externalId, 'cover'),
  tiers: [],
  membership: 'own',
  postCount: null,
});

async function* pages(
  root: string,
  creatorId: string,
  signal: AbortSignal,
): AsyncGenerator<Result<PostPage, SourceProblem>> {
  const found = await askDisk(root, signal, async () => ok(await list(root, creatorId)));
  if (!found.ok) {
    yield found;
    return;
  }
  const all = found.value;
  for (let from = 0; from === 0 || from < all.length; from += PAGE) {
    if (signal.aborted) {
      yield err({ code: 'source.aborted' });
      return;
    }
    yield ok({ posts: all.slice(from, from + PAGE), total: all.length });
  }
}

/** Newest first. A folder of texts is small: it is read whole. */
async function list(root: string, creatorId: string): Promise<RawPost[]> {
  const names = await readdir(await within(root, creatorId));
  const texts = names.filter(isText);
  const posts = await Promise.all(texts.map((name) => readRaw(root, posix.join(creatorId, name))));
  return posts.sort((a, b) => dateOf(b) - dateOf(a) || (a.externalId < b.externalId ? -1 : 1));
}

function dateOf(raw: RawPost): number {
  const post = readText(raw);
  return post.ok ? post.value.publishedAt.getTime() : 0;
}

async function readRaw(root: string, id: string): Promise<RawPost> {
  const path = await within(root, id);
  const { mtime, size } = await stat(path);
  if (size > MOST_TEXT_BYTES) throw Object.assign(new Error(id), { code: 'EFBIG' });
  // The database keeps no NUL and no half of a character.
  const text = (await readFile(path, 'utf8')).replaceAll('\0', '').toWellFormed();
  const raw: RawText = { path: id, text, modifiedAt: mtime.toISOString() };
  return { externalId: id, raw };
}

const open = (root: string, { postId, media, ...from }: DownloadWish, settings: SourceSettings) =>
  openFile(root, posix.join(posix.dirname(postId), media.externalId), from, settings);
