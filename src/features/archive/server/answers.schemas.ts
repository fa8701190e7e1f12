import { z } from '@hono/zod-openapi';
import { reasonCodes, type Gap } from '../core/ledger.ts';
import type { ArchiveCreator, ArchiveSource } from '../core/source.ts';
import { expiryOf } from '../core/stopping.ts';
import type { CreatorLedger, DriftCount } from './ledger/ledger.ports.ts';
import { syncCounts, toStoredState } from './schemas.ts';
import type { SyncRun } from './sync/sync.ports.ts';

const at = z.iso.datetime();
/** A problem of a source: its code, and what else is known of it. */
const sourceProblem = z.looseObject({ code: z.string() }).openapi('SourceProblem');

const sourceState = z.discriminatedUnion('is', [
  z.object({ is: z.literal('unchecked') }),
  z.object({
    is: z.literal('ready'),
    account: z.string().nullable(),
    checkedAt: at,
    expiresAt: at.nullable(),
  }),
  z.object({ is: z.literal('stopped'), problem: sourceProblem, since: at, until: at.nullable() }),
]);

/** There is no sign-in in it, and no way to ask for one. */
export const sourceSchema = z
  .object({
    id: z.string(),
    plugin: z.string(),
    name: z.string(),
    isSignedIn: z.boolean(),
    settings: z.object({
      pacing: z.object({ minPauseMs: z.number(), maxPauseMs: z.number(), downloads: z.number() }),
      userAgent: z.string(),
      mostBytes: z.number().nullable(),
    }),
    enabled: z.boolean(),
    cron: z.string(),
    timeZone: z.string(),
    state: sourceState,
    /** Whether the sign-in ends within a week, or has ended. */
    expiry: z.enum(['unknown', 'far', 'soon', 'over']),
    lookedAt: at
      .nullable()
      .openapi({ description: 'When a source that is watched was last looked at; null of others' }),
    createdAt: at,
  })
  .openapi('Source');

export const toSource = (source: ArchiveSource, now: Date): z.infer<typeof sourceSchema> => ({
  ...source,
  state: toStoredState(source.state),
  expiry: expiryOf(source.state, now).is,
  lookedAt: source.lookedAt?.toISOString() ?? null,
  createdAt: source.createdAt.toISOString(),
});

export const pluginSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    capabilities: z.array(z.string()),
    credentialFields: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(['secret', 'text', 'folder', 'url']),
        required: z.boolean(),
        example: z.string(),
      }),
    ),
  })
  .openapi('SourcePlugin');

export const creatorSchema = z
  .object({
    id: z.string(),
    externalId: z.string(),
    name: z.string(),
    url: z.string().nullable(),
    membership: z.enum(['paid', 'free', 'none', 'own']),
    selected: z.boolean(),
    postCount: z.number().int().nullable(),
    syncedAt: at.nullable(),
  })
  .openapi('SourceCreator');

export const toCreator = ({
  id,
  externalId,
  name,
  url,
  membership,
  selected,
  postCount,
  syncedAt,
}: ArchiveCreator): z.infer<typeof creatorSchema> => ({
  id,
  externalId,
  name,
  url,
  membership,
  selected,
  postCount,
  syncedAt: syncedAt?.toISOString() ?? null,
});

export const syncRunSchema = z
  .object({
    id: z.string(),
    sourceId: z.string(),
    startedBy: z.string().nullable(),
    startedAt: at,
    endedAt: at.nullable(),
    outcome: z.discriminatedUnion('is', [
      z.object({ is: z.literal('under-way'), creator: z.string().nullable() }),
      z.object({ is: z.literal('done') }),
      z.object({
        is: z.literal('partly'),
        creators: z.array(z.object({ name: z.string(), problem: sourceProblem })),
      }),
      z.object({ is: z.literal('stopped'), problem: sourceProblem, creator: z.string().nullable() }),
      z.object({ is: z.literal('interrupted') }),
    ]),
    counts: syncCounts,
  })
  .openapi('SyncRun');

export const toSyncRun = ({
  startedAt,
  endedAt,
  outcome,
  ...run
}: SyncRun): z.infer<typeof syncRunSchema> => ({
  ...run,
  startedAt: startedAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
  outcome: outcome.is === 'partly' ? { ...outcome, creators: [...outcome.creators] } : outcome,
});

export const gapSchema = z
  .object({
    id: z.string(),
    creatorId: z.string(),
    creatorName: z.string(),
    postId: z.string(),
    postTitle: z.string().nullable(),
    publishedAt: at,
    media: z
      .object({ kind: z.enum(['image', 'audio', 'video', 'file']), fileName: z.string().nullable() })
      .nullable(),
    reason: z.looseObject({ code: z.enum(reasonCodes) }),
  })
  .openapi('Gap');

export const toGap = ({ publishedAt, ...gap }: Gap): z.infer<typeof gapSchema> => ({
  ...gap,
  publishedAt: publishedAt.toISOString(),
  reason: { ...gap.reason },
});

const part = z.object({
  expected: z.number().int(),
  archived: z.number().int(),
  waiting: z.number().int(),
  missing: z.array(z.object({ reason: z.enum(reasonCodes), count: z.number().int() })),
});

export const ledgerSchema = z
  .object({
    creatorId: z.string(),
    creatorName: z.string(),
    sourceId: z.string(),
    posts: part,
    media: part,
    /** Stated by the source and in no list of it. */
    unlisted: z.number().int(),
    vanished: z.number().int(),
    storedBytes: z.number(),
    isWhole: z.boolean(),
  })
  .openapi('Ledger');

type PartOf = CreatorLedger['ledger']['posts'];
const toPart = ({ missing, ...one }: PartOf) => ({ ...one, missing: [...missing] });

export const toLedger = ({ ledger, ...creator }: CreatorLedger): z.infer<typeof ledgerSchema> => ({
  ...creator,
  ...ledger,
  posts: toPart(ledger.posts),
  media: toPart(ledger.media),
});

export const driftSchema = z
  .object({
    plugin: z.string(),
    what: z.enum(['key', 'post-type', 'node', 'media-type', 'post']),
    name: z.string(),
    postCount: z.number().int(),
    firstSeenAt: at,
    lastSeenAt: at,
    examplePost: z.string(),
  })
  .openapi('Drift');

export const toDrift = ({ firstSeenAt, lastSeenAt, ...drift }: DriftCount): z.infer<typeof driftSchema> => ({
  ...drift,
  firstSeenAt: firstSeenAt.toISOString(),
  lastSeenAt: lastSeenAt.toISOString(),
});
