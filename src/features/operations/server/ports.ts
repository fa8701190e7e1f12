import type { LogEntry, LogFilter } from '../core/log-entry.ts';

export type LogFiles = {
  /** The newest entries that pass, newest first. Stops reading as soon as it has `most`. */
  newest(filter: LogFilter, most: number): Promise<LogEntry[]>;
  /** All that pass, oldest first, as the JSON lines of the files. */
  exportLines(filter: LogFilter): AsyncGenerator<string>;
};

export type ServiceHealth = { name: string; kind: string; state: string; why: string | null };

export type DiskSpace = { path: string; freeBytes: number | null; totalBytes: number | null };

/** What the health page asks of the running program. Each may fail; none may hang. */
export type Vitals = {
  database(): Promise<void>;
  queue(): Promise<{ waiting: number; active: number; failed: number }>;
  disk(): Promise<DiskSpace>;
  services(): Promise<ServiceHealth[]>;
};
