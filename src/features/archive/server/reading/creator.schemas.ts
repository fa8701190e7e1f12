import { z } from 'zod';
import { reasonCodes } from '../../core/ledger.ts';

/** "Try these again" on the page of a creator: all that is missing, or what is missing for one reason. */
export const againForm = z.object({ reason: z.enum(reasonCodes).optional() });
