import { z } from 'zod';
import type { Sha256 } from '#core/ids.ts';
import { key, model, modelFields, url } from '../model.schemas.ts';

/** Whatever is left out stays as it is. The key is never shown; null takes it away. */
export const speechModelChange = z
  .strictObject({ isOn: z.boolean(), url, model, key: key.nullable() })
  .partial();

export const speechModelForm = z
  .object(modelFields)
  .transform(({ withoutKey, key: given, ...rest }) => ({ ...rest, key: withoutKey ? null : given }));

export const listenForm = z.object({
  sha: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .transform((sha) => sha as Sha256),
});
