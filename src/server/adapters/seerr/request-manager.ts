import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { RequestManager, StepProblem } from '#features/cleanup/server/ports.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { ReadProblem } from '#features/library/core/source.ts';
import type { Http, HttpClient } from '#server/platform/http.ts';
import { isOwnNotFound, toStepProblem, type CallFailure } from '../failures.ts';
import { isCsrfRefusal } from './csrf.ts';
import { isFor, toTitleRequest, type Servers } from './mapping.ts';
import { server, type Request } from './schemas.ts';
import { clientFor, collectRequests } from './session.ts';

/** One run finds the requests of many titles; for so long the list that was read for the first one is good. */
const FRESH_MS = 60_000;
type Read = { requests: Request[]; servers: Servers; at: number };

/** What people see in its settings under Network; without naming it nobody finds the reason of a bare 403. */
const CSRF_REASON = 'CSRF protection is on';

export function createSeerrManager(
  http: Http,
  target: ConnectionTarget,
  now: () => Date = () => new Date(),
): RequestManager {
  const client = clientFor(http, target);
  let last: Read | undefined;

  async function current(): Promise<Result<Read, StepProblem>> {
    if (last && now().getTime() - last.at < FRESH_MS) return ok(last);
    const read = await readAll(client, now().getTime());
    last = read.ok ? read.value : undefined;
    return read;
  }

  return {
    async find(title) {
      const read = await current();
      if (!read.ok) return read;
      const { requests, servers } = read.value;
      return ok(
        requests
          .filter((request) => isFor(request, title))
          .map((request) => toTitleRequest(request, servers)),
      );
    },

    async remove(id) {
      const gone = await client.send({ method: 'DELETE', path: `request/${id}` });
      if (!gone.ok && !isOwnNotFound(gone.error)) return err(refused(gone.error));
      if (last) last.requests = last.requests.filter((request) => request.id !== id);
      return ok(undefined);
    },
  };
}

async function readAll(client: HttpClient, at: number): Promise<Result<Read, StepProblem>> {
  const [film, show] = await Promise.all([
    client.json({ path: 'settings/radarr' }, z.array(server)),
    client.json({ path: 'settings/sonarr' }, z.array(server)),
  ]);
  if (!film.ok) return err(toStepProblem(film.error));
  if (!show.ok) return err(toStepProblem(show.error));
  const requests = await collectRequests(client);
  if (!requests.ok) return err(notRead(requests.error));
  return ok({ requests: requests.value, servers: { film: film.value, show: show.value }, at });
}

function notRead(problem: ReadProblem): StepProblem {
  if (problem.code === 'read.refused')
    return { code: 'step.refused', status: problem.status, reason: 'requests' };
  return { code: 'step.unreachable', reason: 'reason' in problem ? problem.reason : problem.code };
}

const refused = (failure: CallFailure): StepProblem =>
  isCsrfRefusal(failure)
    ? { code: 'step.refused', status: 403, reason: CSRF_REASON }
    : toStepProblem(failure);
