import type { MediaRow } from '../../seed/household.ts';
import type { PlayRow } from '../plays.ts';

/** A row of the history; what Jellyfin has lost stays in it under its old id. */
export function activityRow({ id, userId, userName, itemId, at, seconds }: PlayRow, item?: MediaRow) {
  const isEpisode = item?.kind === 'Episode';
  return {
    Id: String(id),
    IsPaused: false,
    UserId: userId,
    UserName: userName,
    Client: 'Jellyfin Web',
    DeviceName: 'Salón',
    NowPlayingItemId: (isEpisode ? item.seriesId : null) ?? itemId,
    NowPlayingItemName: item?.name ?? 'Gone',
    EpisodeId: isEpisode ? itemId : null,
    SeasonId: isEpisode ? item.seasonId : null,
    SeriesName: isEpisode ? 'A series' : null,
    PlaybackDuration: String(seconds),
    ActivityDateInserted: at,
    PlayMethod: 'DirectPlay',
    imported: false,
  };
}

/** It reads every text of digits as a number: an id of 32 digits comes out as another one, "1917" as no text. */
export const mangled = (row: object): object =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number.parseInt(value, 10) : value,
    ]),
  );
