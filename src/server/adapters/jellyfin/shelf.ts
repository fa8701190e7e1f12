import type { Shelf } from '#features/cleanup/server/ports.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Http } from '#server/platform/http.ts';
import { createShelf } from '../media-server/shelf.ts';
import { jellyfin } from './dialect.ts';

export const createJellyfinShelf = (http: Http, target: ConnectionTarget): Shelf =>
  createShelf(http, target, jellyfin);
