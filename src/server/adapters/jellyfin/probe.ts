import type { Prober } from '#features/connections/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { createProber } from '../media-server/probe.ts';
import { jellyfin } from './dialect.ts';

export const createJellyfinProber = (http: Http): Prober => createProber(http, jellyfin);
