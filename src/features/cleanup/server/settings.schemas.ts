import { z } from 'zod';
import { MOST_LEAVING_SOON_DAYS } from '../core/validate-policy.ts';
import { windowSpan } from './schemas.ts';

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

/** A form has one text for all tags: `keep, kids`. */
export const settingsForm = z.object({
  ...fields,
  exclusionTags: z.preprocess((text) => (typeof text === 'string' ? text.split(',') : text), labels),
  leavingSoonDays: leavingSoon,
});

/** Called as in a policy. */
export const settingsChange = z.strictObject({ ...fields, exclusionTags: labels, leavingSoon }).partial();
