/** Where a service sees a folder and where this program sees the same folder (as in connections/core). */
type Mapping = { theirs: string; ours: string };

const isWindows = (path: string): boolean => /^[a-z]:([\\/]|$)/i.test(path) || path.startsWith('\\\\');

/**
 * One spelling per path: `/` between segments, none twice, none at the end. Backslashes become slashes only in
 * Windows paths, because elsewhere they are a letter like any other. The two slashes of a share (`//nas/…`) stay.
 */
export function tidyPath(path: string): string {
  const slashed = isWindows(path) ? path.replaceAll('\\', '/') : path;
  const share = isWindows(path) && slashed.startsWith('//') ? '/' : '';
  const single = slashed.replace(/\/+/g, '/');
  return share + (single.length > 1 ? single.replace(/\/$/, '') : single);
}

/** `folder` itself or anything below it, by whole segments: `/films2` is not inside `/films`. */
export const isWithin = (path: string, folder: string): boolean => restBelow(path, folder) !== null;

/** What of `path` is below `folder`, with its leading slash; empty when they are the same; null when it is elsewhere. */
function restBelow(path: string, folder: string): string | null {
  const [inside, outside] = [tidyPath(path), tidyPath(folder)];
  const [a, b] = isWindows(folder) ? [inside.toLowerCase(), outside.toLowerCase()] : [inside, outside];
  if (a === b) return '';
  const start = b.endsWith('/') ? b.slice(0, -1) : b;
  return a.startsWith(`${start}/`) ? inside.slice(start.length) : null;
}

/** The service's path as this program sees it. The longest mapping wins; without one the path is taken as it is (T-60). */
export function mapPath(path: string, mappings: readonly Mapping[]): string {
  const longest = longestBelow(path, mappings, (mapping) => mapping.theirs);
  if (!longest) return tidyPath(path);
  return tidyPath(tidyPath(longest.of.ours) + longest.rest) || '/';
}

/** Of many folders the deepest one that holds the path. */
export function deepest<T>(
  path: string,
  candidates: readonly T[],
  folderOf: (candidate: T) => string,
): T | null {
  return longestBelow(path, candidates, folderOf)?.of ?? null;
}

function longestBelow<T>(
  path: string,
  candidates: readonly T[],
  folderOf: (candidate: T) => string,
): { of: T; rest: string } | null {
  let best: { of: T; rest: string; length: number } | null = null;
  for (const candidate of candidates) {
    const rest = restBelow(path, folderOf(candidate));
    const { length } = tidyPath(folderOf(candidate));
    if (rest !== null && (!best || length > best.length)) best = { of: candidate, rest, length };
  }
  return best;
}

/** The path and every folder above it, the nearest first. */
export function pathAndParents(path: string): string[] {
  const all: string[] = [];
  let current = tidyPath(path);
  while (current !== '') {
    all.push(current);
    const slash = current.lastIndexOf('/');
    if (slash < 0 || current === '/') break;
    current = slash === 0 ? '/' : current.slice(0, slash);
  }
  return all;
}

/** The other way round: our path as the service sees it. */
export const unmapPath = (path: string, mappings: readonly Mapping[]): string =>
  mapPath(
    path,
    mappings.map(({ theirs, ours }) => ({ theirs: ours, ours: theirs })),
  );
