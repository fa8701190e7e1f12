import { z } from 'zod';
import { instant } from '#server/platform/instant.ts';

/** Both leave out what is null. Only the fields we use. */
export const publicInfo = z.object({
  ProductName: z.string().nullish(),
  ServerName: z.string().nullish(),
  Version: z.string(),
  StartupWizardCompleted: z.boolean().nullish(),
});
export type PublicInfo = z.infer<typeof publicInfo>;

export const user = z.object({
  Id: z.string(),
  Name: z.string(),
  Policy: z
    .object({
      IsDisabled: z.boolean().nullish(),
      IsAdministrator: z.boolean().nullish(),
      EnableAllFolders: z.boolean().nullish(),
    })
    .nullish(),
});
export type User = z.infer<typeof user>;

const userData = z.object({
  Played: z.boolean().nullish(),
  PlayCount: z.number().nullish(),
  LastPlayedDate: instant.nullish(),
  IsFavorite: z.boolean().nullish(),
  PlaybackPositionTicks: z.number().nullish(),
  PlayedPercentage: z.number().nullish(),
});

/** What a list of one user's marks has to tell. */
export const markedItem = z.object({
  Id: z.string(),
  Type: z.string(),
  LocationType: z.string().nullish(),
  RunTimeTicks: z.number().nullish(),
  UserData: userData.nullish(),
});
export type MarkedItem = z.infer<typeof markedItem>;

export const libraryItem = z.object({
  Id: z.string(),
  Type: z.string(),
  Name: z.string().nullish(),
  Path: z.string().nullish(),
  ProviderIds: z.record(z.string(), z.string().nullish()).nullish(),
  LocationType: z.string().nullish(),
  SeriesId: z.string().nullish(),
  IndexNumber: z.number().int().nullish(),
  IndexNumberEnd: z.number().int().nullish(),
  ParentIndexNumber: z.number().int().nullish(),
});
export type LibraryItem = z.infer<typeof libraryItem>;

/** Without `People` nobody was told, which is not the same as nobody. */
export const creditedItem = z.object({
  Id: z.string(),
  OriginalTitle: z.string().nullish(),
  People: z
    .array(z.object({ Name: z.string().nullish(), Role: z.string().nullish(), Type: z.string().nullish() }))
    .nullish(),
});
export type CreditedItem = z.infer<typeof creditedItem>;

export const memberItem = z.object({ Id: z.string(), Type: z.string(), Name: z.string().nullish() });

export const session = z.object({
  UserName: z.string().nullish(),
  NowPlayingItem: z.object({ Id: z.string() }).nullish(),
});

export const created = z.object({ Id: z.string() });

export const pageOf = <T>(item: z.ZodType<T>) =>
  z.object({ Items: z.array(item), TotalRecordCount: z.number().int() });
