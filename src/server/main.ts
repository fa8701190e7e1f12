import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { createAccountsService, createAccountStore, createAuth, accountsApi } from '#features/accounts/server/index.ts';
import {
  createHealthService,
  createLogFiles,
  createMetricsService,
  edgeApi,
  operationsApi,
} from '#features/operations/server/index.ts';
import { createApi } from './api.ts';
import type { Config } from './platform/config.ts';
import { openDatabase } from './platform/database.ts';
import { createEvents } from './platform/events.ts';
import type { Log } from './platform/log.ts';
import { loadSecretKey } from './platform/secrets.ts';

export type App = Awaited<ReturnType<typeof startApp>>;

export type Start = { config: Config; log: Log; version: string; migrations: string };

/** The one place where parts meet. Read it top to bottom to learn the whole program. */
export async function startApp({ config, log, version, migrations }: Start) {
  const clock = { now: () => new Date() };
  const startedAt = clock.now();
  const secretKey = await loadSecretKey({ secret: config.KEEPERCHEKY_SECRET, dataDir: config.DATA_DIR });
  const { db, pool, close, lost } = await openDatabase(config, migrations, log);
  const events = createEvents();

  const auth = createAuth(db, {
    secret: secretKey.toString('base64url'),
    log: (level, message) => log[level]({ part: 'accounts' }, message),
  });
  const accounts = createAccountsService({ auth, store: createAccountStore(db), clock });

  const logs = createLogFiles(join(config.DATA_DIR, 'logs'));
  const health = createHealthService({
    version,
    startedAt,
    clock,
    vitals: {
      database: async () => void (await pool.query('select 1')),
      queue: async () => ({ waiting: 0, active: 0, failed: 0 }),
      disk: async () => {
        const { bavail, bsize, blocks } = await statfs(config.DATA_DIR);
        return { path: config.DATA_DIR, freeBytes: bavail * bsize, totalBytes: blocks * bsize };
      },
      services: async () => [],
    },
  });
  const metrics = createMetricsService({ health: health.report, library: async () => [], disks: async () => [] });

  const api = createApi({
    whoIs: accounts.whoIs,
    version,
    log,
    edge: edgeApi({ health: health.report, metrics, whoIs: accounts.whoIs }),
    parts: [accountsApi(accounts), operationsApi({ logs, events })],
  });

  return {
    accounts,
    events,
    health,
    log,
    logs,
    version,
    lost,
    fetch: (request: Request) => api.fetch(request),
    openApi: () => api.request('/api/v1/openapi.json'),
    stop: close,
  };
}
