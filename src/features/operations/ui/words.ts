import { m } from '#i18n/messages.js';
import type { LogLevel } from '../core/log-entry.ts';

export const levelNames: Readonly<Record<LogLevel, () => string>> = {
  trace: m.logs_level_trace,
  debug: m.logs_level_debug,
  info: m.logs_level_info,
  warn: m.logs_level_warn,
  error: m.logs_level_error,
  fatal: m.logs_level_fatal,
};
