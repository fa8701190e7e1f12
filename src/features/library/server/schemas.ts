import { z } from 'zod';

export const syncRequestBody = z.strictObject({
  /** The admin says that an empty or much shorter answer is true. */
  acceptShrink: z.boolean().default(false),
});

export const syncPayload = z.object({ syncId: z.string().optional() });
