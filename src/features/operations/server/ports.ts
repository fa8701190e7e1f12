import type { LogEntry, LogFilter } from '../core/log-entry.ts';

export type LogFiles = {
  /** The newest entries that pass, newest first. Stops reading as soon as it has `most`. */
  newest(filter: LogFilter, most: number): Promise<LogEntry[]>;
  /** All that pass, oldest first, as the JSON lines of the files. */
  exportLines(filter: LogFilter): AsyncGenerator<string>;
};

export type ServiceHealth = { name: string; kind: string; state: string; why: string | null };

export type DiskSpace = { path: string; freeBytes: number | null; totalBytes: number | null };

/** `low`: too little room for downloads. `missing`: the folder is not there, and `why`. */
export type MediaVital = {
  state: 'ready' | 'low' | 'missing';
  why: string | null;
  path: string;
  freeBytes: number | null;
  totalBytes: number | null;
  /** Files whose bytes were found to be others, or gone. */
  damaged: number;
  /** Downloads that wait, for room or anything else. */
  waiting: number;
};

/** What is made out of media files, and which programs for it are not here. */
export type EnrichmentVital = { failed: number; waiting: number; missing: readonly string[] };

/** What the health page asks of the running program. Each may fail; none may hang. */
export type Vitals = {
  database(): Promise<void>;
  queue(): Promise<{ waiting: number; active: number; failed: number }>;
  disk(): Promise<DiskSpace>;
  media(): Promise<MediaVital>;
  enrichment(): Promise<EnrichmentVital>;
  services(): Promise<ServiceHealth[]>;
};
