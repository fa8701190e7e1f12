import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { Identity, ProbeProblem, ServiceKind } from '#features/connections/core/connection.ts';
import { checkVersion } from '#features/connections/core/version.ts';
import { toProbeProblem } from '../failures.ts';
import { healthIssue } from './schemas.ts';
import type { Servarr } from './session.ts';

const PATIENCE = { timeoutMs: 10_000, retries: 0 };

/** The status needs the key, so it proves address, product, version and key in one call. */
export async function probeServarr(
  servarr: Servarr,
  kind: ServiceKind,
): Promise<Result<Identity, ProbeProblem>> {
  const status = await servarr.identify(PATIENCE);
  if (!status.ok) return err(toProbeProblem(status.error, kind));
  const { appName, version } = status.value;
  const recent = checkVersion(kind, version);
  if (!recent.ok) return recent;
  const health = await servarr.client.json({ ...PATIENCE, path: 'health' }, z.array(healthIssue));
  if (!health.ok) return err(toProbeProblem(health.error, kind));
  const warnings = health.value.flatMap(({ type, message }) => (type === 'error' ? [message ?? type] : []));
  return ok({ product: appName, version, warnings });
}
