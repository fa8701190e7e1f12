import { z } from 'zod';

/** For the form and the API alike; a form sends `on`. */
export const syncRequestSchema = z.object({
  /** The admin says that an empty or much shorter answer is true. */
  acceptShrink: z.union([z.boolean(), z.literal('on').transform(() => true)]).default(false),
});

export const syncPayload = z.object({ syncId: z.string().optional() });
