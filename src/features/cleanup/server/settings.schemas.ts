import { z } from 'zod';
import { parseTimeSpan } from '#core/time-span.ts';

/** `keep, kids` in a form, a list in the API. Radarr and Sonarr keep labels in lower case (J-28 FIX). */
const labels = z
  .preprocess(
    (value) => (typeof value === 'string' ? value.split(',') : value),
    z.array(z.string().trim().max(60)).max(50),
  )
  .transform((list) => [
    ...new Set(list.map((label) => label.toLowerCase()).filter((label) => label !== '')),
  ]);

const days = z.string().transform((text, context) => {
  const span = parseTimeSpan(text);
  if (span.ok) return span.value;
  context.addIssue({ code: 'custom', message: span.error.code });
  return z.NEVER;
});

const name = z.string().trim().min(1).max(80);

const fields = {
  exclusionTags: labels,
  leavingSoonDays: days,
  filmCollection: name,
  showCollection: name,
  posterLanguage: z.enum(['en', 'es']),
};

export const settingsForm = z.object(fields);
export const settingsChange = z.strictObject(fields).partial();
