import { z } from 'zod';
import { logLevels } from '../core/log-entry.ts';

export const logQuery = z.object({
  level: z.enum(logLevels).default('info'),
  text: z.string().max(200).default(''),
  part: z.preprocess((value) => (value === '' ? undefined : value), z.string().max(50).optional()),
  most: z.coerce.number().int().min(1).max(2000).default(200),
});
