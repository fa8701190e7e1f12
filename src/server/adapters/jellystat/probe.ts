import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget, Identity, ProbeProblem } from '#features/connections/core/connection.ts';
import { checkVersion } from '#features/connections/core/version.ts';
import type { Prober } from '#features/connections/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { toProbeProblem, type CallFailure } from '../failures.ts';
import { libraries } from './schemas.ts';
import { openJellystat } from './session.ts';

const PATIENCE = { timeoutMs: 10_000, retries: 0 };

export const createJellystatProber = (http: Http): Prober => ({
  probe: (target) => probe(http, target),
  // It knows plays, not files.
  sampleFile: () => Promise.resolve(ok(null)),
});

async function probe(http: Http, target: ConnectionTarget): Promise<Result<Identity, ProbeProblem>> {
  const jellystat = openJellystat(http, target);
  const version = await jellystat.identify(PATIENCE);
  if (!version.ok) return err(toProbeProblem(version.error, 'jellystat'));
  if (version.value === null) return err({ code: 'probe.not-set-up' });
  const recent = checkVersion('jellystat', version.value);
  if (!recent.ok) return recent;
  const key = await jellystat.json({ ...PATIENCE, path: 'api/getLibraries' }, libraries);
  if (!key.ok) return err(keyProblem(key.error));
  return ok({ product: 'Jellystat', version: version.value, warnings: [] });
}

/** As long as no key was ever made there, it says "not found" to every key. */
const keyProblem = (failure: CallFailure): ProbeProblem =>
  failure.code === 'http.status' && failure.status === 404
    ? { code: 'probe.key-refused' }
    : toProbeProblem(failure, 'jellystat');
