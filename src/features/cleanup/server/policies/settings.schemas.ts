import { z } from 'zod';
import { keepWays } from '../../core/keeping/keep-requests.ts';
import { showsLinks, surfaces, type Surface } from '../../core/policy/settings.ts';
import { MOST_LEAVING_SOON_DAYS } from '../../core/policy/validate-policy.ts';
import { MOST_WEIGHT } from '../../core/judging/value.ts';
import { windowSpan } from './spans.schemas.ts';

/** Radarr and Sonarr keep labels in lower case (J-28 FIX). */
const labels = z
  .array(z.string().trim().max(60))
  .max(50)
  .transform((list) => [
    ...new Set(list.map((label) => label.toLowerCase()).filter((label) => label !== '')),
  ]);

/** As a policy may have it: more than a year would be refused there. */
const leavingSoon = windowSpan.refine(
  (days) => days <= MOST_LEAVING_SOON_DAYS,
  'policy.leaving-soon-out-of-range',
);

const name = z.string().trim().min(1).max(80);

const fields = {
  filmCollection: name,
  showCollection: name,
  posterLanguage: z.enum(['en', 'es']),
};

const leavingSoonFields = {
  filmSurface: z.enum(surfaces),
  showSurface: z.enum(surfaces),
  filmLibrary: name,
  showLibrary: name,
};

/** Whether it may be touched is asked of the disk, each time; here only what no folder could be called. */
const folder = z
  .string()
  .trim()
  .max(1000)
  .refine((path) => path.startsWith('/') && !/(^|\/)\.{1,2}(\/|$)/.test(path), 'links.not-absolute')
  .transform((path) => (path.length > 1 ? path.replace(/\/+$/, '') : path));

type Places = {
  filmSurface?: Surface | undefined;
  showSurface?: Surface | undefined;
  linkFolder?: string | null | undefined;
};

/** Links without a folder would be none. */
const hasFolderForLinks = ({ filmSurface, showSurface, linkFolder }: Places): boolean =>
  linkFolder !== null || ![filmSurface, showSurface].some((one) => one !== undefined && showsLinks(one));
const needsFolder = { path: ['linkFolder'], error: 'links.no-folder' };

const weight = z.number().min(0).max(MOST_WEIGHT);

/** How much each part of the value order counts (G13). */
export const weights = z.strictObject({ size: weight, unwatched: weight, rating: weight, rarity: weight });

const outOfRange = 'settings.weight-out-of-range';
/** People write `1,5` where the comma is the point. */
const typedWeight = z.preprocess(
  (text) => (typeof text === 'string' && text.trim() !== '' ? Number(text.replace(',', '.')) : undefined),
  z.number({ error: outOfRange }).min(0, outOfRange).max(MOST_WEIGHT, outOfRange),
);

export const weightsForm = z
  .object({ size: typedWeight, unwatched: typedWeight, rating: typedWeight, rarity: typedWeight })
  .transform((valueWeights) => ({ valueWeights }));

/** A form has one text for all tags: `keep, kids`. */
export const settingsForm = z.object({
  ...fields,
  exclusionTags: z.preprocess((text) => (typeof text === 'string' ? text.split(',') : text), labels),
  leavingSoonDays: leavingSoon,
});

/** Where people see what leaves. */
export const leavingSoonForm = z
  .object({
    ...leavingSoonFields,
    linkFolder: z.preprocess((text) => (text === '' || text === undefined ? null : text), folder.nullable()),
  })
  .refine(hasFolderForLinks, needsFolder);

/** What people may do who are no admins. */
export const keepForm = z.object({
  keepBy: z.enum(keepWays),
  keepMost: z.coerce.number().int().min(1).max(1000),
});

/** Called as in a policy. */
export const settingsChange = z
  .strictObject({
    ...fields,
    ...leavingSoonFields,
    exclusionTags: labels,
    leavingSoon,
    linkFolder: folder.nullable(),
    keepBy: z.enum(keepWays),
    keepMost: z.number().int().min(1).max(1000),
    valueWeights: weights,
  })
  .partial()
  .refine(hasFolderForLinks, needsFolder);
