import type { Prober } from '#features/connections/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { createProber } from '../media-server/probe.ts';
import { emby } from './dialect.ts';

export const createEmbyProber = (http: Http): Prober => createProber(http, emby);
