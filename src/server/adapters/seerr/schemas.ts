import { z } from 'zod';
import { instant } from '#server/platform/instant.ts';

/** Only the fields we use, for Seerr, Jellyseerr and Overseerr alike. */
export const status = z.object({ version: z.string() });
export const publicSettings = z.object({ initialized: z.boolean(), mediaServerType: z.number().nullish() });
export const me = z.object({ id: z.number().int(), permissions: z.number().int().nullish() });
/** `settings/network`, and `settings/main` of Overseerr. */
export const crossSite = z.object({ csrfProtection: z.boolean().nullish() });

/** A Radarr or Sonarr in the request server's own list; its key is not read. */
export const server = z.object({
  id: z.number().int(),
  hostname: z.string(),
  port: z.number().int(),
  useSsl: z.boolean().nullish(),
  baseUrl: z.string().nullish(),
});
export type Server = z.infer<typeof server>;

const person = z.object({
  displayName: z.string().nullish(),
  username: z.string().nullish(),
  jellyfinUsername: z.string().nullish(),
  plexUsername: z.string().nullish(),
  email: z.string().nullish(),
});
export type Person = z.infer<typeof person>;

/** `serviceId` 0 is the first server, not none. */
const media = z.object({
  tmdbId: z.number().int().nullish(),
  tvdbId: z.number().int().nullish(),
  serviceId: z.number().int().nullish(),
  serviceId4k: z.number().int().nullish(),
  externalServiceId: z.number().int().nullish(),
  externalServiceId4k: z.number().int().nullish(),
});

export const request = z.object({
  id: z.number().int().positive(),
  type: z.enum(['movie', 'tv']),
  is4k: z.boolean().nullish(),
  createdAt: instant,
  requestedBy: person.nullish(),
  serverId: z.number().int().nullish(),
  media,
  seasons: z.array(z.object({ seasonNumber: z.number().int() })).nullish(),
});
export type Request = z.infer<typeof request>;

export const requestPage = z.object({
  pageInfo: z.object({ results: z.number().int() }),
  results: z.array(request),
});
