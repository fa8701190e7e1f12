import { isWithin } from '../../seed/paths.ts';
import type { Servarr } from './house.ts';

/**
 * Removes from the disk, or moves into the recycle bin, where it goes on filling the disk. There the folders below the
 * title's root are kept, and a second file of the same name is called `_2`.
 */
export function discard(servarr: Servarr, title: { path: string }, paths: readonly string[]): void {
  const { storage } = servarr.world;
  const bin = servarr.house.recycleBin;
  const root = title.path.slice(0, title.path.lastIndexOf('/'));
  for (const path of paths) {
    if (!bin) storage.remove(path);
    else if (isWithin(root, path)) storage.move(path, freeName(servarr, `${bin}${path.slice(root.length)}`));
  }
}

function freeName({ world: { storage } }: Servarr, path: string): string {
  const dot = path.lastIndexOf('.');
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? path : `${path.slice(0, dot)}_${String(number)}${path.slice(dot)}`;
    if (!storage.has(name)) return name;
  }
}
