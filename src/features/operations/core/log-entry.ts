export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LogLevel = (typeof logLevels)[number];

export type LogEntry = {
  at: string;
  level: LogLevel;
  part: string | null;
  text: string;
  /** Everything else the line said, as JSON text; empty when nothing. */
  more: string;
};

export type LogFilter = { level: LogLevel; text: string; part: string | null };

/** The numbers are pino's. */
const levelOf = (number: unknown): LogLevel =>
  logLevels[Math.min(Math.max(Math.floor(Number(number) / 10) - 1, 0), logLevels.length - 1)] ?? 'info';

/** One line of a log file; null when it is not one (a line that was cut when the disk was full, say). */
export function parseLogLine(fields: Readonly<Record<string, unknown>>): LogEntry | null {
  const { level, time, msg, part, ...more } = fields;
  if (typeof time !== 'string') return null;
  return {
    at: time,
    level: levelOf(level),
    part: typeof part === 'string' ? part : null,
    text: typeof msg === 'string' ? msg : '',
    more: Object.keys(more).length > 0 ? JSON.stringify(more) : '',
  };
}

export function passes(entry: LogEntry, filter: LogFilter): boolean {
  if (logLevels.indexOf(entry.level) < logLevels.indexOf(filter.level)) return false;
  if (filter.part !== null && entry.part !== filter.part) return false;
  const needle = filter.text.toLowerCase();
  return `${entry.part ?? ''} ${entry.text} ${entry.more}`.toLowerCase().includes(needle);
}
