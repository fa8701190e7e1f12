import { z } from 'zod';
import type { CollectionId, CreatorId, SourceId } from '#core/ids.ts';
import {
  postKinds,
  postStates,
  readCursor,
  type PostFilter,
  type PostQuery,
} from '../../core/reading/list.ts';

const idOf = <T extends string>() =>
  z
    .string()
    .min(1)
    .max(100)
    .transform((id) => id as T);
const cursor = z
  .string()
  .max(120)
  .refine((text) => readCursor(text) !== null, 'not-a-cursor');

const PAGE_SIZES = { usual: 24, most: 200 };

/** The filter of the Archive page as it stands in the address, and the API's. Days are whole and in UTC. */
export const postFilter = z.object({
  creator: idOf<CreatorId>().optional(),
  collection: idOf<CollectionId>().optional(),
  source: idOf<SourceId>().optional(),
  kind: z.enum(postKinds).optional(),
  tag: z.string().trim().min(1).max(200).optional(),
  state: z.enum(postStates).optional(),
  /** Published on this day or later. */
  from: z.iso.date().optional(),
  /** Published on this day or earlier. */
  until: z.iso.date().optional(),
  order: z.enum(['newest', 'oldest']).default('newest'),
  after: cursor.optional(),
  before: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_SIZES.most).default(PAGE_SIZES.usual),
});
export type AskedPosts = z.output<typeof postFilter>;

const DAY_MS = 86_400_000;
const startOf = (day: string) => new Date(`${day}T00:00:00Z`);

export const filterOf = (asked: AskedPosts): PostFilter => ({
  creatorId: asked.creator,
  collectionId: asked.collection,
  sourceId: asked.source,
  kind: asked.kind,
  tag: asked.tag,
  state: asked.state,
  from: asked.from === undefined ? undefined : startOf(asked.from),
  before: asked.until === undefined ? undefined : new Date(startOf(asked.until).getTime() + DAY_MS),
});

export function postQueryOf(asked: AskedPosts): PostQuery {
  const on = asked.after === undefined ? null : readCursor(asked.after);
  const back = asked.before === undefined ? null : readCursor(asked.before);
  return {
    filter: filterOf(asked),
    order: asked.order,
    from: on ? { cursor: on, way: 'on' } : back && { cursor: back, way: 'back' },
    limit: asked.limit,
  };
}

/** Anybody can write anything into an address: what cannot be understood is left out. */
export function readAskedPosts(params: Iterable<[string, string]>): AskedPosts {
  const given = Object.fromEntries([...params].filter(([, value]) => value.trim() !== ''));
  const first = postFilter.safeParse(given);
  if (first.success) return first.data;
  const wrong = new Set(first.error.issues.map(({ path }) => String(path[0])));
  return postFilter.parse(Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name))));
}
