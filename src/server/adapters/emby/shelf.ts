import type { Shelf } from '#features/cleanup/server/ports.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Http } from '#server/platform/http.ts';
import { createShelf } from '../media-server/shelf.ts';
import { emby } from './dialect.ts';

export const createEmbyShelf = (http: Http, target: ConnectionTarget): Shelf =>
  createShelf(http, target, emby);
