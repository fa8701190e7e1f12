import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { CreditServer } from '#features/library/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { createCreditServer } from '../media-server/credit-server.ts';
import { jellyfin } from './dialect.ts';

export const createJellyfinCredits = (http: Http, target: ConnectionTarget): CreditServer =>
  createCreditServer(http, target, jellyfin);
