import type { DiskRow, Household, RadarrHouse, SonarrHouse } from './household.ts';
import { downloadPath } from './history.ts';
import type { Random } from './random.ts';

/** Free share of each disk: the first is under pressure, the second near it, the third comfortable. */
const shares: Record<string, number> = { '/media/disk1': 0.08, '/media/disk2': 0.18, '/media/disk3': 0.46 };

type Files = { path: string; sizeBytes: number }[];

const filesOf = (radarrs: readonly RadarrHouse[], sonarr: SonarrHouse): Files => [
  ...radarrs.flatMap((radarr) => radarr.movies.flatMap((movie) => movie.file ?? [])),
  ...sonarr.shows.flatMap((show) => show.files),
];

export function seedDisks(
  radarrs: readonly RadarrHouse[],
  sonarr: SonarrHouse,
  extra: Household['extraFiles'],
): DiskRow[] {
  const all = [...filesOf(radarrs, sonarr), ...extra.filter((file) => !file.linkTo)];
  return Object.entries(shares).map(([path, free]) => {
    const used = all.reduce(
      (sum, file) => (file.path.startsWith(`${path}/`) ? sum + file.sizeBytes : sum),
      0,
    );
    const otherBytes = Math.round(Math.max(used * 0.03, 5e9));
    return { path, otherBytes, totalBytes: Math.round((used + otherBytes) / (1 - free)) };
  });
}

/** Subtitles and bonus films beside the files, and downloads that still seed: second names of the same bytes (T-62). */
export function seedExtraFiles(
  random: Random,
  household: Pick<Household, 'radarrs' | 'sonarr' | 'titles'>,
): Household['extraFiles'] {
  const extra: Household['extraFiles'] = [];
  for (const movie of household.radarrs.flatMap((radarr) => radarr.movies)) {
    if (!movie.file) continue;
    const title = household.titles[movie.title];
    if (random.chance(0.5))
      extra.push({ path: movie.file.path.replace(/\.mkv$/, '.es.srt'), sizeBytes: 92_000 });
    if (random.chance(0.03))
      extra.push({ path: `${movie.path}/extras/making-of.mkv`, sizeBytes: 900_000_000 });
    if (random.chance(0.08) && title) {
      const path = downloadPath(`${title.name} ${String(title.year)}`, movie.file);
      // Hard links do not cross file systems, so the downloads of each disk lie on that disk.
      extra.push({
        path: `${movie.path.split('/').slice(0, 3).join('/')}${path}`,
        sizeBytes: movie.file.sizeBytes,
        linkTo: movie.file.path,
      });
    }
  }
  for (const file of household.sonarr.shows.flatMap((show) => show.files)) {
    if (random.chance(0.02)) {
      const name = file.path.slice(file.path.lastIndexOf('/') + 1);
      extra.push({
        path: `${file.path.split('/').slice(0, 3).join('/')}/downloads/complete/${name}`,
        sizeBytes: file.sizeBytes,
        linkTo: file.path,
      });
    }
  }
  return extra;
}
