import { z } from 'zod';
import type { DiskId } from '#core/ids.ts';
import { janitorrServices } from '../../core/janitorr/config.ts';
import { differenceCodes } from '../../core/janitorr/difference.ts';
import { draftKeys } from '../../core/janitorr/drafts.ts';

const name = z.string().trim().min(1).max(80);

/** What the policies are called when nobody says otherwise. */
const usualNames = {
  films: 'Janitorr: films',
  shows: 'Janitorr: series',
  'film-tags': 'Janitorr: films by tag',
  'show-tags': 'Janitorr: series by tag',
  episodes: 'Janitorr: daily series',
};

const words = {
  timeZone: z.string().min(1).max(60).default('UTC'),
  names: z
    .strictObject({ films: name, shows: name, 'film-tags': name, 'show-tags': name, episodes: name })
    .default(usualNames),
};

/** The service refuses what is too long by its own code; this is only the end of all patience. */
const text = z.string().max(500_000);

export const importRead = z.strictObject({ text, ...words });

const diskId = z
  .string()
  .min(1)
  .max(100)
  .transform((id) => id as DiskId);

const only = z.enum(['differences', 'janitorr-removes', 'we-remove']);

export const importCompare = importRead.extend({
  diskId: diskId.nullable().default(null),
  isWarned: z.boolean().default(false),
  only: only.optional(),
  difference: z.enum(differenceCodes).optional(),
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(500).default(50),
});

export const importAdopt = importRead.extend({
  connections: z.array(z.enum(janitorrServices)).max(20).default([]),
  policies: z.array(z.enum(draftKeys)).max(10).default([]),
  settings: z.boolean().default(false),
});

const listOf = <T extends z.ZodType>(each: T) =>
  z.preprocess((given: unknown): unknown => {
    if (given === undefined) return [];
    return Array.isArray(given) ? given : [given];
  }, z.array(each));

/** What a page posts about which part of the comparison to show. What cannot be understood is left out. */
export const compareForm = z.object({
  diskId: diskId.nullable().catch(null).default(null),
  isWarned: z.preprocess((given) => given === 'true', z.boolean()),
  only: only.optional().catch(undefined),
  difference: z.enum(differenceCodes).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).catch(1).default(1),
});

export const adoptForm = z.object({
  connections: listOf(z.enum(janitorrServices)),
  policies: listOf(z.enum(draftKeys)),
  settings: z.preprocess((given) => given === 'on', z.boolean()),
});
