import { lstat, mkdir, readlink, rmdir, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '#core/result.ts';
import type { FolderProblem } from '../../core/leaving-soon/link-problem.ts';
import type { Link } from '../../core/leaving-soon/link-tree.ts';

export const MARKER = '.keepercheky';
/**
 * T-30: a media server takes an empty folder for a disk that is missing and keeps what was in it (jellyfin#11913). Any
 * file ends that, also a hidden one that is no video. It is always there, so that nothing changes when the last title goes.
 */
export const PLACEHOLDER = '.keepercheky-placeholder';

const PLACEHOLDER_TEXT =
  'An empty folder looks like a missing disk to a media server. This file says that it is there.\n';

/** What this program made, and so may take away. Written down before it is made. */
export type Made = { links: readonly Link[]; folders: readonly string[] };

export type Wish = {
  made: Made;
  add: readonly Link[];
  remove: readonly string[];
  remember: (made: Made) => Promise<void>;
};

export type Done = { made: Made; added: string[]; removed: string[]; occupied: string[] };

export type LinkFolder = {
  /** A folder in it for one media server, made when it is not there. Never one behind a link. */
  part: (name: string) => Promise<Result<LinkFolder, FolderProblem>>;
  /** Those of the paths that are links now, with where they lead. */
  present: (paths: readonly string[]) => Promise<Result<Link[], FolderProblem>>;
  change: (wish: Wish) => Promise<Result<Done, FolderProblem>>;
  keepLibraryFolder: (path: string) => Promise<Result<void, FolderProblem>>;
};

/** What the system refuses is a problem to tell; the rest is a bug. */
export function refusal(problem: unknown): FolderProblem {
  const { code } = problem as NodeJS.ErrnoException;
  if (code === undefined) throw problem;
  return { code: 'links.refused', reason: code };
}

type Kind = 'link' | 'folder' | 'file' | 'other';

/** Never follows a link. */
export async function look(path: string): Promise<Kind | null> {
  try {
    const found = await lstat(path);
    if (found.isSymbolicLink()) return 'link';
    return found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'other';
  } catch (problem) {
    const { code } = problem as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw problem;
  }
}

const parentsOf = (path: string): string[] => {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
};

const isPlain = (path: string): boolean =>
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !part.includes('\0'));

const idOf = ({ path, target }: Link): string => `${path}\0${target}`;

const isOwnName = (path: string): boolean => [MARKER, PLACEHOLDER].includes(path.split('/').at(-1) ?? '');

const guarded = async <T>(work: () => Promise<T>): Promise<Result<T, FolderProblem>> => {
  try {
    return ok(await work());
  } catch (problem) {
    return err(refusal(problem));
  }
};

/** Looks without following links. */
function looksIn(dir: string) {
  /** Whether the way to it is made of real folders: below a link, the path would mean something outside. */
  async function isInside(path: string): Promise<boolean> {
    if (!isPlain(path) || isOwnName(path)) return false;
    for (const parent of parentsOf(path)) {
      const found = await look(join(dir, parent));
      if (found === null) return true; // nothing is there yet
      if (found !== 'folder') return false;
    }
    return true;
  }

  async function linkAt(path: string): Promise<Link | null> {
    if (!(await isInside(path)) || (await look(join(dir, path))) !== 'link') return null;
    return { path, target: await readlink(join(dir, path)) };
  }

  async function present(paths: readonly string[]): Promise<Link[]> {
    const found: Link[] = [];
    for (const path of new Set(paths)) {
      const link = await linkAt(path);
      if (link) found.push(link);
    }
    return found;
  }

  async function missingFolders(links: readonly Link[]): Promise<string[]> {
    const missing: string[] = [];
    for (const parent of new Set(links.flatMap(({ path }) => (isPlain(path) ? parentsOf(path) : [])))) {
      if ((await look(join(dir, parent))) === null) missing.push(parent);
    }
    return missing;
  }

  return { isInside, linkAt, present, missingFolders };
}

/** A real folder with the placeholder in it, for a library to stand on. */
async function keepLibraryFolder(dir: string, path: string): Promise<void> {
  const file = `${path}/${PLACEHOLDER}`;
  if (!isPlain(file)) return;
  for (const parent of parentsOf(file)) {
    const found = await look(join(dir, parent));
    if (found === null) await mkdir(join(dir, parent));
    else if (found !== 'folder') return;
  }
  if ((await look(join(dir, file))) === null)
    await writeFile(join(dir, file), PLACEHOLDER_TEXT, { flag: 'wx' });
}

/**
 * The only place that changes anything there. It takes away links, by a look that follows none, and folders that the
 * system itself finds empty, and both only when they are in `made`. A regular file is never touched (J-115 FIX, T-63).
 */
export function folderAt(dir: string): LinkFolder {
  const { isInside, linkAt, present, missingFolders } = looksIn(dir);

  /** Only the very link that was made: one that somebody turned elsewhere is theirs. */
  async function removeLink(path: string, mine: ReadonlySet<string>): Promise<boolean> {
    const link = await linkAt(path);
    if (link === null || !mine.has(idOf(link))) return false;
    await unlink(join(dir, path));
    return true;
  }

  async function addLink({ path, target }: Link): Promise<boolean> {
    if (!(await isInside(path)) || (await look(join(dir, path))) !== null) return false;
    for (const parent of parentsOf(path)) {
      if ((await look(join(dir, parent))) === null) await mkdir(join(dir, parent));
    }
    await symlink(target, join(dir, path));
    return true;
  }

  /** Deepest first; one with anything in it stays, whatever that is. */
  async function removeEmptyFolders(folders: readonly string[]): Promise<string[]> {
    const left: string[] = [];
    for (const folder of [...new Set(folders)].sort((a, b) => b.length - a.length)) {
      const isThere = (await isInside(folder)) && (await look(join(dir, folder))) === 'folder';
      if (!isThere) continue;
      const gone = await rmdir(join(dir, folder)).then(
        () => true,
        () => false,
      );
      if (!gone) left.push(folder);
    }
    return left;
  }

  async function change({ made, add, remove, remember }: Wish): Promise<Done> {
    const mine = new Set(made.links.map(idOf));
    const folders = [...new Set([...made.folders, ...(await missingFolders(add))])];
    await remember({ links: [...made.links, ...add], folders });
    const done: Done = { made, added: [], removed: [], occupied: [] };
    for (const path of remove) if (await removeLink(path, mine)) done.removed.push(path);
    for (const link of add) {
      if (await addLink(link)) done.added.push(link.path);
      else if ((await linkAt(link.path))?.target !== link.target) done.occupied.push(link.path);
    }
    const gone = new Set(remove);
    const kept = made.links.filter(({ path }) => !gone.has(path));
    const now = add.filter(({ path }) => !done.occupied.includes(path));
    const links = [...new Map([...kept, ...now].map((link) => [link.path, link])).values()];
    done.made = { links, folders: await removeEmptyFolders(folders) };
    await remember(done.made);
    return done;
  }

  return {
    part: (name) =>
      guarded(async () => {
        if (!isPlain(name) || name.includes('/') || isOwnName(name)) throw new Error(`no name: ${name}`);
        const found = await look(join(dir, name));
        if (found === null) await mkdir(join(dir, name));
        else if (found !== 'folder') throw Object.assign(new Error(name), { code: 'ENOTDIR' });
        return folderAt(join(dir, name));
      }),
    present: (paths) => guarded(() => present(paths)),
    change: (wish) => guarded(() => change(wish)),
    keepLibraryFolder: (path) => guarded(() => keepLibraryFolder(dir, path)),
  };
}
