import type { Fact } from '#core/fact.ts';
import { isWithin, tidyPath } from '#features/library/core/paths.ts';
import type { ShelfKind } from './leaving-soon.ts';

/** One file in two views: as this program sees it, and as the media server does, which is who follows the links (T-60). */
export type SeenFile = { own: string; theirs: string };

export type LeavingFile = SeenFile & {
  seasonNumber: number | null;
  /** Subtitles and the like beside it; unknown when the folder could not be looked at from here. */
  sidecars: Fact<readonly SeenFile[]>;
};

/** A film, or what leaves of a show: several seasons may come one by one, each with the folder of the show. */
export type LeavingTitle = {
  kind: ShelfKind;
  title: string;
  /** The folder of the film or show, as this program sees it. */
  folder: string;
  files: readonly LeavingFile[];
};

/** `path` is below the folder of links, with `/` between its parts; `target` is what the media server will open. */
export type Link = { path: string; target: string };

/** A folder of links, and the folder of the library that it stands for: what is played here is played there (J-34). */
export type StandIn = { links: string; folder: string };

export type LinkTree = { links: readonly Link[]; standIns: readonly StandIn[] };

export const noLinks: LinkTree = { links: [], standIns: [] };

/**
 * The tree that shows what leaves (J-112): `films/<folder>/<file>` and `shows/<folder>/<season>/<file>`. Only the last part
 * of the title's folder counts, so `root/m/Movie` is `films/Movie`. What stands in `before` keeps its place, because a
 * media server gives another id, without what people did with it, to what has another path (J-115).
 */
export function linkTree(titles: readonly LeavingTitle[], before: LinkTree = noLinks): LinkTree {
  const groups = byFolder(titles);
  const names = placeFolders(groups, before);
  const placed = groups.map((group) => {
    const links = names.get(keyOf(group)) ?? '';
    return { standIn: { links, folder: group.folder }, links: placeFiles(links, group, before) };
  });
  const shown = placed.filter((one) => one.links.length > 0);
  return {
    links: onePerPath(shown.flatMap((one) => one.links)),
    standIns: shown.map((one) => one.standIn).sort((a, b) => (a.links < b.links ? -1 : 1)),
  };
}

/** `Film.cut.srt` belongs to `Film.cut.mkv` and looks as if it belonged to `Film.mkv` too. */
const onePerPath = (links: readonly Link[]): Link[] =>
  [...new Map(links.map((link) => [link.path, link])).values()].sort((a, b) => (a.path < b.path ? -1 : 1));

/** Letter case counts in no name that we choose: the folder may be on a share where it does not (T-61). */
const claimKey = (path: string): string => path.toLowerCase();
const keyOf = ({ kind, folder }: Pick<LeavingTitle, 'kind' | 'folder'>): string => `${kind} ${folder}`;

/** One group per folder, each file once: a show and one of its seasons may both leave. */
function byFolder(titles: readonly LeavingTitle[]): LeavingTitle[] {
  const groups = new Map<string, LeavingTitle>();
  for (const title of titles) {
    const one = { ...title, folder: tidyPath(title.folder) };
    const known = groups.get(keyOf(one));
    groups.set(keyOf(one), known ? { ...known, files: [...known.files, ...one.files] } : one);
  }
  return [...groups.values()]
    .map((group) => ({ ...group, files: [...new Map(group.files.map((file) => [file.own, file])).values()] }))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** A name that is taken gets a number in brackets, which media servers leave out of the title they look for. */
function placeFolders(groups: readonly LeavingTitle[], before: LinkTree): Map<string, string> {
  const wanted = new Set(groups.map(keyOf));
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { links, folder } of before.standIns) {
    const key = keyOf({ kind: kindOfPath(links), folder });
    if (!wanted.has(key) || names.has(key)) continue;
    names.set(key, links);
    taken.add(claimKey(links));
  }
  for (const group of groups) {
    if (names.has(keyOf(group))) continue;
    const links = firstFree(taken, (mark) => `${group.kind}/${folderName(group)}${mark}`);
    names.set(keyOf(group), links);
  }
  return names;
}

const kindOfPath = (path: string): ShelfKind => (path.startsWith('films/') ? 'films' : 'shows');

