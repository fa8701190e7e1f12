import { fieldsOf, json, type Route } from '../http.ts';
import type { PlayRow } from '../plays.ts';
import type { MediaServer } from './house.ts';

/** The plug-in of Jellyfin and Emby that writes plays down; a test keeps it to make it misbehave. */
export type PlaybackReporting = {
  plays: PlayRow[];
  /** Every question fails, with status 200 and a page in the message. */
  sqlFails: boolean;
  /** The server's local time is so many hours ahead of the world's. */
  hoursAhead: number;
  /** Its database cannot tell world time: the column stays empty. */
  knowsZone: boolean;
};

export const aPlaybackReporting = (over: Partial<PlaybackReporting> = {}): PlaybackReporting => ({
  plays: [],
  sqlFails: false,
  hoursAhead: 1,
  knowsZone: true,
  ...over,
});

const QUESTION =
  /^SELECT rowid, DateCreated, strftime\('[^']+', DateCreated, 'utc'\), UserId, ItemId, ItemType, ItemName, PlayDuration FROM PlaybackActivity WHERE rowid < (\d+) ORDER BY rowid DESC LIMIT (\d+)$/;

export const playbackRoutes = (server: MediaServer, plugIn: PlaybackReporting): Route[] => [
  [
    'POST',
    '/user_usage_stats/submit_custom_query',
    (call) => {
      const { CustomQueryString: asked } = fieldsOf(call);
      const parts = typeof asked === 'string' ? QUESTION.exec(asked) : null;
      if (plugIn.sqlFails || !parts)
        return json(200, {
          colums: [],
          results: [],
          message: 'Error Running Query</br>SQL logic error near "FROM"',
        });
      const rows = plugIn.plays
        .filter(({ id }) => id < Number(parts[1]))
        .toSorted((a, b) => b.id - a.id)
        .slice(0, Number(parts[2]));
      return json(200, {
        colums: ['rowid', 'DateCreated', 'utc', 'UserId', 'ItemId', 'ItemType', 'ItemName', 'PlayDuration'],
        results: rows.map((play) => cellsOf(server, plugIn, play)),
        message: '',
      });
    },
  ],
];

/** Every cell is text, also the numbers. */
function cellsOf(server: MediaServer, plugIn: PlaybackReporting, play: PlayRow): string[] {
  const item = server.catalogue.byId(play.itemId);
  const isEpisode = item?.kind === 'Episode';
  const show = isEpisode && item.seriesId ? server.catalogue.byId(item.seriesId) : undefined;
  const two = (number: number | null) => String(number ?? 0).padStart(2, '0');
  const local = new Date(Date.parse(play.at) + plugIn.hoursAhead * 3_600_000).toISOString();
  return [
    String(play.id),
    `${local.slice(0, 23).replace('T', ' ')}0000`,
    plugIn.knowsZone ? `${new Date(play.at).toISOString().slice(0, 19)}Z` : '',
    play.userId,
    play.itemId,
    isEpisode ? 'Episode' : 'Movie',
    isEpisode
      ? `${show?.name ?? 'Show'} - s${two(item.parentIndex)}e${two(item.index)} - ${item.name}`
      : (item?.name ?? 'Gone'),
    String(play.seconds),
  ];
}
