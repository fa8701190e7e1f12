import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';
import type { ConnectionId, DiskId, ItemId, PlanId, PolicyId, UserId } from '#core/ids.ts';
import type { ItemKind } from '#features/library/core/item.ts';
import type { Fate, HeldBackBy, PlanEntry, PlanTotals } from '../../core/plan/plan.ts';
import type {
  Caps,
  Order,
  PolicyRule,
  ShowStates,
  Target,
  TorrentWish,
  Unit,
} from '../../core/policy/policy.ts';
import type { Standing } from '../../core/judging/verdict.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

export const cleanupPolicies = pgTable('cleanup_policies', {
  id: text('id').$type<PolicyId>().primaryKey(),
  name: text('name').notNull(),
  /** The part that differs by kind. */
  rule: jsonb('rule').$type<PolicyRule>().notNull(),
  unit: text('unit').$type<Unit>().notNull(),
  enabled: boolean('enabled').notNull(),
  armed: boolean('armed').notNull(),
  cron: text('cron').notNull(),
  timeZone: text('time_zone').notNull(),
  connectionIds: text('connection_ids').array().$type<ConnectionId[]>().notNull(),
  diskIds: text('disk_ids').array().$type<DiskId[]>().notNull(),
  target: jsonb('target').$type<Target>(),
  leavingSoonDays: integer('leaving_soon_days').notNull(),
  order: text('order').$type<Order>().notNull(),
  caps: jsonb('caps').$type<Caps>().notNull(),
  shows: text('shows').$type<ShowStates>().notNull(),
  keepsFirstSeason: boolean('keeps_first_season').notNull(),
  midShowDays: integer('mid_show_days').notNull(),
  requestedWithinDays: integer('requested_within_days').notNull(),
  exclusionTags: text('exclusion_tags').array().$type<string[]>().notNull(),
  favouritesProtect: boolean('favourites_protect').notNull(),
  favouriteUsers: text('favourite_users').array().$type<string[]>().notNull(),
  halfWayProtects: boolean('half_way_protects').notNull(),
  addImportExclusion: boolean('add_import_exclusion').notNull(),
  removeRequests: boolean('remove_requests').notNull(),
  needsApproval: boolean('needs_approval').notNull(),
  torrents: jsonb('torrents').$type<TorrentWish>().notNull(),
  createdAt: moment('created_at').notNull(),
  changedAt: moment('changed_at').notNull(),
  /** Null while it is not armed. */
  armedAt: moment('armed_at'),
});

/** No reference to an item: who keeps a film keeps it through a sync that loses it for a day. */
export const cleanupExclusions = pgTable('cleanup_exclusions', {
  itemId: text('item_id').$type<ItemId>().primaryKey(),
  /** What the item is, whatever number it has: see `follow` of the exclusion store. Null when it was in no library then. */
  identity: text('identity'),
  until: moment('until'),
  note: text('note'),
  byUserId: text('by_user_id').$type<UserId>().notNull(),
  byName: text('by_name').notNull(),
  at: moment('at').notNull(),
  /** Until an admin answers. */
  asked: boolean('asked').notNull().default(false),
});

export const cleanupPlans = pgTable(
  'cleanup_plans',
  {
    id: text('id').$type<PlanId>().primaryKey(),
    policyId: text('policy_id').$type<PolicyId>().notNull(),
    policyName: text('policy_name').notNull(),
    madeAt: moment('made_at').notNull(),
    totals: jsonb('totals').$type<PlanTotals>().notNull(),
    /** With `Fact`s in it; no dates. */
    disks: jsonb('disks').notNull(),
    breaker: jsonb('breaker').notNull(),
  },
  (table) => [index('cleanup_plans_by_policy').on(table.policyId, table.madeAt)],
);

/** The last word of a person on a policy that asks for it. */
export const cleanupApprovals = pgTable('cleanup_approvals', {
  policyId: text('policy_id').$type<PolicyId>().primaryKey(),
  planId: text('plan_id').$type<PlanId>().notNull(),
  items: text('items').array().$type<ItemId[]>().notNull(),
  byName: text('by_name').notNull(),
  at: moment('at').notNull(),
});

/** What a plan says of each item, in the order in which people read it. What is simply kept is only counted. */
export const cleanupPlanEntries = pgTable(
  'cleanup_plan_entries',
  {
    planId: text('plan_id')
      .$type<PlanId>()
      .notNull()
      .references(() => cleanupPlans.id, { onDelete: 'cascade' }),
    row: integer('row').notNull(),
    itemId: text('item_id').$type<ItemId>().notNull(),
    kind: text('kind').$type<ItemKind>().notNull(),
    title: text('title').notNull(),
    year: integer('year'),
    seasonNumber: integer('season_number'),
    episodes: jsonb('episodes').$type<PlanEntry['episodes']>().notNull(),
    diskId: text('disk_id').$type<DiskId>(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }),
    score: doublePrecision('score'),
    fate: text('fate').$type<Fate['is']>().notNull(),
    position: integer('position'),
    heldBackBy: text('held_back_by').$type<HeldBackBy>(),
    standing: text('standing').$type<Standing>().notNull(),
    dueAt: moment('due_at'),
    markedSince: moment('marked_since'),
    steps: jsonb('steps').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.planId, table.row] }),
    index('cleanup_plan_entries_by_fate').on(table.planId, table.fate, table.row),
  ],
);

/** The last word of each policy on each item in its scope. The reasons are worked out again when somebody asks. */
export const cleanupVerdicts = pgTable(
  'cleanup_verdicts',
  {
    policyId: text('policy_id').$type<PolicyId>().notNull(),
    itemId: text('item_id').$type<ItemId>().notNull(),
    standing: text('standing').$type<Standing>().notNull(),
    dueAt: moment('due_at'),
    markedSince: moment('marked_since'),
  },
  (table) => [
    primaryKey({ columns: [table.policyId, table.itemId] }),
    index('cleanup_verdicts_by_item').on(table.itemId),
    index('cleanup_verdicts_by_day').on(table.standing, table.dueAt),
  ],
);

/** Which policy speaks for which item, and until when one did. No references: the end of a policy is what it is for. */
export const cleanupClaimRecords = pgTable(
  'cleanup_claim_records',
  {
    itemId: text('item_id').$type<ItemId>().notNull(),
    policyId: text('policy_id').$type<PolicyId>().notNull(),
    policyName: text('policy_name').notNull(),
    maxAgeDays: integer('max_age_days'),
    endedAt: moment('ended_at'),
  },
  (table) => [primaryKey({ columns: [table.policyId, table.itemId] })],
);

/**
 * All verdicts on an item as one word, and of a show with those on its seasons, so that the Media page can filter and
 * sort 50 000 rows. Worked out from the verdicts; no row means that no policy looks at the item.
 */
export const cleanupStandings = pgTable(
  'cleanup_standings',
  {
    itemId: text('item_id').$type<ItemId>().primaryKey(),
    standing: text('standing').$type<Standing>().notNull(),
    dueAt: moment('due_at'),
  },
  (table) => [
    index('cleanup_standings_by_day').on(table.dueAt, table.itemId),
    index('cleanup_standings_by_word').on(table.standing, table.itemId),
  ],
);
