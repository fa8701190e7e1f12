import { addDays } from '#core/time-span.ts';
import type { Removal } from '../removal/removal.ts';
import type { RecycleBin } from '../removal/title-settings.ts';

/** What a removal left in the recycle bin of its service. */
export type Binned = {
  bin: RecycleBin;
  files: readonly string[];
  /** Null when the service never empties its bin by itself. */
  emptiedAt: Date | null;
};

/**
 * Where the files of a removal are now, as their service sees it; null when it deletes for good, or nobody knows. Radarr and
 * Sonarr keep the folders below the root folder. A file of the same name that lay there gives the new one `_2`, and so on.
 */
export function binned({ keepsake, identity, plannedFiles, state }: Removal): Binned | null {
  const bin = keepsake.before?.recycleBin;
  if (state.is !== 'removed' || !bin?.known || bin.value === null) return null;
  const { path } = bin.value;
  const files = plannedFiles.map((file) => binnedPath(path, identity.path, file.path));
  return { bin: bin.value, files, emptiedAt: emptiedAt(bin.value, state.at) };
}

/** A bin is emptied once a day, of what has lain in it for its number of days. */
export const emptiedAt = ({ cleanupDays }: RecycleBin, from: Date): Date | null =>
  cleanupDays > 0 ? addDays(from, cleanupDays) : null;

function binnedPath(bin: string, titlePath: string, path: string): string {
  const slash = titlePath.includes('\\') ? '\\' : '/';
  const title = withoutEnd(titlePath);
  const parent = title.slice(0, title.lastIndexOf(slash) + 1);
  const below = path.startsWith(parent) ? path.slice(parent.length) : path.slice(path.lastIndexOf(slash) + 1);
  return `${withoutEnd(bin)}${slash}${below}`;
}

const withoutEnd = (path: string): string => path.replace(/[\\/]+$/, '');
