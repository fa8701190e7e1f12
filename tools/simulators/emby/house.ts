import type { EmbyHouse } from '../../seed/household.ts';
import type { MediaServer, MediaServerSettings } from '../media-server/house.ts';
import type { PlaybackReporting } from '../media-server/playback-reporting.ts';

export type EmbyOptions = Partial<MediaServerSettings> & {
  port?: number;
  host?: string;
  apiKey?: string;
  /** 4.8 and 4.9 are known. */
  version?: string;
  /** A build that does not tell the play count although it is asked. */
  hidesPlayCount?: boolean;
  /** The plug-in that writes plays down; not installed when left out. */
  playback?: PlaybackReporting;
};

export type Emby = MediaServer & {
  house: EmbyHouse;
  settings: MediaServerSettings & Required<Pick<EmbyOptions, 'apiKey' | 'version' | 'hidesPlayCount'>>;
  isStarting: boolean;
};

/** A short number, as Emby gives to items; only users have 32 digits. */
export const parseNumber = (text: string): string | undefined =>
  /^\d{1,18}$/.test(text.trim()) ? String(Number(text)) : undefined;

export const nextNumber = ({ items }: EmbyHouse): string =>
  String(1 + items.reduce((most, { id }) => Math.max(most, Number(id)), 0));
