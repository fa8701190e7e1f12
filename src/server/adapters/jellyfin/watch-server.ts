import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { WatchServer } from '#features/library/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { createWatchServer } from '../media-server/watch-server.ts';
import { jellyfin } from './dialect.ts';

export const createJellyfinWatchServer = (http: Http, target: ConnectionTarget): WatchServer =>
  createWatchServer(http, target, jellyfin);
