import { join } from 'node:path';
import { Writable } from 'node:stream';
import pino from 'pino';
import openRollingFile from 'pino-roll';
import { redactEntry } from './redact.ts';

export type Log = pino.Logger;

export type LogSettings = {
  level: string;
  /** Where the rotating files go; null keeps the log on the console only (tests, tools). */
  folder: string | null;
  console: NodeJS.WritableStream | null;
};

/** Five files of 10 MB: enough to look back over weeks, small enough for a NAS. */
const FILE_SIZE = '10m';
const OLD_FILES = 4;

export const LOG_FILE = 'keepercheky';

/**
 * Every line goes through `redactEntry` before it reaches a console or a file, whoever wrote it, so a key that slipped into
 * an error message is not in the log. Console lines are for people; files hold JSON, one entry a line.
 */
export async function openLog(settings: LogSettings): Promise<{ log: Log; close: () => Promise<void> }> {
  const file = settings.folder
    ? await openRollingFile({
        file: join(settings.folder, LOG_FILE),
        size: FILE_SIZE,
        limit: { count: OLD_FILES, removeOtherLogFiles: true },
        mkdir: true,
      })
    : null;
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      const entry = redactEntry(JSON.parse(chunk.toString())) as Entry;
      settings.console?.write(forPeople(entry));
      if (file) file.write(`${JSON.stringify(entry)}\n`);
      done();
    },
  });
  const log = pino({ level: settings.level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, sink);
  const close = () =>
    new Promise<void>((resolve) => (file ? (file.once('close', resolve), file.end()) : resolve()));
  return { log, close };
}

type Entry = { level: number; time: string; msg?: string; err?: { stack?: string }; [more: string]: unknown };

/** `12:04:05 info  connections: Radarr is online  took=12` */
function forPeople({ level, time, msg, err, part, ...more }: Entry): string {
  const label = (pino.levels.labels[level] ?? 'info').padEnd(5);
  const where = typeof part === 'string' ? `${part}: ` : '';
  const rest = Object.entries(more).map(([name, value]) => `  ${name}=${asText(value)}`);
  const stack = err?.stack ? `\n${err.stack}` : '';
  return `${time.slice(11, 19)} ${label} ${where}${msg ?? ''}${rest.join('')}${stack}\n`;
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
