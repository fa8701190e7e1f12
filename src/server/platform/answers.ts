import { z } from '@hono/zod-openapi';

/** Every list that the API answers: `items`, and beside them `total` or `next` where there are pages. */
export const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

/** A list by page numbers: `total` counts the items of all pages. */
export const pageOf = <T extends z.ZodType>(item: T) => listOf(item).extend({ total: z.number().int() });

/** A list that goes on while `next` is not null; it is sent as `after` to get what follows. */
export const chainOf = <T extends z.ZodType>(item: T) => listOf(item).extend({ next: z.string().nullable() });
