/**
 * A worker of the archive: `node archive.child.js <command as JSON>`. It says `ready`, and is killed from outside, or
 * kills itself before its nth statement.
 */
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Plugin, Source } from '#features/archive/server/ports.ts';
import { createHttp } from '#server/platform/http.ts';
import { createHttpStreams } from '#server/platform/http-stream.ts';
import { createPrograms } from '#server/platform/program.ts';
import { openQueue } from '#server/platform/queue.ts';
import { openDb, type Connection } from '../../src/server/platform/db.ts';
import { createPatreon } from '../../src/server/sources/patreon/plugin.ts';
import { composeArchive } from '../archive/composition.ts';

export type Command = {
  databaseUrl: string;
  folder: string;
  site: string;
  files: string;
  /** 0 is never. */
  dieAt: number;
  /** With the first half of a creator's picture in its hands. */
  diesInPicture: boolean;
  /** The night has come, and with it everything that looks for what was left behind. */
  isNight: boolean;
};

const command = JSON.parse(process.argv[2] ?? '') as Command;
const opened = await openDb({ databaseUrl: command.databaseUrl }, { maxConnections: 6 });
if (!opened.ok) throw new Error(opened.error.code);
const database = opened.value;

let statements = 0;
function count(connection: Connection): void {
  const query = connection.query.bind(connection) as (...args: unknown[]) => unknown;
  connection.query = ((...args: unknown[]) => {
    statements += 1;
    if (statements === command.dieAt) process.kill(process.pid, 'SIGKILL');
    return query(...args);
  }) as typeof connection.query;
}

async function* half(): AsyncGenerator<Buffer> {
  yield Buffer.from('GIF89a, and then nothing');
  await pause(50); // until it lies there
  process.kill(process.pid, 'SIGKILL');
}

const diesHalfway: Source['picture'] = async () => ({
  ok: true,
  value: {
    body: Readable.from(half()),
    fromByte: 0,
    sizeBytes: null,
    validator: null,
    mimeType: null,
    fileName: null,
  },
});

const now = () => new Date();
const patreon = createPatreon({
  http: createHttp({}),
  streams: createHttpStreams(),
  programs: createPrograms({ ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' }),
  clock: { now },
  addresses: { site: command.site, files: [command.files] },
});
const plugin: Plugin = {
  ...patreon,
  open: (session) => ({
    ...patreon.open(session),
    ...(command.diesInPicture ? { picture: diesHalfway } : {}),
  }),
};
const queue = await openQueue(database, { superviseSeconds: 1 });
const { archive, media, derivatives, jobs } = composeArchive({
  db: database.db,
  queue,
  folder: command.folder,
  plugin,
  now,
});
database.pool.on('connect', count);
await queue.serve(jobs);
await archive.begin();
for (const { id } of await archive.sources.list()) await archive.sources.sync(id, 'Ana');
if (command.isNight) {
  await queue.add(media.jobs.upkeep, {});
  await queue.add(derivatives.sweep, {});
}
process.stdout.write('ready\n');
