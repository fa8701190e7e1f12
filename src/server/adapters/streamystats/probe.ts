import { err, ok, type Result } from '#core/result.ts';
import type { Identity, ProbeProblem } from '#features/connections/core/connection.ts';
import { checkVersion } from '#features/connections/core/version.ts';
import type { Prober } from '#features/connections/server/ports.ts';
import type { Http, HttpClient } from '#server/platform/http.ts';
import { toProbeProblem } from '../failures.ts';
import { version } from './schemas.ts';
import { clientFor, findServer } from './session.ts';

/** It asks GitHub for its newest version while it tells its own. */
const PATIENCE = { timeoutMs: 15_000, retries: 0 };

export const createStreamystatsProber = (http: Http): Prober => ({
  probe: (target) => probe(clientFor(http, target)),
  // It knows plays, not files.
  sampleFile: () => Promise.resolve(ok(null)),
});

async function probe(client: HttpClient): Promise<Result<Identity, ProbeProblem>> {
  const told = await client.json({ ...PATIENCE, path: 'version' }, version);
  if (!told.ok) return err(toProbeProblem(told.error, 'streamystats'));
  const { currentVersion } = told.value;
  const recent = isRelease(currentVersion) ? checkVersion('streamystats', currentVersion) : ok(undefined);
  if (!recent.ok) return recent;
  const server = await findServer(client, PATIENCE);
  if (!server.ok) return err(toProbeProblem(server.error, 'streamystats'));
  if (server.value === null) return err({ code: 'probe.not-set-up' });
  return ok({ product: 'Streamystats', version: currentVersion, warnings: [] });
}

/** A commit may begin with a digit, too. */
const isRelease = (text: string): boolean => /^v?\d+\.\d+/.test(text);
