import { z } from 'zod';

const HAS_ZONE = /(z|[+-]\d\d:?\d\d)$/i;
/** .NET writes a date that was never set as the first of January of the year 1. */
const FIRST_BELIEVABLE_YEAR = 1900;

/**
 * A moment as another program wrote it. Without a zone it is UTC, as the services mean it, never this machine's time
 * (J-39). An unset date is null, because as a date it would be the oldest of all.
 */
export const instant = z.string().transform((text, context): Date | null => {
  const at = new Date(HAS_ZONE.test(text) || !text.includes('T') ? text : `${text}Z`);
  if (Number.isNaN(at.getTime())) {
    context.addIssue({ code: 'custom', message: 'not a date' });
    return z.NEVER;
  }
  return at.getUTCFullYear() < FIRST_BELIEVABLE_YEAR ? null : at;
});
