import { err, ok, type Result } from '#core/result.ts';
import type { AvailabilitySync, StepProblem } from '#features/cleanup/server/ports.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Http } from '#server/platform/http.ts';
import { toStepProblem } from '../failures.ts';
import { isCsrfRefusal } from './csrf.ts';
import { clientFor } from './session.ts';

/**
 * Starts the job that finds out what is no longer there. Until it ran, a season or film that is gone stands there as
 * available, and nobody can ask for it again; by itself it runs once a day (service-apis, Seerr).
 */
export const createSeerrAvailability =
  (http: Http, target: ConnectionTarget): AvailabilitySync =>
  async (): Promise<Result<void, StepProblem>> => {
    const path = 'settings/jobs/availability-sync/run';
    const begun = await clientFor(http, target).send({ method: 'POST', path });
    if (begun.ok) return ok(undefined);
    return isCsrfRefusal(begun.error)
      ? err({ code: 'step.refused', status: 403, reason: 'CSRF protection is on' })
      : err(toStepProblem(begun.error));
  };
