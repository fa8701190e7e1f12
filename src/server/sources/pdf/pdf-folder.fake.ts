import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Kept, RawPost, Source } from '#features/archive/server/ports.ts';
import type { SourcePost } from '#features/archive/core/post.ts';
import { readPdfFile } from './read-pdf.ts';
import { openPdfFolder } from './source.ts';
import type { TitlesOf } from './list.ts';

const never = new AbortController().signal;

type More = { creator?: string | null; mostBytes?: number | null; titlesOf?: TitlesOf; now?: () => Date };

/** A folder on the disk, a source that reads it, and an archive that keeps what it told. */
export async function aPdfHouse(more: More = {}) {
  const base = await mkdtemp(join(tmpdir(), 'kc-pdf-folder-'));
  const root = join(base, 'pdfs');
  await mkdir(root);
  const kept = new Map<string, RawPost>();
  let asked: string[] = [];

  const archive: Kept = {
    post: async (id) => kept.get(id) ?? null,
    posts: async (creator) =>
      [...kept.values()].filter(({ externalId }) => externalId.startsWith(`${creator}/`)),
    hasAny: async () => kept.size > 0,
  };
  const open = (): Source =>
    openPdfFolder(
      {
        // Long after whatever was written just now.
        clock: { now: more.now ?? (() => new Date(Date.now() + 3_600_000)) },
        titlesOf: async (paths, signal) => {
          asked.push(...paths);
          return more.titlesOf ? more.titlesOf(paths, signal) : paths.map(() => null);
        },
      },
      { layout: { root, creator: more.creator ?? null }, mostBytes: more.mostBytes ?? null, kept: archive },
    );
  let source = open();

  /** What a list says, kept as the archive keeps it; and what went wrong with it at the end. */
  async function list(creator = 'Ana'): Promise<{ posts: SourcePost[]; problem: string | null }> {
    const posts: SourcePost[] = [];
    for await (const page of source.posts(creator, never)) {
      if (!page.ok) return { posts, problem: page.error.code };
      for (const raw of page.value.posts) {
        kept.set(raw.externalId, structuredClone(raw));
        const read = readPdfFile(raw);
        if (!read.ok) throw new Error(read.error.reason);
        posts.push(read.value);
      }
    }
    return { posts, problem: null };
  }

  return {
    base,
    root,
    list,
    source: () => source,
    write: async (path: string | Buffer, bytes: Buffer | string) => {
      if (typeof path !== 'string') return writeFile(Buffer.concat([Buffer.from(`${root}/`), path]), bytes);
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), bytes);
    },
    /** Another process, which remembers nothing but what is kept. */
    restart: () => void (source = open()),
    /** Files whose title was asked for since the last call. */
    askedForTitles: () => {
      const since = asked;
      asked = [];
      return since;
    },
    close: () => rm(base, { recursive: true }),
  };
}

/** The same, until the test ends; with what fetches the one file of a post. */
export async function aHouse(more?: More) {
  const house = await aPdfHouse(more);
  onTestFinished(house.close);
  return {
    ...house,
    async fetched(post: SourcePost | undefined) {
      const [media] = post?.media ?? [];
      if (!post || !media) throw new Error('nothing to fetch');
      const wish = { creatorId: 'Ana', postId: post.externalId, media, fromByte: 0, validator: null };
      const download = await house.source().download({ ...wish, workFolder: '/none' }, never);
      if (download.ok) onTestFinished(() => void download.value.body.destroy());
      return download;
    },
  };
}

export const mediaOf = (post: SourcePost | undefined) => post?.media[0]?.externalId;
