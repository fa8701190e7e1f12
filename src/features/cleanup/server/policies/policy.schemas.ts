import { z } from 'zod';
import type { ConnectionId, DiskId, ItemId } from '#core/ids.ts';
import { formatTimeSpan } from '#core/time-span.ts';
import {
  ageBases,
  audiences,
  defaultCaps,
  noTorrents,
  orders,
  showStates,
  units,
  type Policy,
  type PolicyDraft,
} from '../../core/policy/policy.ts';
import { timeSpan, windowSpan } from './spans.schemas.ts';

const idOf = <T extends string>() =>
  z
    .string()
    .min(1)
    .max(100)
    .transform((id) => id as T);
const tag = z.string().trim().max(60);
const tags = z.array(tag).max(50).default([]);
const gate = z.number().nullable().default(null);
const ageBasis = z.enum(ageBases).default('newest-import');

/** What the API takes is read (spans become days, ids get their brand); what it answers is text. */
type Scalars = {
  span: z.ZodType;
  window: z.ZodType;
  warning: z.ZodType;
  connection: z.ZodType;
  disk: z.ZodType;
  item: z.ZodType;
};

const listOf = <T extends z.ZodType>(each: T) => z.array(each).max(500).default([]);

const baseOf = <S extends Scalars>({ window, warning, connection, disk }: S) => ({
  name: z.string().max(200),
  unit: z.enum(units),
  cron: z.string().max(100).default('0 4 * * *'),
  timeZone: z.string().max(60).default('UTC'),
  connectionIds: listOf<S['connection']>(connection),
  diskIds: listOf<S['disk']>(disk),
  /** A run stops when the disk has this much free again. */
  target: z
    .strictObject({ unit: z.enum(['percent', 'bytes']), value: z.number() })
    .nullable()
    .default(null),
  leavingSoon: warning as S['warning'],
  order: z.enum(orders).default('longest-unwatched'),
  caps: z
    .strictObject({ items: z.number(), bytes: z.number(), libraryPercent: z.number() })
    .default({ ...defaultCaps }),
  shows: z.enum(showStates).default('any'),
  keepsFirstSeason: z.boolean().default(false),
  midShow: window as S['window'],
  requestedWithin: window as S['window'],
  exclusionTags: tags,
  favouritesProtect: z.boolean().default(true),
  favouriteUsers: z.array(z.string().max(100)).max(100).default([]),
  halfWayProtects: z.boolean().default(true),
  addImportExclusion: z.boolean().default(false),
  removeRequests: z.boolean().default(true),
  needsApproval: z.boolean().default(false),
  torrents: z
    .strictObject({
      remove: z.boolean(),
      minRatio: z.number().nullable().default(null),
      minSeedDays: z.number().nullable().default(null),
    })
    .default({ ...noTorrents }),
});

function policyKinds<S extends Scalars>(scalars: S) {
  const base = baseOf(scalars);
  const span: S['span'] = scalars.span;
  const optionalSpan = span.nullable().default(null);
  const tier = z.strictObject({ freeBelowPercent: z.number(), maxAge: span });
  const tagAge = z.strictObject({ tag, maxAge: span, freeBelowPercent: gate });
  return z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('disk-pressure'), ...base, tiers: z.array(tier).max(50), ageBasis }),
    z.strictObject({ kind: z.literal('tag'), ...base, tags: z.array(tagAge).max(100), ageBasis }),
    z.strictObject({
      kind: z.literal('watched'),
      ...base,
      seenBy: z.enum(audiences),
      watchedFor: base.midShow,
      neverWatchedFor: optionalSpan,
      freeBelowPercent: gate,
      ageBasis,
    }),
    z.strictObject({
      kind: z.literal('episodes'),
      ...base,
      showTags: tags,
      showIds: listOf<S['item']>(scalars.item),
      keepLast: z.number().nullable().default(null),
      keepFor: optionalSpan,
      olderSeasons: z.boolean().default(false),
      specials: z.boolean().default(false),
      freeBelowPercent: gate,
    }),
  ]);
}

/** A policy as the API takes it, one form for each kind. What is wrong between fields is told by the service. */
export const policySchema = policyKinds({
  span: timeSpan,
  window: windowSpan.prefault('0d'),
  warning: windowSpan.prefault('14d'),
  connection: idOf<ConnectionId>(),
  disk: idOf<DiskId>(),
  item: idOf<ItemId>(),
});

const text = z.string();

