import { z } from '@hono/zod-openapi';
import { postKinds } from '../../core/reading/list.ts';
import { blockSchema } from './blocks.schemas.ts';

const moment = z.iso.datetime();
const amount = z.number().int();
const named = z.object({ id: z.string(), name: z.string() });

/** The file of a picture: `/media-files/{sha256}`, and smaller `/media-files/{sha256}/thumbnails/{width}`. */
const picture = z
  .object({ sha256: z.string(), kind: z.enum(['image', 'audio', 'video', 'file']) })
  .nullable();

const gap = z.object({ code: z.string() }).loose().openapi('Gap');

export const postCardSchema = z
  .object({
    id: z.string(),
    creator: named,
    kind: z.enum(postKinds),
    title: z.string().nullable(),
    excerpt: z.string().nullable(),
    publishedAt: moment,
    locked: z.boolean(),
    readable: z.boolean(),
    vanishedAt: moment.nullable(),
    pictures: amount,
    files: amount,
    gaps: amount,
    commentCount: amount,
    durationMs: amount.nullable(),
    minutesToRead: amount.nullable(),
    cover: picture,
  })
  .openapi('PostCard');

const neighbour = z.object({ id: z.string(), title: z.string().nullable(), publishedAt: moment }).nullable();

const mediaSchema = z
  .object({
    id: z.string(),
    externalId: z.string(),
    kind: z.enum(['image', 'audio', 'video', 'file']),
    role: z.string(),
    fileName: z.string().nullable(),
    mimeType: z.string().nullable(),
    sizeBytes: amount.nullable(),
    width: amount.nullable(),
    height: amount.nullable(),
    durationMs: amount.nullable(),
    caption: z.string().nullable(),
    of: z.string().nullable(),
    language: z.string().nullable(),
    state: z.enum(['waiting', 'stored', 'gap']),
    gap: z.union([gap, z.null()]),
    sha256: z.string().nullable(),
    isDamaged: z.boolean(),
    withdrawnAt: moment.nullable(),
  })
  .openapi('PostMedia');

export const postSchema = z
  .object({
    id: z.string(),
    externalId: z.string(),
    creator: named,
    source: named,
    kind: z.enum(postKinds),
    title: z.string().nullable(),
    url: z.string().nullable(),
    publishedAt: moment,
    editedAt: moment.nullable(),
    locked: z.boolean(),
    readable: z.boolean(),
    teaser: z.string().nullable(),
    blocks: z.array(blockSchema),
    tags: z.array(z.string()),
    tiers: z.array(z.string()),
    commentCount: amount,
    likeCount: amount.nullable(),
    readAt: moment.nullable(),
    firstSeenAt: moment,
    lastSeenAt: moment,
    vanishedAt: moment.nullable(),
    shownFrom: moment.nullable(),
    media: z.array(mediaSchema),
    collections: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        number: amount,
        count: amount,
        previous: neighbour,
        next: neighbour,
      }),
    ),
    beside: z.object({ previous: neighbour, next: neighbour }),
    revisionCount: amount,
  })
  .openapi('Post');

export const revisionSchema = z
  .object({ id: z.string(), seenAt: moment, locked: z.boolean(), isShown: z.boolean() })
  .openapi('Revision');

const piece = z.object({ text: z.string(), is: z.enum(['kept', 'added', 'removed']) });
const listChange = z.object({ added: z.array(z.string()), removed: z.array(z.string()) });

export const comparedSchema = z
  .object({
    revision: revisionSchema,
    earlier: z.union([revisionSchema, z.null()]),
    comparison: z
      .object({
        title: z.array(piece).nullable(),
        body: z.array(
          z.union([
            z.object({ is: z.literal('same'), lines: z.array(z.string()) }),
            z.object({ is: z.literal('changed'), pieces: z.array(piece) }),
          ]),
        ),
        tags: listChange,
        media: listChange,
        tiers: listChange,
        locked: z.object({ before: z.boolean(), after: z.boolean() }),
      })
      .nullable(),
  })
  .openapi('ComparedRevision');

export const commentSchema = z
  .object({
    externalId: z.string(),
    parentId: z.string().nullable(),
    author: z.string(),
    isCreator: z.boolean(),
    body: z.string(),
    createdAt: moment,
    vanishedAt: moment.nullable(),
    votes: amount.nullable(),
  })
  .openapi('Comment');

export const creatorCardSchema = z
  .object({
    id: z.string(),
    source: named,
    name: z.string(),
    membership: z.enum(['paid', 'free', 'none', 'own']),
    selected: z.boolean(),
    avatar: picture,
    newestPostAt: moment.nullable(),
  })
  .openapi('CreatorCard');

export const collectionSchema = z
  .object({
    id: z.string(),
    creator: named,
    title: z.string(),
    description: z.string().nullable(),
    postCount: amount,
    saidCount: amount.nullable(),
    vanishedAt: moment.nullable(),
    cover: picture,
  })
  .openapi('PostCollection');

export const creatorSchema = creatorCardSchema
  .extend({
    externalId: z.string(),
    url: z.string().nullable(),
    summary: z.string().nullable(),
    tiers: z.array(
      z.object({
        externalId: z.string(),
        title: z.string(),
        amountCents: amount.nullable(),
        currency: z.string().nullable(),
      }),
    ),
    cover: picture,
    syncedAt: moment.nullable(),
    collections: z.array(collectionSchema),
  })
  .openapi('Creator');
