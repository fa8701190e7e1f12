import { z } from 'zod';

/* What the forms and the API of all models have in common. The messages are codes; the pages turn them into sentences. */

export const url = z.string().trim().max(500, 'too_long');
export const model = z.string().trim().max(200, 'too_long');
/** Goes into a header. */
export const key = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{1,500}$/, 'models.bad-key');

const emptyIsNone = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() === '' ? undefined : value;

export const ticked = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on');

/** An empty key keeps the saved one; the tick takes it away. */
export const modelFields = {
  isOn: ticked,
  url: z.preprocess((value) => value ?? '', url),
  model: z.preprocess((value) => value ?? '', model),
  key: z.preprocess(emptyIsNone, key.optional()),
  withoutKey: ticked,
};
