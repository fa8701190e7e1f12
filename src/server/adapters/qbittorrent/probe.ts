import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget, Identity, ProbeProblem } from '#features/connections/core/connection.ts';
import { checkVersion } from '#features/connections/core/version.ts';
import type { Prober } from '#features/connections/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { statusFailure } from '#server/platform/http-exchange.ts';
import { toProbeProblem, type CallFailure } from '../failures.ts';
import { openQbittorrent } from './session.ts';
import { filesOf, readTorrents } from './torrent-client.ts';

const PATIENCE = { timeoutMs: 10_000, retries: 0 };

export const createQbittorrentProber = (http: Http): Prober => ({
  probe: (target) => probe(http, target),
  sampleFile: (target) => sampleFile(http, target),
});

async function probe(http: Http, target: ConnectionTarget): Promise<Result<Identity, ProbeProblem>> {
  const session = openQbittorrent(http, target);
  const answer = await session.call({ ...PATIENCE, path: 'app/version' });
  if (!answer.ok) return err(problemOf(answer.error));
  const { status, text } = answer.value;
  if (status !== 200) return err(problemOf(statusFailure(answer.value, session.secrets)));
  const version = /^v?(\d[\w.]*)$/.exec(text.trim())?.[1];
  if (version === undefined) return err({ code: 'probe.bad-answer', what: 'version' });
  const recent = checkVersion('qbittorrent', version);
  return recent.ok ? ok({ product: 'qBittorrent', version, warnings: [] }) : recent;
}

/** At the login 403 means that it has locked out our address after too many wrong passwords, for an hour as a rule. */
const problemOf = (failure: CallFailure): ProbeProblem =>
  failure.code === 'http.status' && failure.status === 403
    ? { code: 'probe.locked-out' }
    : toProbeProblem(failure, 'qbittorrent');

async function sampleFile(
  http: Http,
  target: ConnectionTarget,
): Promise<Result<string | null, ProbeProblem>> {
  const session = openQbittorrent(http, target);
  const rows = await readTorrents(session);
  if (!rows.ok) return err(problemOf(rows.error));
  const done = rows.value.find((row) => row.progress >= 1);
  if (done === undefined) return ok(null);
  const files = await filesOf(session, done);
  if (!files.ok) return err(problemOf(files.error));
  return ok(files.value?.[0]?.path ?? null);
}
