import { readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '#core/result.ts';
import { isWithin, tidyPath } from '#features/library/core/paths.ts';
import type { FolderProblem } from '../../core/leaving-soon/link-problem.ts';
import { folderAt, look, MARKER, refusal, type LinkFolder } from './link-folder.ts';

const MARKER_TEXT = `
This folder belongs to KeeperCheky, which keeps links in it to the films and series that leave soon.
It removes nothing here but the links and empty folders that it made. Without this file it does nothing here at all.
`;

export type FolderOwner = {
  instanceId: string;
  /** Root folders of Radarr and Sonarr as this program sees them. */
  mediaFolders: readonly string[];
  /** Its marker was there before. Then a folder without one is not taken again by itself. */
  wasOurs: boolean;
};

/** Opens the folder, or says why it must not be touched. An empty folder that was never ours becomes ours. */
export async function openLinkFolder(
  dir: string,
  owner: FolderOwner,
): Promise<Result<LinkFolder, FolderProblem>> {
  const refused = refusedByName(dir, owner) ?? (await answered(() => refusedByLook(dir, owner)));
  if (refused) return err(refused);
  const marked = await answered(() => mark(dir, owner));
  return marked ? err(marked) : ok(folderAt(tidyPath(dir)));
}

function refusedByName(dir: string, { mediaFolders }: FolderOwner): FolderProblem | null {
  const parts = tidyPath(dir).split('/').slice(1);
  if (!dir.startsWith('/') || parts.some((part) => part === '..' || part === '.' || part.includes('\0')))
    return { code: 'links.not-absolute' };
  if (tidyPath(dir) === '/') return { code: 'links.among-media', folder: '/' };
  if (mediaFolders.length === 0) return { code: 'links.media-not-known' };
  return among(dir, mediaFolders);
}

function among(dir: string, mediaFolders: readonly string[]): FolderProblem | null {
  const folder = mediaFolders.find((media) => isWithin(dir, media) || isWithin(media, dir));
  return folder === undefined ? null : { code: 'links.among-media', folder };
}

async function refusedByLook(dir: string, { mediaFolders }: FolderOwner): Promise<FolderProblem | null> {
  const found = await look(dir);
  if (found === null) return { code: 'links.not-there' };
  if (found === 'link') return { code: 'links.is-a-link' };
  if (found !== 'folder') return { code: 'links.not-a-folder' };
  // By another name, such as below a linked parent, it may still be among the media.
  const real = await Promise.all(mediaFolders.map((media) => realpath(media).catch(() => media)));
  return among(await realpath(dir), real);
}

async function mark(dir: string, { instanceId, wasOurs }: FolderOwner): Promise<FolderProblem | null> {
  const marker = join(dir, MARKER);
  const found = await look(marker);
  if (found === 'file') {
    const [first] = (await readFile(marker, 'utf8')).split('\n');
    return first === instanceId ? null : { code: 'links.of-another' };
  }
  const [name] = await readdir(dir);
  if (name !== undefined) return { code: 'links.holds-other-things', name };
  if (wasOurs) return { code: 'links.marker-gone' };
  await writeFile(marker, `${instanceId}\n${MARKER_TEXT}`, { flag: 'wx' });
  return null;
}

async function answered<T>(work: () => Promise<T>): Promise<T | FolderProblem> {
  try {
    return await work();
  } catch (problem) {
    return refusal(problem);
  }
}
