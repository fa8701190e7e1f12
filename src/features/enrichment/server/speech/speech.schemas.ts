import { z } from 'zod';

/* The messages are codes; the pages turn them into sentences. */

const url = z.string().trim().max(500, 'too_long');
const model = z.string().trim().max(200, 'too_long');
/** Goes into a header. */
const key = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{1,500}$/, 'models.bad-key');

/** Whatever is left out stays as it is. The key is never shown; null takes it away. */
export const speechModelChange = z
  .strictObject({ isOn: z.boolean(), url, model, key: key.nullable() })
  .partial();

const emptyIsNone = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() === '' ? undefined : value;
const ticked = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on');

/** An empty key keeps the saved one; the tick takes it away. */
export const speechModelForm = z
  .object({
    isOn: ticked,
    url: z.preprocess((value) => value ?? '', url),
    model: z.preprocess((value) => value ?? '', model),
    key: z.preprocess(emptyIsNone, key.optional()),
    withoutKey: ticked,
  })
  .transform(({ withoutKey, key: given, ...rest }) => ({ ...rest, key: withoutKey ? null : given }));
