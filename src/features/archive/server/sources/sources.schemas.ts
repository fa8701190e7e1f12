import { z } from '@hono/zod-openapi';
import { readTimeOfDay, writeTimetable, everyDay } from '#features/cleanup/core/policy/timetable.ts';
import { isCron, isTimeZone } from '#server/platform/cron.ts';
import { PLAIN_PREFIX, SECRET_PREFIX } from '../../core/credential-field.ts';
import type { SourceSettings } from '../../core/source.ts';

const name = z.string().trim().min(1, 'required').max(60, 'too-long');
/** It travels in a header. */
const userAgent = z
  .string()
  .trim()
  .min(1, 'required')
  .max(300, 'too-long')
  .regex(/^[\x20-\x7e]+$/, 'sources.user-agent-characters');
const pauseMs = z.number().int().min(0).max(600_000);
/** More than four downloads at once look like an attack to the other side. */
const MOST_DOWNLOADS = 4;

const settings = z
  .strictObject({
    pacing: z.strictObject({
      minPauseMs: pauseMs,
      maxPauseMs: pauseMs,
      downloads: z.number().int().min(1).max(MOST_DOWNLOADS),
    }),
    userAgent,
    mostBytes: z.number().int().positive().nullable(),
  })
  .refine(({ pacing }) => pacing.minPauseMs <= pacing.maxPauseMs, {
    message: 'sources.pauses-crossed',
    path: ['pacing', 'maxPauseMs'],
  });

const cron = z.string().trim().refine(isCron, 'sources.cron-not-readable');
const timeZone = z.string().trim().refine(isTimeZone, 'sources.time-zone-unknown');
const credentials = z.record(z.string().max(60), z.string().max(20_000, 'too-long'));

/** At night, when a line is free, and not on the hour, when everybody else asks. */
const USUAL_CRON = '17 4 * * *';

export const newSourceSchema = z.strictObject({
  plugin: z.string().min(1, 'required').max(60),
  name: name.optional(),
  credentials,
  settings: settings.optional(),
  cron: cron.default(USUAL_CRON),
  timeZone: timeZone.default('UTC'),
});

/** Whatever is left out stays as it is. */
export const changedSourceSchema = z.strictObject({
  name: name.optional(),
  settings: settings.optional(),
  enabled: z.boolean().optional(),
  cron: cron.optional(),
  timeZone: timeZone.optional(),
});

export const signInSchema = z.strictObject({ credentials });
export const selectSchema = z.strictObject({ selected: z.array(z.string().min(1).max(100)).max(10_000) });

function credentialsIn(fields: Readonly<Record<string, unknown>>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [field, value] of Object.entries(fields)) {
    const prefix = [SECRET_PREFIX, PLAIN_PREFIX].find((one) => field.startsWith(one));
    if (prefix !== undefined && typeof value === 'string') found[field.slice(prefix.length)] = value;
  }
  return found;
}

export const signInForm = z.looseObject({}).transform((fields) => ({ credentials: credentialsIn(fields) }));

export const newSourceForm = z
  .looseObject({
    plugin: z.string().min(1),
    // An empty field is no name.
    name: z.literal('').or(name).optional(),
    timeZone: timeZone.catch('UTC'),
  })
  .transform(({ plugin, name: called, timeZone: zone, ...fields }) => ({
    plugin,
    ...(called ? { name: called } : {}),
    credentials: credentialsIn(fields),
    cron: USUAL_CRON,
    timeZone: zone,
  }));

const ticked = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on');
const number = (text: string): number => Number(text.trim().replace(',', '.'));
const seconds = z
  .string()
  .transform(number)
  .pipe(z.number().min(0).max(600))
  .transform((value) => Math.round(value * 1000));
/** In gigabytes, as people count them; empty is no limit. */
const size = z.string().transform((text, context): number | null => {
  if (text.trim() === '') return null;
  const value = number(text);
  if (Number.isFinite(value) && value > 0) return Math.round(value * 1_000_000_000);
  context.addIssue({ code: 'custom', message: 'sources.size-not-readable' });
  return z.NEVER;
});

/** Settings as the page posts them. A cron line that says more than a time of day is left as it is. */
export const sourceSettingsForm = z
  .object({
    name,
    enabled: ticked,
    minPause: seconds,
    maxPause: seconds,
    downloads: z.coerce.number().int().min(1).max(MOST_DOWNLOADS),
    userAgent,
    mostSize: size.default(null),
    time: z.string().optional(),
    cron: z.string().optional(),
    timeZone,
  })
  .transform((form, context) => {
    if (form.minPause > form.maxPause)
      context.addIssue({ code: 'custom', message: 'sources.pauses-crossed', path: ['maxPause'] });
    const at = form.time === undefined ? null : readTimeOfDay(form.time);
    const line = at ? writeTimetable({ ...at, weekdays: everyDay }) : (form.cron ?? '');
    if (!isCron(line))
      context.addIssue({
        code: 'custom',
        message: 'sources.cron-not-readable',
        path: [form.cron === undefined ? 'time' : 'cron'],
      });
    const changed: SourceSettings = {
      pacing: { minPauseMs: form.minPause, maxPauseMs: form.maxPause, downloads: form.downloads },
      userAgent: form.userAgent,
      mostBytes: form.mostSize,
    };
    return {
      name: form.name,
      enabled: form.enabled,
      settings: changed,
      cron: line,
      timeZone: form.timeZone,
    };
  });

/** Ticked boxes: none at all is an answer too. */
export const selectForm = z
  .object({
    creator: z.union([z.string(), z.array(z.string())]).optional(),
  })
  .transform(({ creator = [] }) => (typeof creator === 'string' ? [creator] : creator));
