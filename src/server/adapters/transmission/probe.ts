import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget, Identity, ProbeProblem } from '#features/connections/core/connection.ts';
import { checkVersion } from '#features/connections/core/version.ts';
import type { Prober } from '#features/connections/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { toProbeProblem } from '../failures.ts';
import { session as sessionSchema } from './schemas.ts';
import { openTransmission } from './session.ts';
import { readFiles, readTorrents } from './torrent-client.ts';

export const createTransmissionProber = (http: Http): Prober => ({
  probe: (target) => probe(http, target),
  sampleFile: (target) => sampleFile(http, target),
});

async function probe(http: Http, target: ConnectionTarget): Promise<Result<Identity, ProbeProblem>> {
  const { call } = openTransmission(http, target);
  // Every field, because versions before 2.9 refuse a list of them.
  const about = await call({ method: 'session-get', timeoutMs: 10_000 }, sessionSchema);
  if (!about.ok) return err(toProbeProblem(about.error, 'transmission'));
  const version = about.value.version.split(' ', 1)[0] ?? about.value.version;
  const recent = checkVersion('transmission', version);
  return recent.ok ? ok({ product: 'Transmission', version, warnings: [] }) : recent;
}

async function sampleFile(
  http: Http,
  target: ConnectionTarget,
): Promise<Result<string | null, ProbeProblem>> {
  const session = openTransmission(http, target);
  const rows = await readTorrents(session);
  if (!rows.ok) return err(toProbeProblem(rows.error, 'transmission'));
  const done = rows.value.find((row) => row.percentDone >= 1);
  if (done === undefined) return ok(null);
  const files = await readFiles(session, [done.hashString]);
  if (!files.ok) return err(toProbeProblem(files.error, 'transmission'));
  return ok(files.value.get(done.hashString.toLowerCase())?.[0]?.path ?? null);
}
