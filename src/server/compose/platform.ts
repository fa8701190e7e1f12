import { randomUUID } from 'node:crypto';
import type { Config } from '../platform/config.ts';
import { openDatabase } from '../platform/database.ts';
import { createEvents } from '../platform/events.ts';
import { createGuardedFetch } from '../platform/guarded-fetch.ts';
import { createHttp } from '../platform/http.ts';
import type { Log } from '../platform/log.ts';
import { createPrograms } from '../platform/program.ts';
import { openQueue } from '../platform/queue.ts';
import { createSecrets, loadSecretKey } from '../platform/secrets.ts';

export type Start = { config: Config; log: Log; version: string; migrations: string };

export type Platform = Awaited<ReturnType<typeof openPlatform>>;

/** What every feature stands on: opened first, closed last. */
export async function openPlatform({ config, log, version, migrations }: Start) {
  const clock = { now: () => new Date() };
  const startedAt = clock.now();
  const secretKey = await loadSecretKey({ secret: config.KEEPERCHEKY_SECRET, dataDir: config.DATA_DIR });
  const database = await openDatabase(config, migrations, log);
  const { db, pool, lost, close } = database;
  const events = createEvents();
  const queue = await openQueue(database, {
    log: (line) => log.warn({ part: 'queue' }, line),
    changed: () => events.publish('jobs'),
  });
  return {
    config,
    version,
    startedAt,
    clock,
    newId: () => randomUUID(),
    db,
    pool,
    events,
    queue,
    /** Those whose jobs run in this process. */
    servedQueues: config.PROCESS_MODE === 'web' ? [] : config.QUEUES,
    http: createHttp({ userAgent: `KeeperCheky/${version}`, fetch: createGuardedFetch() }),
    programs: createPrograms({
      ffmpeg: config.FFMPEG_PATH,
      ffprobe: config.FFPROBE_PATH,
      pdftoppm: config.PDFTOPPM_PATH,
      pdfimages: config.PDFIMAGES_PATH,
      tesseract: config.TESSERACT_PATH,
    }),
    secretKey,
    /** Seals what belongs to one purpose; nothing else opens it. */
    secretsFor: (purpose: string) => createSecrets(secretKey, purpose),
    log,
    /** The log of one part of the program, as features know it. */
    logOf: (part: string) => ({
      info: (what: string, facts: object) => log.info({ part, ...facts }, what),
      warn: (what: string, facts: object) => log.warn({ part, ...facts }, what),
    }),
    lost,
    close,
  };
}
