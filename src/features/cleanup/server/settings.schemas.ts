import { z } from 'zod';
import { windowSpan } from './schemas.ts';

/** `keep, kids` in a form, a list in the API. Radarr and Sonarr keep labels in lower case (J-28 FIX). */
const labels = z
  .preprocess(
    (value) => (typeof value === 'string' ? value.split(',') : value),
    z.array(z.string().trim().max(60)).max(50),
  )
  .transform((list) => [
    ...new Set(list.map((label) => label.toLowerCase()).filter((label) => label !== '')),
  ]);

const name = z.string().trim().min(1).max(80);

const fields = {
  exclusionTags: labels,
  filmCollection: name,
  showCollection: name,
  posterLanguage: z.enum(['en', 'es']),
};

export const settingsForm = z.object({ ...fields, leavingSoonDays: windowSpan });
/** Called as in a policy. */
export const settingsChange = z.strictObject({ ...fields, leavingSoon: windowSpan }).partial();
