import { z } from 'zod';
import { instant } from '#server/platform/instant.ts';

/** Servarr leaves out what is null, whatever its specification says; so only what we cannot do without is required. */
export const systemStatus = z.object({ appName: z.string(), version: z.string() });
export type SystemStatus = z.infer<typeof systemStatus>;

export const label = z.object({ id: z.number().int(), label: z.string() });
export const qualityProfile = z.object({ id: z.number().int(), name: z.string().nullish() });

export const rootFolder = z.object({
  path: z.string(),
  accessible: z.boolean().nullish(),
  freeSpace: z.number().nullish(),
});

export const diskSpace = z.object({
  path: z.string(),
  freeSpace: z.number().nullish(),
  totalSpace: z.number().nullish(),
});

export const healthIssue = z.object({ type: z.string(), message: z.string().nullish() });

export const image = z.object({
  coverType: z.string().nullish(),
  url: z.string().nullish(),
  remoteUrl: z.string().nullish(),
});
export type Image = z.infer<typeof image>;

export const mediaFile = z.object({
  id: z.number().int().positive(),
  path: z.string(),
  size: z.number().nonnegative(),
  dateAdded: instant.nullish(),
  quality: z.object({ quality: z.object({ name: z.string().nullish() }).nullish() }).nullish(),
});
export type MediaFile = z.infer<typeof mediaFile>;

/** An empty path is no bin. */
export const mediaManagement = z.object({
  recycleBin: z.string().nullish(),
  recycleBinCleanupDays: z.number().int().nonnegative().nullish(),
});
