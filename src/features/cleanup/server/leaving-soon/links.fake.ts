import { lstat, stat } from 'node:fs/promises';
import type { ConnectionId } from '#core/ids.ts';
import { err, ok } from '#core/result.ts';
import type { LinkShelf, LinkStore } from './links.ports.ts';
import type { LinkLibrary } from '../ports.ts';

export function fakeLinkStore(): LinkStore {
  const shelves = new Map<string, LinkShelf>();
  let folders: string[] = [];
  const keyOf = (id: ConnectionId, folder: string) => `${id} ${folder}`;
  return {
    instanceId: async () => 'instance-1',
    folders: async () => folders,
    noteFolder: async (folder) => void (folders = [...new Set([...folders, folder])]),
    forgetFolder: async (folder) => void (folders = folders.filter((one) => one !== folder)),
    shelves: async () => [...shelves.values()].map((shelf) => structuredClone(shelf)),
    save: async (shelf) => void shelves.set(keyOf(shelf.connectionId, shelf.folder), structuredClone(shelf)),
    forget: async (id, folder) => void shelves.delete(keyOf(id, folder)),
  };
}

const down = err({ code: 'step.unreachable', reason: 'off' } as const);

/** A media server that sees real folders, at `real` of the path it is told, and remembers what it was asked. */
export function fakeLinkLibrary(real: (path: string) => string = (path) => path) {
  const calls: string[] = [];
  const libraries: { name: string; path: string }[] = [];
  let isOnline = true;
  let answersPaths = true;
  let isFollowing = true;

  const library: LinkLibrary = {
    openLibrary: async ({ name, path }) => {
      if (!isOnline) return down;
      const own = libraries.find((one) => one.path === path);
      if (own) return ok({ is: 'found', name: own.name });
      if (libraries.some((one) => one.name === name)) return ok({ is: 'name-taken', name });
      libraries.push({ name, path });
      calls.push(`make ${name} ${path}`);
      return ok({ is: 'made', name });
    },
    tellChanged: async (changes) => {
      if (!isOnline) return down;
      calls.push(...changes.map(({ path, is }) => `${is} ${path}`));
      return ok(undefined);
    },
    lookEverywhere: async () => {
      if (!isOnline) return down;
      calls.push('look everywhere');
      return ok(undefined);
    },
    sees: async (path) => {
      if (!answersPaths) return down;
      const isLink = await lstat(real(path)).then(
        (found) => found.isSymbolicLink(),
        () => false,
      );
      const isThere = await stat(real(path)).then(
        (found) => found.isFile(),
        () => false,
      );
      const isThrough = path.includes('/folder/');
      return ok(isLink || (isThere && (isFollowing || !isThrough)));
    },
  };

  return {
    library,
    calls,
    libraries,
    turn: (on: boolean) => void (isOnline = on),
    answerPaths: (on: boolean) => void (answersPaths = on),
    follow: (on: boolean) => void (isFollowing = on),
  };
}
