import type { Household, MediaRow } from './household.ts';
import { daysBefore } from './moments.ts';
import { hexId } from './random.ts';
import { blankRow, libraries } from './shelves.ts';

type Input = Pick<Household, 'jellyfin' | 'titles' | 'extraFiles' | 'people' | 'radarrs' | 'sonarr'> & {
  now: Date;
};

/** What every real household has somewhere, put in by hand so that it is always there. */
export function seedOddities({ jellyfin, titles, extraFiles, people, radarrs, sonarr, now }: Input): void {
  addHomeFilms({ jellyfin, extraFiles, now });
  addSeasonUnknown(jellyfin);
  playSomething(jellyfin, people);
  addDownload(radarrs, sonarr, titles);
  downloadAgain(sonarr, now);
}

/** J-74: an old episode of the daily show came a second time the day before yesterday. */
function downloadAgain(sonarr: Household['sonarr'], now: Date): void {
  const show = sonarr.shows.find((row) => row.seriesType === 'daily');
  const file = show?.files[4];
  if (!show || !file) return;
  const at = daysBefore(now, 2);
  const data = { droppedPath: `/downloads/complete/${file.quality}.mkv`, importedPath: file.path };
  file.addedAt = at;
  for (const episode of show.episodes.filter(({ fileId }) => fileId === file.id)) {
    const row = {
      titleId: show.id,
      episodeId: episode.id,
      season: episode.season,
      sourceTitle: file.path,
      quality: file.quality,
      downloadId: 'AGAIN',
      at,
    };
    const id = () => (sonarr.nextId += 1);
    sonarr.history.push({ ...row, id: id(), event: 'deleted', data: { reason: 'upgrade' } });
    sonarr.history.push({ ...row, id: id(), event: 'imported', data });
  }
}

/** In Jellyfin's library, known to no Radarr: only Jellyfin could delete it, so nobody should. */
function addHomeFilms({ jellyfin, extraFiles, now }: Pick<Input, 'jellyfin' | 'extraFiles' | 'now'>): void {
  for (const [index, name] of [
    'Boda de Ana y Marcos',
    'Verano en Cabo Sereno',
    'School Play 2019',
  ].entries()) {
    const path = `/media/disk1/family/${name}/${name}.mp4`;
    extraFiles.push({ path, sizeBytes: 3_100_000_000 + index * 700_000_000 });
    jellyfin.items.push({
      ...blankRow(hexId('movie', path), 'Movie', name),
      libraryId: libraries[1]?.id ?? '',
      path,
      sizeBytes: 3_100_000_000 + index * 700_000_000,
      createdAt: daysBefore(now, 1200 + index * 300),
    });
  }
}

/** Jellyfin makes a season without a number out of files it cannot place (T-25). */
function addSeasonUnknown(jellyfin: Household['jellyfin']): void {
  const series = jellyfin.items.find((item) => item.kind === 'Series');
  if (!series) return;
  const row: MediaRow = {
    ...blankRow(hexId('season', series.id, 'unknown'), 'Season', 'Season Unknown'),
    libraryId: series.libraryId,
    title: series.title,
    createdAt: series.createdAt,
    seriesId: series.id,
  };
  jellyfin.items.push(row);
}

/** Somebody is in front of the television right now. */
function playSomething(jellyfin: Household['jellyfin'], people: Household['people']): void {
  const viewer = people.find((person) => person.name === 'Lucía') ?? people[0];
  const item = jellyfin.items.filter((row) => row.kind === 'Episode' && !row.isVirtual).at(-1);
  if (!viewer || !item) return;
  jellyfin.playing.push({
    userId: viewer.userId,
    itemId: item.id,
    device: 'Salón TV',
    client: 'Jellyfin Android TV',
    positionTicks: 7_200_000_000,
  });
}

function addDownload(
  radarrs: Household['radarrs'],
  sonarr: Household['sonarr'],
  titles: Household['titles'],
): void {
  const [radarr] = radarrs;
  const movie = radarr?.movies.find((row) => !row.file && row.monitored);
  if (radarr && movie) {
    const title = `${titles[movie.title]?.name ?? 'Film'} 1080p WEB-DL`;
    radarr.queue.push({
      id: 900_001,
      titleId: movie.id,
      episodeId: 0,
      title,
      sizeBytes: 7_400_000_000,
      leftBytes: 2_100_000_000,
    });
  }
  const show = sonarr.shows.find((row) => row.status === 'continuing' && row.monitored);
  const episode = show?.episodes.find((row) => row.fileId === 0 && row.airedAt !== null);
  if (show && episode) {
    sonarr.queue.push({
      id: 900_002,
      titleId: show.id,
      episodeId: episode.id,
      title: `${titles[show.title]?.name ?? 'Show'} S01 WEB-DL`,
      sizeBytes: 1_400_000_000,
      leftBytes: 900_000_000,
    });
  }
}
