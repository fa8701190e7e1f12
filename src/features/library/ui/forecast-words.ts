import { m } from '#i18n/messages.js';
import { getLocale } from '#i18n/runtime.js';
import { formatBytes, formatDate, formatDays } from '#ui/format.ts';
import type { Forecast } from '../core/forecast.ts';

/** "Full on 3 March 2027 if nothing is removed". */
export function forecastText(forecast: Forecast, now: Date): string {
  switch (forecast.is) {
    case 'few-days': {
      const { days, neededDays } = forecast;
      return m.forecast_few_days({
        needed: formatDays(neededDays, getLocale()),
        days: formatDays(days, getLocale()),
      });
    }
    case 'space-unknown':
      return growthText(forecast.growth.bytesPerDay);
    case 'lasts':
      return forecast.growth.bytesPerDay > 0 ? m.forecast_lasts() : m.forecast_still();
    case 'fills':
      return forecast.fullAt <= now
        ? m.forecast_full_now()
        : m.forecast_fills({ date: day(forecast.fullAt) });
    default:
      return forecast satisfies never;
  }
}

/** What is uncertain about it, and what it is made of; null where there is nothing to add. */
export function forecastDetails(forecast: Forecast, now: Date): string | null {
  if (forecast.is === 'lasts' && forecast.growth.bytesPerDay > 0)
    return growthText(forecast.growth.bytesPerDay);
  if (forecast.is !== 'fills' || forecast.fullAt <= now) return null;
  const { earliest, latest, growth } = forecast;
  const grows = growthText(growth.bytesPerDay);
  // "Between the 16th and the 16th" says nothing that the day itself does not.
  const isOneDay = latest !== null && day(earliest) === day(latest);
  return isOneDay ? grows : `${rangeText(earliest, latest)} · ${grows}`;
}

const rangeText = (earliest: Date, latest: Date | null): string =>
  latest === null
    ? m.forecast_range_open({ from: day(earliest) })
    : m.forecast_range({ from: day(earliest), to: day(latest) });

const growthText = (bytesPerDay: number): string =>
  bytesPerDay > 0 ? m.forecast_growth({ size: formatBytes(bytesPerDay, getLocale()) }) : m.forecast_still();

const day = (date: Date): string => formatDate(date, getLocale());

const DAY_MS = 86_400_000;

/** Where the line of free space goes on to: until it is full, and no further than `days`. */
export function forecastLine(
  forecast: Forecast,
  { freeBytes, now, days }: { freeBytes: number | null; now: Date; days: number },
): { at: Date; value: number }[] {
  if (freeBytes === null || !('growth' in forecast) || forecast.is === 'space-unknown') return [];
  const { bytesPerDay } = forecast.growth;
  const untilFull = bytesPerDay > 0 ? freeBytes / bytesPerDay : Infinity;
  const reach = Math.min(days, untilFull);
  if (reach < 1) return [];
  const value = Math.max(0, freeBytes - Math.max(0, bytesPerDay) * reach);
  return [{ at: new Date(now.getTime() + reach * DAY_MS), value }];
}