/** The same policy as the API answers it: it can be sent again. */
export const policyAnswerSchema = policyKinds({
  span: text,
  window: text,
  warning: text,
  connection: text,
  disk: text,
  item: text,
});

export type PolicyBody = z.output<typeof policySchema>;

export function draftOf(body: PolicyBody): PolicyDraft {
  const { leavingSoon, midShow, requestedWithin, ...rest } = body;
  const more = { leavingSoonDays: leavingSoon, midShowDays: midShow, requestedWithinDays: requestedWithin };
  switch (rest.kind) {
    case 'disk-pressure': {
      const tiers = rest.tiers.map(({ freeBelowPercent, maxAge }) => ({
        freeBelowPercent,
        maxAgeDays: maxAge,
      }));
      return { ...rest, ...more, tiers };
    }
    case 'tag': {
      const own = rest.tags.map(({ maxAge, ...one }) => ({ ...one, maxAgeDays: maxAge }));
      return { ...rest, ...more, tags: own };
    }
    case 'watched': {
      const { watchedFor, neverWatchedFor, ...watched } = rest;
      return { ...watched, ...more, watchedDays: watchedFor, neverWatchedDays: neverWatchedFor };
    }
    case 'episodes': {
      const { keepFor, ...episodes } = rest;
      return { ...episodes, ...more, keepDays: keepFor };
    }
    default:
      return rest satisfies never;
  }
}

/** The inverse: what is answered can be sent again. */
export const policyBodyOf = (policy: Policy | PolicyDraft) => ({
  ...baseBodyOf(policy),
  ...ruleBodyOf(policy),
});

const baseBodyOf = (policy: Policy | PolicyDraft) => ({
  name: policy.name,
  unit: policy.unit,
  cron: policy.cron,
  timeZone: policy.timeZone,
  connectionIds: [...policy.connectionIds] as string[],
  diskIds: [...policy.diskIds] as string[],
  target: policy.target && { ...policy.target },
  leavingSoon: formatTimeSpan(policy.leavingSoonDays),
  order: policy.order,
  caps: { ...policy.caps },
  shows: policy.shows,
  keepsFirstSeason: policy.keepsFirstSeason,
  midShow: formatTimeSpan(policy.midShowDays),
  requestedWithin: formatTimeSpan(policy.requestedWithinDays),
  exclusionTags: [...policy.exclusionTags],
  favouritesProtect: policy.favouritesProtect,
  favouriteUsers: [...policy.favouriteUsers],
  halfWayProtects: policy.halfWayProtects,
  addImportExclusion: policy.addImportExclusion,
  removeRequests: policy.removeRequests,
  needsApproval: policy.needsApproval,
  torrents: { ...policy.torrents },
});

const spanOrNull = (days: number | null): string | null => (days === null ? null : formatTimeSpan(days));

function ruleBodyOf(policy: Policy | PolicyDraft) {
  switch (policy.kind) {
    case 'disk-pressure': {
      const { kind, ageBasis: basis } = policy;
      const tiers = policy.tiers.map(({ freeBelowPercent, maxAgeDays }) => ({
        freeBelowPercent,
        maxAge: formatTimeSpan(maxAgeDays),
      }));
      return { kind, tiers, ageBasis: basis };
    }
    case 'tag': {
      const own = policy.tags.map(({ tag: name, maxAgeDays, freeBelowPercent }) => ({
        tag: name,
        maxAge: formatTimeSpan(maxAgeDays),
        freeBelowPercent,
      }));
      return { kind: policy.kind, tags: own, ageBasis: policy.ageBasis };
    }
    case 'watched': {
      const { kind, seenBy, watchedDays, neverWatchedDays, freeBelowPercent, ageBasis: basis } = policy;
      const neverWatchedFor = spanOrNull(neverWatchedDays);
      return {
        kind,
        seenBy,
        watchedFor: formatTimeSpan(watchedDays),
        neverWatchedFor,
        freeBelowPercent,
        ageBasis: basis,
      };
    }
    case 'episodes': {
      const { kind, keepLast, keepDays, olderSeasons, specials, freeBelowPercent } = policy;
      const shows = { showTags: [...policy.showTags], showIds: [...policy.showIds] as string[] };
      return {
        kind,
        ...shows,
        keepLast,
        keepFor: spanOrNull(keepDays),
        olderSeasons,
        specials,
        freeBelowPercent,
      };
    }
    default:
      return policy satisfies never;
  }
}
