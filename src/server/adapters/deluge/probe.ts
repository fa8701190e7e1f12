import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget, Identity, ProbeProblem } from '#features/connections/core/connection.ts';
import { checkVersion } from '#features/connections/core/version.ts';
import type { Prober } from '#features/connections/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { toProbeProblem } from '../failures.ts';
import { toFile } from './mapping.ts';
import { files, torrents } from './schemas.ts';
import { openDeluge } from './session.ts';

export const createDelugeProber = (http: Http): Prober => ({
  probe: (target) => probe(http, target),
  sampleFile: (target) => sampleFile(http, target),
});

async function probe(http: Http, target: ConnectionTarget): Promise<Result<Identity, ProbeProblem>> {
  const { call } = openDeluge(http, target);
  // The daemon's own word needs the login and the connection to it, so it proves all of them; 1.3 calls it `daemon.info`.
  let told = await call('daemon.get_version', [], z.string(), 10_000);
  if (!told.ok && told.error.code === 'http.status' && told.error.status === 400)
    told = await call('daemon.info', [], z.string(), 10_000);
  if (!told.ok) return err(toProbeProblem(told.error, 'deluge'));
  const recent = checkVersion('deluge', told.value);
  return recent.ok ? ok({ product: 'Deluge', version: told.value, warnings: [] }) : recent;
}

async function sampleFile(
  http: Http,
  target: ConnectionTarget,
): Promise<Result<string | null, ProbeProblem>> {
  const { call } = openDeluge(http, target);
  const keys = ['name', 'save_path', 'total_size', 'ratio', 'is_finished', 'progress', 'state'];
  const rows = await call('core.get_torrents_status', [{}, keys], torrents);
  if (!rows.ok) return err(toProbeProblem(rows.error, 'deluge'));
  const hash = Object.keys(rows.value).find((one) => rows.value[one]?.is_finished === true);
  if (hash === undefined) return ok(null);
  const read = await call('core.get_torrents_status', [{ id: [hash] }, ['save_path', 'files']], files);
  if (!read.ok) return err(toProbeProblem(read.error, 'deluge'));
  const found = read.value[hash];
  const [first] = found?.files ?? [];
  return ok(found && first ? toFile(found.save_path, first).path : null);
}
