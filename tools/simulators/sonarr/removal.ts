import type { EpisodeFileRow, ShowRow } from '../../seed/household.ts';
import { isWithin } from '../../seed/paths.ts';
import { excludeLater } from '../servarr/exclusions.ts';
import { remember } from '../servarr/history.ts';
import { discard } from '../servarr/bin.ts';
import { enqueue } from '../servarr/queue.ts';
import type { Sonarr } from './resource.ts';

export type RemoveOptions = { deleteFiles: boolean; exclude: boolean };

/** Rows and history at once, folders after the answer; a folder that holds another show's is left alone. */
export function removeShows(
  sonarr: Sonarr,
  shows: readonly ShowRow[],
  { deleteFiles, exclude }: RemoveOptions,
): void {
  const { house, world } = sonarr;
  const ids = new Set(shows.map((show) => show.id));
  house.shows = house.shows.filter((show) => !ids.has(show.id));
  house.history = house.history.filter((row) => !ids.has(row.titleId));
  house.queue = house.queue.filter((row) => !ids.has(row.titleId));
  ids.forEach((id) => sonarr.forget(id));
  world.changed();
  for (const show of exclude ? shows : []) {
    const title = world.household.titles[show.title];
    if (title) excludeLater(sonarr, { externalId: title.tvdbId, title: title.name, year: title.year });
  }
  if (!deleteFiles) return;
  world.afterwards(() => {
    for (const show of shows) {
      if (house.shows.some((other) => isWithin(show.path, other.path))) return;
      discard(sonarr, show, world.storage.list(show.path));
    }
  });
}

export type ShowFile = { show: ShowRow; file: EpisodeFileRow };

/** As in Radarr, the first file's show decides where all of them are looked for on the disk. */
export function removeFiles(sonarr: Sonarr, files: readonly ShowFile[]): void {
  const [first] = files;
  if (!first) return;
  for (const { show, file } of files) {
    if (isWithin(first.show.path, file.path)) {
      // Subtitles and the like go with their file (T-07).
      const stem = file.path.replace(/\.\w+$/, '.');
      discard(
        sonarr,
        show,
        sonarr.world.storage.list(show.path).filter((path) => path.startsWith(stem)),
      );
    }
    show.files = show.files.filter((other) => other.id !== file.id);
    for (const episode of show.episodes.filter((one) => one.fileId === file.id)) {
      episode.fileId = 0;
      if (sonarr.settings.autoUnmonitor) episode.monitored = false;
      remember(sonarr, {
        titleId: show.id,
        episodeId: episode.id,
        season: episode.season,
        event: 'deleted',
        sourceTitle: file.path,
        quality: file.quality,
        downloadId: '',
        data: { reason: 'Manual' },
      });
    }
    sonarr.forget(show.id);
  }
  sonarr.world.changed();
  files.forEach((file) => fetchAgain(sonarr, file));
}

/** An episode counts as wanted when it and its show are monitored. */
function fetchAgain(sonarr: Sonarr, { show, file }: ShowFile): void {
  const wanted = show.episodes.filter(
    (episode) =>
      file.season === episode.season && file.path.includes(`E${String(episode.number).padStart(2, '0')}`),
  );
  const [episode] = wanted;
  if (
    !sonarr.world.redownload ||
    !show.monitored ||
    !episode ||
    !wanted.every((one) => one.monitored && one.fileId === 0)
  )
    return;
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const download = enqueue(sonarr, {
    titleId: show.id,
    episodeId: episode.id,
    title: name,
    sizeBytes: file.sizeBytes,
    leftBytes: file.sizeBytes,
  });
  sonarr.world.afterwards(() => {
    sonarr.house.queue = sonarr.house.queue.filter((row) => row.id !== download.id);
    if (!sonarr.house.shows.includes(show) || !wanted.every((one) => one.monitored && one.fileId === 0))
      return;
    const again = { ...file, id: (sonarr.house.nextId += 1), addedAt: sonarr.world.now().toISOString() };
    show.files.push(again);
    sonarr.world.storage.write(again.path, again.sizeBytes);
    for (const one of wanted) {
      one.fileId = again.id;
      remember(sonarr, {
        titleId: show.id,
        episodeId: one.id,
        season: one.season,
        event: 'imported',
        sourceTitle: name,
        quality: file.quality,
        downloadId: 'AGAIN',
        data: { droppedPath: `/downloads/complete/${name}`, importedPath: again.path },
      });
    }
    sonarr.forget(show.id);
  });
}
