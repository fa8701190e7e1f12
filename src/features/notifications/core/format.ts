import type { Language } from './channel.ts';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** As on the pages: powers of a thousand, one decimal where it says something. */
export function bytesText(bytes: number, language: Language): string {
  const unit = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** unit;
  const digits = unit >= 3 && value < 99.95 ? 1 : 0;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
  return `${number} ${UNITS[unit] ?? 'B'}`;
}

export const countText = (count: number, language: Language): string =>
  new Intl.NumberFormat(language).format(count);

/** The day as people say it, in the time zone of the process. */
export const dayText = (day: Date, language: Language): string =>
  new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric' }).format(day);
