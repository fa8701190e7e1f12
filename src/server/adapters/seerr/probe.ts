import { err, ok, type Result } from '#core/result.ts';
import type { Identity, ProbeProblem } from '#features/connections/core/connection.ts';
import type { Prober } from '#features/connections/server/ports.ts';
import type { Http, HttpClient } from '#server/platform/http.ts';
import { toProbeProblem } from '../failures.ts';
import { isCsrfRefusal } from './csrf.ts';
import { crossSite, me, publicSettings, status } from './schemas.ts';
import { clientFor } from './session.ts';

const PATIENCE = { timeoutMs: 10_000, retries: 0 };
const ADMIN = 2;

export const createSeerrProber = (http: Http): Prober => ({
  probe: (target) => probe(clientFor(http, target)),
  // It knows requests, not files.
  sampleFile: () => Promise.resolve(ok(null)),
});

/** One API, three programs: Overseerr knows no media server but Plex, and Seerr is what Jellyseerr became with 3.0. */
const productOf = (version: string, hasMediaServerType: boolean): string => {
  if (!hasMediaServerType) return 'Overseerr';
  return Number.parseInt(version, 10) >= 3 || !/^\d/.test(version) ? 'Seerr' : 'Jellyseerr';
};

async function probe(client: HttpClient): Promise<Result<Identity, ProbeProblem>> {
  const about = await client.json({ ...PATIENCE, path: 'status' }, status);
  if (!about.ok) return err(toProbeProblem(about.error, 'seerr'));
  const settings = await client.json({ ...PATIENCE, path: 'settings/public' }, publicSettings);
  if (!settings.ok) return err(toProbeProblem(settings.error, 'seerr'));
  // Before its set-up is finished even the right key is refused, so this comes first.
  if (!settings.value.initialized) return err({ code: 'probe.not-set-up' });
  const key = await checkKey(client);
  if (!key.ok) return key;
  const { version } = about.value;
  return ok({
    product: productOf(version, typeof settings.value.mediaServerType === 'number'),
    version,
    warnings: [],
  });
}

async function checkKey(client: HttpClient): Promise<Result<void, ProbeProblem>> {
  const user = await client.json({ ...PATIENCE, path: 'auth/me' }, me);
  if (!user.ok) return err(toProbeProblem(user.error, 'seerr'));
  const { permissions } = user.value;
  if (typeof permissions === 'number' && (permissions & ADMIN) === 0)
    return err({ code: 'probe.key-refused' });
  return (await isCsrfOn(client)) ? err({ code: 'probe.csrf-protection-on' }) : ok(undefined);
}

/** Reading works with it, but no request can be removed. Overseerr keeps the switch among its main settings. */
async function isCsrfOn(client: HttpClient): Promise<boolean> {
  const network = await client.json({ ...PATIENCE, path: 'settings/network' }, crossSite);
  if (network.ok) return network.value.csrfProtection === true;
  const main = await client.json({ ...PATIENCE, path: 'settings/main' }, crossSite);
  if (main.ok && typeof main.value.csrfProtection === 'boolean') return main.value.csrfProtection;
  return bites(client);
}

/** Where no setting tells: a removal of nothing, because numbers begin at 1, is either not found or refused. */
async function bites(client: HttpClient): Promise<boolean> {
  const removed = await client.send({ ...PATIENCE, method: 'DELETE', path: 'request/0' });
  return !removed.ok && isCsrfRefusal(removed.error);
}
