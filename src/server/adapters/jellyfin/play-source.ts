import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { PlaySource } from '#features/library/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { createPlaybackReporting } from '../media-server/playback-reporting.ts';
import { jellyfin } from './dialect.ts';

export const createJellyfinPlays = (http: Http, target: ConnectionTarget): PlaySource =>
  createPlaybackReporting(http, target, jellyfin);
