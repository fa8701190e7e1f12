import type { MediaTitle } from './match.ts';
import { isWithin, pathAndParents, tidyPath } from './paths.ts';

/**
 * Folders of links to what is in the library, which a media server shows as entries of their own. Paths are as this
 * program sees them.
 */
export type StandIns = {
  /** All that lies in these is a link, also what is linked no more and is still shown for a moment. */
  roots: readonly string[];
  folders: readonly { links: string; folder: string }[];
};

export const noStandIns: StandIns = { roots: [], folders: [] };

export const isStandIn = (path: string | null, { roots }: StandIns): boolean =>
  path !== null && roots.some((root) => isWithin(path, root));

/**
 * What is shown through a link is the very thing that the link leads to, so whoever plays it plays that (J-34). The real
 * entries come first: they are the ones that collections are made of.
 */
export function throughStandIns(entries: readonly MediaTitle[], standIns: StandIns): readonly MediaTitle[] {
  if (standIns.roots.length === 0) return entries;
  const folders = new Map(standIns.folders.map(({ links, folder }) => [tidyPath(links), folder]));
  const shown = entries.filter(({ path }) => isStandIn(path, standIns));
  const own = entries.filter(({ path }) => !isStandIn(path, standIns));
  return [...own, ...shown.map((entry) => ({ ...entry, path: originalOf(entry.path ?? '', folders) }))];
}

/** A path without a folder in the list stays: its ids then say what it is, as for any other path. */
function originalOf(path: string, folders: ReadonlyMap<string, string>): string {
  for (const place of pathAndParents(path)) {
    const folder = folders.get(place);
    if (folder !== undefined) return tidyPath(folder + tidyPath(path).slice(place.length));
  }
  return path;
}
