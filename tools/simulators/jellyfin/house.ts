import type { MediaServer, MediaServerSettings } from '../media-server/house.ts';
import type { PlaybackReporting } from '../media-server/playback-reporting.ts';

export type JellyfinOptions = Partial<MediaServerSettings> & {
  port?: number;
  host?: string;
  urlBase?: string;
  apiKey?: string;
  /** 10.10 has no storage page, 12 refuses the old ways to send a key. */
  version?: string;
  /** The old headers and `api_key`; on up to 10.11 unless said otherwise. */
  legacyAuth?: boolean;
  /** The plug-in that writes plays down; not installed when left out. */
  playback?: PlaybackReporting;
};

export type Jellyfin = MediaServer & {
  settings: MediaServerSettings &
    Required<Pick<JellyfinOptions, 'urlBase' | 'apiKey' | 'version' | 'legacyAuth'>>;
  isStarting: boolean;
};
