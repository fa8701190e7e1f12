import { z } from '@hono/zod-openapi';
import { itemKinds } from '#features/library/core/item.ts';
import type { SimulatedPolicy } from './simulation.service.ts';

const moment = z.iso.datetime();
const amount = z.number().int();
const sum = { items: amount, bytes: z.number() };

export const simulationSchema = z
  .object({
    policyId: z.string(),
    policyName: z.string(),
    from: moment,
    until: moment,
    runs: amount,
    /** It runs more than once a day, and only the first run of each day was looked at. */
    isThinned: z.boolean(),
    /** Runs that the breaker would stop, and the codes of what the first of them trips over. */
    stopped: z.object({ runs: amount, trips: z.array(z.string()) }),
    totals: z.object(sum),
    weeks: z.array(z.object({ from: moment, ...sum })),
    disks: z.array(
      z.object({
        diskId: z.string(),
        path: z.string(),
        totalBytes: z.number(),
        /** Null: not known yet, so it is taken as if nothing came in. */
        bytesPerDay: z.number().nullable(),
        /** Free bytes at the end of each day; the first is now. */
        days: z.array(z.object({ at: moment, withPolicy: z.number(), without: z.number() })),
      }),
    ),
    /** The titles that go first. */
    first: z.array(
      z.object({
        at: moment,
        itemId: z.string(),
        kind: z.enum(itemKinds),
        title: z.string(),
        year: amount.nullable(),
        seasonNumber: amount.nullable(),
        sizeBytes: amount.nullable(),
      }),
    ),
  })
  .openapi('Simulation');

const at = (date: Date): string => date.toISOString();

export const simulationAnswer = ({
  policy,
  isThinned,
  simulation: { from, until, runs, stopped, totals, weeks, disks, first },
}: SimulatedPolicy): z.input<typeof simulationSchema> => ({
  policyId: policy.id,
  policyName: policy.name,
  from: at(from),
  until: at(until),
  runs,
  isThinned,
  stopped: { runs: stopped.runs, trips: stopped.trips.map(({ code }) => code) },
  totals,
  weeks: weeks.map((week) => ({ ...week, from: at(week.from) })),
  disks: disks.map((disk) => ({ ...disk, days: disk.days.map((day) => ({ ...day, at: at(day.at) })) })),
  first: first.map(({ itemId, kind, title, year, seasonNumber, sizeBytes, at: when }) => ({
    at: at(when),
    itemId,
    kind,
    title,
    year,
    seasonNumber,
    sizeBytes,
  })),
});
