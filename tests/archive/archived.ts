import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../src/server/platform/db.ts';

export type ArchivedMedia = {
  id: string;
  position: number;
  state: string;
  sha: string | null;
  gap: string | null;
};

/** A post by what its source calls it, without our own ids and dates. */
export type ArchivedPost = {
  id: string;
  title: string | null;
  blocks: unknown[];
  locked: boolean;
  readable: boolean;
  due: boolean;
  missing: boolean;
  vanished: boolean;
  revisions: string[];
  comments: string[];
  media: ArchivedMedia[];
};

export type Archived = {
  posts: ArchivedPost[];
  collections: { id: string; posts: string[] }[];
  /** Names of files whose bytes are what their names say, and whatever else lies there. */
  files: string[];
  /** What a download left in the middle. */
  parts: string[];
};

const POSTS = `
  select p.external_id as id, p.title, p.blocks, p.locked, p.readable, p.detail_due as due,
    p.missing_since is not null as missing, p.vanished_at is not null as vanished,
    array(select r.digest || case when r.locked then ' locked' else '' end from archive_revisions r
      where r.post_id = p.id order by r.seen_at, r.digest) as revisions,
    array(select c.external_id || case when c.vanished_at is null then '' else ' vanished' end from archive_comments c
      where c.post_id = p.id order by 1) as comments,
    array(select jsonb_build_object('id', m.external_id, 'position', m.position, 'state', m.state, 'sha', m.sha256,
      'gap', m.gap ->> 'code') from archive_post_media m
      where m.post_id = p.id and m.withdrawn_at is null order by m.position, m.external_id) as media
  from archive_posts p order by p.external_id`;

const COLLECTIONS = `
  select c.external_id as id, array(select p.external_id from archive_collection_posts k
    join archive_posts p on p.id = k.post_id where k.collection_id = c.id order by k.position) as posts
  from archive_collections c order by c.external_id`;

/** Everything that a reader of the archive would find, in its rows and on its disk. */
export async function readArchived({ pool }: Pick<Database, 'pool'>, folder: string): Promise<Archived> {
  const [posts, collections] = await Promise.all([
    pool.query<ArchivedPost>(POSTS),
    pool.query<Archived['collections'][number]>(COLLECTIONS),
  ]);
  return {
    posts: posts.rows,
    collections: collections.rows,
    files: await soundFiles(join(folder, 'sha256')),
    parts: await readdir(join(folder, 'incoming')).catch(() => []),
  };
}

async function soundFiles(root: string): Promise<string[]> {
  const names = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = names.filter((entry) => entry.isFile());
  const looked = files.map(async ({ name, parentPath }) => {
    const bytes = await readFile(join(parentPath, name));
    return createHash('sha256').update(bytes).digest('hex') === name ? name : `${name} has other bytes`;
  });
  return (await Promise.all(looked)).toSorted();
}

/** Whatever went wrong in between: what is lost or worse than before, in words. */
export function lossesBetween(before: Archived, after: Archived): string[] {
  const now = new Map(after.posts.map((post) => [post.id, post]));
  const ofPosts = before.posts.flatMap((was) => {
    const is = now.get(was.id);
    return is ? lossesOf(was, is).map((what) => `post ${was.id}: ${what}`) : [`post ${was.id} is gone`];
  });
  const ofFiles = before.files
    .filter((name) => !after.files.includes(name))
    .map((name) => `file ${name} is gone`);
  const ofBytes = after.files.filter((name) => name.includes(' '));
  const ofCollections = before.collections.flatMap(({ id, posts }) => {
    const is = after.collections.find((collection) => collection.id === id)?.posts ?? [];
    return posts.filter((post) => !is.includes(post)).map((post) => `collection ${id} has lost ${post}`);
  });
  return [...ofPosts, ...ofFiles, ...ofBytes, ...ofCollections];
}

function lossesOf(was: ArchivedPost, is: ArchivedPost): string[] {
  const stored = new Map(is.media.map((media) => [media.id, media.sha]));
  return [
    was.readable && !is.readable ? 'cannot be read any more' : '',
    was.blocks.length > 0 && is.blocks.length === 0 ? 'has lost its body' : '',
    is.vanished ? 'is called vanished' : '',
    was.title !== null && is.title === null ? 'has lost its title' : '',
    ...was.revisions.filter((one) => !is.revisions.includes(one)).map(() => 'has lost a revision'),
    ...was.comments.filter((one) => !is.comments.includes(one)).map((one) => `has lost comment ${one}`),
    ...was.media
      .filter(({ id, sha }) => sha !== null && stored.get(id) !== sha)
      .map(({ id }) => `has lost the bytes of ${id}`),
  ].filter((what) => what !== '');
}
