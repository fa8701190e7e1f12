import { z } from 'zod';
import type { ConnectionId, DiskId, ItemId } from '#core/ids.ts';
import { formatTimeSpan, parseTimeSpan } from '#core/time-span.ts';
import { titleKinds } from '#features/library/core/item.ts';
import { ageBases, defaultCaps, orders, units, type Policy, type PolicyDraft } from '../core/policy.ts';
import type { PolicyProblem } from '../core/validate-policy.ts';
import { mediaSorts, mediaStatuses, type MediaQuery } from './planning.ports.ts';

const GIGABYTE = 1_000_000_000;

function readTimeSpan(text: string, context: z.RefinementCtx): number {
  const days = parseTimeSpan(text);
  if (days.ok) return days.value;
  context.addIssue({ code: 'custom', message: days.error.code });
  return z.NEVER;
}

const NO_DAYS = /^\s*0\s*[dwmy]\s*$/i;

/** `90d`, `12w`, `6m`, `1y`. The message is the code of what is wrong; pages have words for it. */
export const timeSpan = z.string().transform(readTimeSpan);

/** As a time span, and `0d` for no warning at all. */
export const windowSpan = z
  .string()
  .transform((text, context) => (NO_DAYS.test(text) ? 0 : readTimeSpan(text, context)));

const idOf = <T extends string>() =>
  z
    .string()
    .min(1)
    .max(100)
    .transform((id) => id as T);
const tag = z.string().trim().max(60);

/** A policy as the API takes and gives it. What is wrong between fields is told by the service. */
export const policySchema = z.strictObject({
  name: z.string().max(200),
  unit: z.enum(units),
  cron: z.string().max(100).default('0 4 * * *'),
  timeZone: z.string().max(60).default('UTC'),
  connectionIds: z.array(idOf<ConnectionId>()).max(50).default([]),
  diskIds: z.array(idOf<DiskId>()).max(50).default([]),
  tiers: z.array(z.strictObject({ freeBelowPercent: z.number(), maxAge: timeSpan })).max(50),
  stopAtFreePercent: z.number(),
  leavingSoon: windowSpan.prefault('14d'),
  ageBasis: z.enum(ageBases).default('newest-import'),
  order: z.enum(orders).default('longest-unwatched'),
  caps: z
    .strictObject({ items: z.number(), bytes: z.number(), libraryPercent: z.number() })
    .default({ ...defaultCaps }),
  exclusionTags: z.array(tag).max(50).default([]),
  favouritesProtect: z.boolean().default(true),
  halfWayProtects: z.boolean().default(true),
  addImportExclusion: z.boolean().default(false),
  removeRequests: z.boolean().default(true),
});

export const draftOf = ({ tiers, leavingSoon, ...rest }: z.output<typeof policySchema>): PolicyDraft => ({
  ...rest,
  kind: 'disk-pressure',
  leavingSoonDays: leavingSoon,
  tiers: tiers.map(({ freeBelowPercent, maxAge }) => ({ freeBelowPercent, maxAgeDays: maxAge })),
});

/** The inverse: what is answered can be sent again. */
export const policyBodyOf = (policy: Policy | PolicyDraft) => ({
  name: policy.name,
  unit: policy.unit,
  cron: policy.cron,
  timeZone: policy.timeZone,
  connectionIds: [...policy.connectionIds] as string[],
  diskIds: [...policy.diskIds] as string[],
  tiers: policy.tiers.map((tier) => ({
    freeBelowPercent: tier.freeBelowPercent,
    maxAge: formatTimeSpan(tier.maxAgeDays),
  })),
  stopAtFreePercent: policy.stopAtFreePercent,
  leavingSoon: formatTimeSpan(policy.leavingSoonDays),
  ageBasis: policy.ageBasis,
  order: policy.order,
  caps: { ...policy.caps },
  exclusionTags: [...policy.exclusionTags],
  favouritesProtect: policy.favouritesProtect,
  halfWayProtects: policy.halfWayProtects,
  addImportExclusion: policy.addImportExclusion,
  removeRequests: policy.removeRequests,
});

/** A form sends one text for one value, and nothing for none. */
const listOf = <T extends z.ZodType>(each: T) =>
  z.preprocess((given: unknown): unknown => {
    if (given === undefined || given === '') return [];
    return Array.isArray(given) ? given : [given];
  }, z.array(each).max(50));
const checkbox = z.preprocess((given) => given === 'on' || given === 'true', z.boolean());
/** People write `12,5` where the comma is the point. */
const number = z.preprocess(
  (given) => (typeof given === 'string' && given.trim() !== '' ? Number(given.replace(',', '.')) : undefined),
  z.number({ error: 'not-a-number' }),
);
const commaList = z
  .string()
  .max(1000)
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )
  .pipe(z.array(tag).max(50));

/** The same policy as a page posts it: rows of tiers as `freeBelowPercent` and `maxAge`, each as often as there are rows. */
export const policyForm = z
  .object({
    name: z.string().trim().min(1, 'policy.name-missing').default(''),
    unit: z.enum(units),
    cron: z.string().max(100).default(''),
    timeZone: z.string().max(60).default(''),
    connectionIds: listOf(idOf<ConnectionId>()),
    diskIds: listOf(idOf<DiskId>()),
    freeBelowPercent: listOf(number),
    maxAge: listOf(timeSpan),
    stopAtFreePercent: number,
    leavingSoon: windowSpan,
    ageBasis: z.enum(ageBases),
    order: z.enum(orders),
    capItems: number,
    capGigabytes: number,
    capLibraryPercent: number,
    exclusionTags: commaList,
    favouritesProtect: checkbox,
    halfWayProtects: checkbox,
    addImportExclusion: checkbox,
    removeRequests: checkbox,
  })
  .refine((form) => form.freeBelowPercent.length === form.maxAge.length, {
    path: ['tiers'],
    message: 'policy.tier-incomplete',
  })
  .transform(
    ({
      freeBelowPercent,
      maxAge,
      leavingSoon,
      capItems,
      capGigabytes,
      capLibraryPercent,
      ...rest
    }): PolicyDraft => ({
      ...rest,
      kind: 'disk-pressure',
      leavingSoonDays: leavingSoon,
      tiers: freeBelowPercent.map((percent, row) => ({
        freeBelowPercent: percent,
        maxAgeDays: maxAge[row] ?? 0,
      })),
      caps: {
        items: capItems,
        bytes: Math.round(capGigabytes * GIGABYTE),
        libraryPercent: capLibraryPercent,
      },
    }),
  );

const formFields: Partial<Record<PolicyProblem['field'], string>> = {
  leavingSoonDays: 'leavingSoon',
  'caps.items': 'capItems',
  'caps.bytes': 'capGigabytes',
  'caps.libraryPercent': 'capLibraryPercent',
};

type FieldError = { code: string; params: Record<string, number | string> };

/** Field by field as the form shows them, each mistake once, with the values its words need. `row` counts from 1. */
export function policyFormErrors(problems: readonly PolicyProblem[]): Record<string, FieldError[]> {
  const errors: Record<string, FieldError[]> = {};
  for (const { field, code, ...values } of problems) {
    const params: FieldError['params'] = 'row' in values ? { ...values, row: values.row + 1 } : values;
    const beside = (errors[formFields[field] ?? field] ??= []);
    if (!beside.some((one) => one.code === code && one.params['row'] === params['row']))
      beside.push({ code, params });
  }
  return errors;
}

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