function firstFree(taken: Set<string>, pathWith: (mark: string) => string): string {
  for (let number = 1; ; number += 1) {
    const path = pathWith(number === 1 ? '' : ` [${number}]`);
    if (taken.has(claimKey(path))) continue;
    taken.add(claimKey(path));
    return path;
  }
}

const isName = (part: string): boolean => part !== '' && part !== '.' && part !== '..' && !/[/\0]/.test(part);

function folderName({ folder, title }: LeavingTitle): string {
  const last = folder.split('/').at(-1) ?? '';
  if (isName(last)) return last;
  const cleaned = title.replaceAll(/[/\\\0]/g, ' ').trim();
  return isName(cleaned) ? cleaned : 'Untitled';
}

function placeFiles(links: string, group: LeavingTitle, before: LinkTree): Link[] {
  const taken = new Set<string>();
  const files = [...group.files].sort((a, b) => (a.own < b.own ? -1 : 1));
  return files.flatMap((file) => {
    const parts = placeInside(group, file);
    if (parts === null) return [];
    const folder = [links, ...parts.slice(0, -1)].join('/');
    const { stem, ending } = splitName(parts.at(-1) ?? '');
    const path = firstFree(taken, (mark) => `${folder}/${stem}${mark}${ending}`);
    const newStem = path.slice(folder.length + 1, path.length - ending.length);
    return [{ path, target: file.theirs }, ...sidecarLinks({ file, folder, stem, newStem }, before)];
  });
}

/** Where the file is in its folder. Null for a path that no honest service tells: it would lead out of ours. */
function placeInside({ kind, folder }: LeavingTitle, file: LeavingFile): string[] | null {
  const own = tidyPath(file.own);
  const below = isWithin(own, folder) ? own.slice(folder === '/' ? 1 : folder.length + 1) : '';
  const parts = below === '' ? [own.split('/').at(-1) ?? ''] : below.split('/');
  if (!parts.every(isName)) return null;
  // J-113 FIX: with season folders switched off, the files are in the folder of the show.
  if (kind === 'shows' && parts.length === 1 && file.seasonNumber !== null)
    return [`Season ${String(file.seasonNumber).padStart(2, '0')}`, ...parts];
  return parts;
}

type Placed = { file: LeavingFile; folder: string; stem: string; newStem: string };

function sidecarLinks({ file, folder, stem, newStem }: Placed, before: LinkTree): Link[] {
  // "Could not look" is not "there are none": what was linked beside it stays.
  if (!file.sidecars.known) {
    return before.links.filter(
      ({ path }) => path.startsWith(`${folder}/`) && isSidecar(newStem, path.slice(folder.length + 1)),
    );
  }
  return file.sidecars.value.flatMap(({ own, theirs }) => {
    const name = own.split('/').at(-1) ?? '';
    return isName(name) && name.startsWith(stem)
      ? [{ path: `${folder}/${newStem}${name.slice(stem.length)}`, target: theirs }]
      : [];
  });
}

export function splitName(name: string): { stem: string; ending: string } {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? { stem: name.slice(0, dot), ending: name.slice(dot) } : { stem: name, ending: '' };
}

/** T-63: only what is known to belong to a video. Subtitles, what is known about it, and its pictures. */
const SIDECARS = /\.(srt|ass|ssa|sub|idx|vtt|sup|smi|nfo|jpe?g|png|webp|tbn)$/i;

/** `Film.es.srt` and `Film-poster.jpg` belong to `Film.mkv`; `Film 2.srt` does not. */
const isSidecar = (stem: string, name: string): boolean =>
  name.startsWith(stem) && /^[.-]/.test(name.slice(stem.length)) && SIDECARS.test(name);

/** Of the names in a video's folder, those that belong to it. */
export const sidecarsOf = (video: string, names: readonly string[]): string[] =>
  names.filter((name) => name !== video && isSidecar(splitName(video).stem, name)).sort();

export type LinkChange = { add: readonly Link[]; remove: readonly string[] };

/** What differs and nothing else: a link that is right is never made again (J-115). */
export function linkChange(present: readonly Link[], wanted: readonly Link[]): LinkChange {
  const there = new Map(present.map(({ path, target }) => [path, target]));
  const targets = new Map(wanted.map(({ path, target }) => [path, target]));
  return {
    add: wanted.filter(({ path, target }) => there.get(path) !== target),
    remove: present.flatMap(({ path, target }) => (targets.get(path) === target ? [] : [path])),
  };
}
