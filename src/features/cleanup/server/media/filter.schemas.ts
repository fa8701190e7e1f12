import { z } from 'zod';
import type { ConnectionId, DiskId, ItemId } from '#core/ids.ts';
import { titleKinds } from '#features/library/core/item.ts';
import { mediaSorts, mediaStatuses, type MediaQuery } from '../planning/planning.ports.ts';

const idOf = <T extends string>() =>
  z
    .string()
    .min(1)
    .max(100)
    .transform((id) => id as T);
const tag = z.string().trim().max(60);

/** Kept by hand: until a day, or for ever when it is empty. */
export const excludeSchema = z.object({
  until: z.preprocess((given) => (given === '' ? null : given), z.coerce.date().nullable().default(null)),
  note: z
    .string()
    .trim()
    .max(500)
    .nullable()
    .default(null)
    .transform((text) => (text === '' ? null : text)),
});

export const excludeBody = z.strictObject({
  until: z.iso.datetime({ offset: true }).nullable().default(null),
  note: z.string().trim().max(500).nullable().default(null),
});

const PAGE_SIZES = { usual: 50, most: 200 };
const count = z.coerce.number().int();
const flag = z.enum(['true', 'false', 'on']).transform((text) => text !== 'false');
const kinds = z
  .union([z.enum(titleKinds), z.array(z.enum(titleKinds))])
  .transform((given) => (Array.isArray(given) ? given : [given]));

/** The Media page's filter as it stands in the address, and the API's. Days count back from now. */
export const mediaFilter = z.object({
  q: z.string().trim().max(100).optional(),
  type: kinds.optional(),
  status: z.enum(mediaStatuses).optional(),
  service: idOf<ConnectionId>().optional(),
  disk: idOf<DiskId>().optional(),
  requester: z.string().max(100).optional(),
  tag: tag.optional(),
  minBytes: count.nonnegative().optional(),
  maxBytes: count.nonnegative().optional(),
  minAgeDays: count.nonnegative().max(36_500).optional(),
  maxAgeDays: count.nonnegative().max(36_500).optional(),
  unwatchedDays: count.nonnegative().max(36_500).optional(),
  watchedDays: count.nonnegative().max(36_500).optional(),
  neverWatched: flag.optional(),
  sort: z.enum(mediaSorts).default('title'),
  direction: z.enum(['up', 'down']).default('up'),
  page: count.min(1).max(100_000).default(1),
  pageSize: count.min(1).max(PAGE_SIZES.most).default(PAGE_SIZES.usual),
});

const DAY_MS = 86_400_000;

export function mediaQueryOf(filter: z.output<typeof mediaFilter>, now: Date): MediaQuery {
  const before = (days: number | undefined) =>
    days === undefined ? undefined : new Date(now.getTime() - days * DAY_MS);
  return {
    text: filter.q,
    kinds: filter.type,
    status: filter.status,
    connectionId: filter.service,
    diskId: filter.disk,
    requestedBy: filter.requester,
    tag: filter.tag,
    minBytes: filter.minBytes,
    maxBytes: filter.maxBytes,
    addedBefore: before(filter.minAgeDays),
    addedAfter: before(filter.maxAgeDays),
    unwatchedSince: before(filter.unwatchedDays),
    watchedSince: before(filter.watchedDays),
    neverWatched: filter.neverWatched,
    sort: filter.sort,
    descending: filter.direction === 'down',
    offset: (filter.page - 1) * filter.pageSize,
    limit: filter.pageSize,
  };
}

export const itemIdParam = z.object({ id: idOf<ItemId>() });
