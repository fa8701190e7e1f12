import { z } from '@hono/zod-openapi';
import type { Forecast } from '../core/forecast.ts';

const moment = z.iso.datetime();
const amount = z.number().int();

const growthSchema = z
  .object({ bytesPerDay: z.number(), low: z.number(), high: z.number() })
  .openapi({ description: 'What comes in a day, and the half of all days around it' });

/** `few-days`: there are too few readings. `lasts`: not full within `days`. */
export const forecastSchema = z
  .discriminatedUnion('is', [
    z.object({ is: z.literal('few-days'), days: amount, neededDays: amount }),
    z.object({ is: z.literal('space-unknown'), growth: growthSchema }),
    z.object({ is: z.literal('lasts'), growth: growthSchema, days: amount }),
    z.object({
      is: z.literal('fills'),
      growth: growthSchema,
      fullAt: moment,
      earliest: moment,
      /** Null: at the slow end of the range it is not full within a year. */
      latest: moment.nullable(),
    }),
  ])
  .openapi('DiskForecast');

/** Null for a disk that came a moment ago. */
export function forecastAnswer(forecast: Forecast | undefined): z.input<typeof forecastSchema> | null {
  if (forecast?.is !== 'fills') return forecast ?? null;
  const { fullAt, earliest, latest } = forecast;
  return {
    ...forecast,
    fullAt: fullAt.toISOString(),
    earliest: earliest.toISOString(),
    latest: latest?.toISOString() ?? null,
  };
}
