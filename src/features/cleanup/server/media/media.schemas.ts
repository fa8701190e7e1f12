import { z } from 'zod';
import type { ItemId } from '#core/ids.ts';

const MOST = 200;

const ids = z.preprocess(
  (given): unknown => (given === undefined ? [] : Array.isArray(given) ? given : [given]),
  z
    .array(
      z
        .string()
        .min(1)
        .max(100)
        .transform((id) => id as ItemId),
    )
    .max(MOST),
);
const back = z.string().max(4000).default('/media');
const until = z.preprocess((given) => (given === '' ? undefined : given), z.coerce.date().optional());

/** The list posts what is ticked; the button of one row posts `only`, and then nothing else counts. */
export const excludeForm = z
  .object({
    id: ids,
    only: z
      .string()
      .min(1)
      .max(100)
      .transform((id) => id as ItemId)
      .optional(),
    until,
    note: z.string().trim().max(500).default(''),
    back,
  })
  .transform(({ only, id, until: date, note, back: to }) =>
    only === undefined
      ? { ids: id, until: date ?? null, note: note === '' ? null : note, back: to }
      : { ids: [only], until: null, note: null, back: to },
  );

/** What is ticked is no longer kept by hand. */
export const includeForm = z.object({ id: ids, back });

/** The notice knows by what name the program remembers how everything was before. */
export const undoForm = z.object({ undo: z.string().min(1).max(100), back });

export const deleteForm = z.object({
  id: ids,
  addImportExclusion: z.preprocess((given) => given === 'on', z.boolean()),
  back,
});
