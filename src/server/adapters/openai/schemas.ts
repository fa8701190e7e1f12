import { z } from 'zod';

/** Some servers write null for what they do not know, others leave it out. */
const share = z.number().nullish();

/** Only the fields that are used. `z.number()` takes neither NaN nor Infinity. */
export const transcription = z.object({
  text: z.string(),
  language: z.string().nullish(),
  segments: z
    .array(
      z.object({
        start: z.number(),
        end: z.number(),
        text: z.string(),
        avg_logprob: share,
        no_speech_prob: share,
      }),
    )
    .nullish(),
});
export type Transcription = z.infer<typeof transcription>;

/** Some servers leave `index` out when one text was sent, and write null where a model came to no number. */
export const embeddings = z.object({
  data: z.array(z.object({ index: z.number().int().nullish(), embedding: z.array(z.number().nullable()) })),
});
export type Embeddings = z.infer<typeof embeddings>;

export const modelList = z.object({ data: z.array(z.object({ id: z.string() })) });
