import { z } from 'zod';
import { parseTimeSpan } from '#core/time-span.ts';

function readTimeSpan(text: string, context: z.RefinementCtx): number {
  const days = parseTimeSpan(text);
  if (days.ok) return days.value;
  context.addIssue({ code: 'custom', message: days.error.code });
  return z.NEVER;
}

const NO_DAYS = /^\s*0\s*[dwmy]\s*$/i;

/** `90d`, `12w`, `6m`, `1y` as days. The message is the code of what is wrong; pages have words for it. */
export const timeSpan = z.string().transform(readTimeSpan);

/** As a time span, and `0d` for none at all. */
export const windowSpan = z
  .string()
  .transform((text, context) => (NO_DAYS.test(text) ? 0 : readTimeSpan(text, context)));
