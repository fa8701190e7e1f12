import { z } from 'zod';

/** Many numbers arrive as text, and what is missing as empty text. */
const amount = z
  .union([z.number(), z.string().transform((text) => (text.trim() === '' ? null : Number(text)))])
  .pipe(z.number().nullable())
  .nullish();
const text = z.union([z.string(), z.number().transform(String)]).nullish();

/** Everything comes in this; `result` is what proves that it is Tautulli's. */
export const answerOf = <T>(data: z.ZodType<T>) =>
  z.object({ response: z.object({ result: z.literal('success'), data }) });

export const info = z.object({ tautulli_version: z.string() });

export const historyRow = z.object({
  date: amount,
  started: amount,
  stopped: amount,
  /** `duration` before 2.10. */
  play_duration: amount,
  duration: amount,
  media_type: z.string().nullish(),
  rating_key: text,
  grandparent_rating_key: text,
  title: text,
  grandparent_title: text,
  year: amount,
  /** The number of the episode, and that of its season. */
  media_index: amount,
  parent_media_index: amount,
  guid: z.string().nullish(),
  user: text,
  friendly_name: text,
});
export type HistoryRow = z.infer<typeof historyRow>;

/** `data` is the text "null" when the database could not be asked. */
export const historyPage = z.object({ recordsFiltered: z.number().int(), data: z.array(historyRow) });

/** Empty for what Plex does not have any more. */
export const metadata = z.object({ guids: z.array(z.string()).nullish() });
