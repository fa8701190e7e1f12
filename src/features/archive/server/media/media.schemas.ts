import { z } from '@hono/zod-openapi';

export const fileParams = z.object({
  sha: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .openapi({ description: 'The SHA-256 of its bytes, in small letters' }),
});

const kind = z.enum(['image', 'audio', 'video', 'file']);
const moment = z.iso.datetime();

export const fileAnswer = z
  .object({
    sha256: z.string(),
    sizeBytes: z.number().int(),
    mimeType: z.string().openapi({ description: 'By its bytes' }),
    kind,
    name: z.string().openapi({ description: 'Under which it is offered' }),
    storedAt: moment,
    verifiedAt: moment.openapi({ description: 'When its bytes were last read and proven' }),
    damagedAt: moment.nullable(),
    orphanedAt: moment.nullable().openapi({ description: 'Since when nothing uses it' }),
    uses: z.array(
      z.object({
        id: z.string().openapi({ description: 'The place of the post, for `as`' }),
        postId: z.string(),
        creatorId: z.string(),
        fileName: z.string().nullable(),
      }),
    ),
  })
  .openapi('MediaFile');

const amount = { files: z.number().int(), bytes: z.number().int() };

export const mediaSettingsAnswer = z.object({
  reserveBytes: z
    .number()
    .int()
    .min(100_000_000)
    .max(1e15)
    .openapi({ description: 'Below this much free space nothing is downloaded' }),
  orphanDays: z
    .number()
    .int()
    .min(1)
    .max(3650)
    .openapi({ description: 'So many days a file stays that no post uses any more' }),
  verifyBytesPerSecond: z
    .number()
    .int()
    .min(1_000_000)
    .max(10_000_000_000)
    .openapi({ description: 'How fast files are read to prove that they are whole' }),
});

export const mediaSettingsChange = mediaSettingsAnswer.partial().strict();

export const storageAnswer = z
  .object({
    state: z.enum(['ready', 'low', 'missing']).openapi({
      description: '`low`: less than the reserve is free, downloads wait. `missing`: the folder is not there',
    }),
    why: z
      .enum(['no-folder', 'no-mark', 'another-store', 'not-readable', 'not-writable'])
      .nullable()
      .openapi({ description: 'Why it is missing' }),
    path: z.string(),
    freeBytes: z.number().nullable(),
    totalBytes: z.number().nullable(),
    ...amount,
    damaged: z.number().int(),
    orphans: z.number().int(),
    orphanBytes: z.number().int(),
    byKind: z.array(z.object({ kind, ...amount })),
    byCreator: z.array(z.object({ creatorId: z.string(), creator: z.string(), kind, ...amount })),
    waiting: z.number().int().openapi({ description: 'Downloads that wait' }),
    proofsDue: z.number().int().openapi({ description: 'Files whose turn to be hashed anew has come' }),
    settings: mediaSettingsAnswer,
  })
  .openapi('MediaStorage');

const number = (text: string): number => Number(text.trim().replace(',', '.'));
const amountOf = (bytes: number, { min, max }: { min: number; max: number }) =>
  z
    .string()
    .transform(number)
    .pipe(z.number().min(min).max(max))
    .transform((value) => Math.round(value * bytes));

/** Settings as the page posts them: in gigabytes and megabytes, with the limits of the API. */
export const mediaSettingsForm = z
  .object({
    reserve: amountOf(1_000_000_000, { min: 0.1, max: 1_000_000 }),
    orphanDays: z.coerce.number().int().min(1).max(3650),
    verifySpeed: amountOf(1_000_000, { min: 1, max: 10_000 }),
  })
  .transform(({ reserve, orphanDays, verifySpeed }) => ({
    reserveBytes: reserve,
    orphanDays,
    verifyBytesPerSecond: verifySpeed,
  }));
