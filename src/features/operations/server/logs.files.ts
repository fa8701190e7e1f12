import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseLogLine, passes, type LogEntry } from '../core/log-entry.ts';
import type { LogFiles } from './ports.ts';

/** `keepercheky.3.log` is newer than `keepercheky.2.log`. */
async function filesOldestFirst(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const files = await Promise.all(
    names
      .filter((name) => name.endsWith('.log'))
      .map(async (name) => ({ path: join(folder, name), changed: (await stat(join(folder, name))).mtimeMs })),
  );
  return files.sort((a, b) => a.changed - b.changed).map((file) => file.path);
}

function entryOf(line: string): LogEntry | null {
  try {
    const fields: unknown = JSON.parse(line);
    return typeof fields === 'object' && fields !== null
      ? parseLogLine(fields as Record<string, unknown>)
      : null;
  } catch {
    return null; // the last line may be half written
  }
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const file = await open(path);
  try {
    yield* file.readLines();
  } finally {
    await file.close();
  }
}

export function createLogFiles(folder: string): LogFiles {
  return {
    async newest(filter, most) {
      const found: LogEntry[] = [];
      for (const path of (await filesOldestFirst(folder)).reverse()) {
        const ofThisFile: LogEntry[] = [];
        for await (const line of linesOf(path)) {
          const entry = entryOf(line);
          if (!entry || !passes(entry, filter)) continue;
          ofThisFile.push(entry);
          if (ofThisFile.length > most) ofThisFile.shift();
        }
        found.push(...ofThisFile.reverse());
        if (found.length >= most) break;
      }
      return found.slice(0, most);
    },

    async *exportLines(filter) {
      for (const path of await filesOldestFirst(folder)) {
        for await (const line of linesOf(path)) {
          const entry = entryOf(line);
          if (entry && passes(entry, filter)) yield `${line}\n`;
        }
      }
    },
  };
}
