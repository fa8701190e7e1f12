import type { Result } from '#core/result.ts';
import type { Health, Identity, ProbeProblem } from './connection.ts';

/** With several warnings the first one is told; the page of the service itself has the rest. */
function stateOf(probe: Result<Identity, ProbeProblem>, since: Date): Health {
  if (!probe.ok) return { state: 'offline', since, why: probe.error };
  const { product, version, warnings } = probe.value;
  const why = warnings[0];
  return why === undefined
    ? { state: 'online', since, product, version }
    : { state: 'degraded', since, product, version, why };
}

/** `since` tells when the state began: another reason for the same state does not begin it anew. */
export function nextHealth(previous: Health, probe: Result<Identity, ProbeProblem>, now: Date): Health {
  const next = stateOf(probe, now);
  const isSame = previous.state !== 'untested' && previous.state === next.state;
  return isSame ? stateOf(probe, previous.since) : next;
}
