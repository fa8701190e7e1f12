import { z } from 'zod';
import type { ItemId } from '#core/ids.ts';

const MOST_LETTERS = 500;
const back = z.string().max(4000).default('/leaving');
const word = z
  .string()
  .trim()
  .max(MOST_LETTERS)
  .transform((text) => (text === '' ? null : text));

export const keepRequestParam = z.object({ id: z.string().min(1).max(100) });

/** Without a day: as the person asked. Null: for ever. */
export const acceptBody = z.strictObject({
  until: z.iso.datetime({ offset: true }).nullable().optional(),
  word: word.nullable().optional(),
});
export const refuseBody = z.strictObject({ word: word.nullable().optional() });

/** What the page of what leaves soon sends. */
export const askForm = z.object({
  itemId: z
    .string()
    .min(1)
    .max(100)
    .transform((id) => id as ItemId),
  back,
});
export const withdrawForm = z.object({ id: z.string().min(1).max(100), back });

/** An empty day is the one that was asked for: "for ever" is a choice of its own. */
export const answerForm = z.object({
  id: z.string().min(1).max(100),
  until: z.preprocess(
    (given) => (given === '' || given === undefined ? 'as-asked' : given),
    z.union([z.literal('as-asked'), z.coerce.date()]),
  ),
  word: word.default(null),
  back,
});
