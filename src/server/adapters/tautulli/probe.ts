import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget, Identity, ProbeProblem } from '#features/connections/core/connection.ts';
import { checkVersion } from '#features/connections/core/version.ts';
import type { Prober } from '#features/connections/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { isOwnNotFound, toProbeProblem, type CallFailure } from '../failures.ts';
import { info } from './schemas.ts';
import { openTautulli } from './session.ts';

const PATIENCE = { timeoutMs: 10_000, retries: 0 };

export const createTautulliProber = (http: Http): Prober => ({
  probe: (target) => probe(http, target),
  // It knows plays, not files.
  sampleFile: () => Promise.resolve(ok(null)),
});

async function probe(http: Http, target: ConnectionTarget): Promise<Result<Identity, ProbeProblem>> {
  const told = await openTautulli(http, target).ask('get_tautulli_info', PATIENCE, info);
  if (!told.ok) return err(problemOf(told.error));
  const { tautulli_version: version } = told.value;
  const recent = checkVersion('tautulli', version);
  return recent.ok ? ok({ product: 'Tautulli', version, warnings: [] }) : recent;
}

/** It answers so, as JSON, where its API is switched off. */
const problemOf = (failure: CallFailure): ProbeProblem =>
  isOwnNotFound(failure) ? { code: 'probe.api-off' } : toProbeProblem(failure, 'tautulli');
