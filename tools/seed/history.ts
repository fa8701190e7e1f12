import type { FileRow, HistoryRow, ServarrEvent } from './household.ts';
import { later } from './moments.ts';
import { releaseName } from './paths.ts';
import type { Random } from './random.ts';

type Subject = { titleId: number; episodeId: number; season: number | null; name: string };

/** Writes what Radarr and Sonarr would remember of how a file came. */
export function createHistory(random: Random, nextId: () => number) {
  const rows: HistoryRow[] = [];

  const note = (
    subject: Subject,
    event: ServarrEvent,
    at: string,
    quality: string,
    data: Record<string, string>,
    hash: string,
  ) => {
    const { titleId, episodeId, season } = subject;
    const sourceTitle = `${releaseName(subject.name)}.${quality}-${data['releaseGroup'] ?? 'MAREA'}`;
    rows.push({
      id: nextId(),
      titleId,
      episodeId,
      season,
      event,
      at,
      sourceTitle,
      quality,
      downloadId: hash,
      data,
    });
  };

  /** Grabbed a few hours before it was imported. */
  const arrive = (
    subject: Subject,
    at: string,
    file: Pick<FileRow, 'path' | 'quality' | 'group' | 'sizeBytes'>,
  ): void => {
    const hash = random.hex(40).toUpperCase();
    const release = `${releaseName(subject.name)}.${file.quality}-${file.group}`;
    const droppedPath = `/downloads/complete/${release}/${release}.mkv`;
    note(
      subject,
      'grabbed',
      later(at, -0.2),
      file.quality,
      { indexer: 'Faro', releaseGroup: file.group, size: String(file.sizeBytes), protocol: '2' },
      hash,
    );
    note(
      subject,
      'imported',
      at,
      file.quality,
      {
        droppedPath,
        importedPath: file.path,
        downloadClient: 'qBittorrent',
        downloadClientName: 'qBittorrent',
        releaseGroup: file.group,
        size: String(file.sizeBytes),
      },
      hash,
    );
  };

  const leave = (
    subject: Subject,
    at: string,
    quality: string,
    reason: 'upgrade' | 'manual' | 'missingFromDisk',
  ): void => note(subject, 'deleted', at, quality, { reason }, '');

  return { rows, arrive, leave };
}

export type History = ReturnType<typeof createHistory>;

/** Where a download of this name would lie, so that the seed can leave some of them seeding. */
export const downloadPath = (name: string, file: Pick<FileRow, 'quality' | 'group'>): string => {
  const release = `${releaseName(name)}.${file.quality}-${file.group}`;
  return `/downloads/complete/${release}/${release}.mkv`;
};
