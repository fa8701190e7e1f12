import { z } from 'zod';
import { key, model, modelFields, ticked, url } from '../model.schemas.ts';

/** A space at its end belongs to it. */
const prefix = z.string().max(500, 'too_long');

/** Whatever is left out stays as it is. The key is never shown; null takes it away. */
export const meaningModelChange = z
  .strictObject({
    isOn: z.boolean(),
    url,
    model,
    key: key.nullable(),
    queryPrefix: prefix.nullable(),
    passagePrefix: prefix.nullable(),
  })
  .partial();

const emptyIsByName = z
  .string()
  .max(500, 'too_long')
  .optional()
  .transform((value = '') => (value.trim() === '' ? null : value));

/** An empty prefix is the one that the name of the model says; the tick means that there is none. */
export const meaningModelForm = z
  .object({
    ...modelFields,
    queryPrefix: emptyIsByName,
    passagePrefix: emptyIsByName,
    withoutPrefixes: ticked,
  })
  .transform(({ withoutKey, key: given, withoutPrefixes, queryPrefix, passagePrefix, ...rest }) => ({
    ...rest,
    key: withoutKey ? null : given,
    queryPrefix: withoutPrefixes ? '' : queryPrefix,
    passagePrefix: withoutPrefixes ? '' : passagePrefix,
  }));
