import { z } from 'zod';
import type { ConnectionId, DiskId, ItemId } from '#core/ids.ts';
import {
  ageBases,
  audiences,
  orders,
  showStates,
  units,
  type PolicyBase,
  type PolicyDraft,
} from '../../core/policy/policy.ts';
import type { PolicyProblem } from '../../core/policy/validate-policy.ts';
import { timeSpan, windowSpan } from './spans.schemas.ts';

const GIGABYTE = 1_000_000_000;

const idOf = <T extends string>() =>
  z
    .string()
    .min(1)
    .max(100)
    .transform((id) => id as T);

/** A form sends one text for one value, and nothing for none. */
const listOf = <T extends z.ZodType>(each: T) =>
  z.preprocess((given: unknown): unknown => {
    if (given === undefined || given === '') return [];
    return Array.isArray(given) ? given : [given];
  }, z.array(each).max(500));
const checkbox = z.preprocess((given) => given === 'on' || given === 'true', z.boolean());
/** People write `12,5` where the comma is the point. */
const readNumber = (given: unknown): unknown =>
  typeof given === 'string' && given.trim() !== '' ? Number(given.replace(',', '.')) : undefined;
const number = z.preprocess(readNumber, z.number({ error: 'not-a-number' }));
const isEmpty = (given: unknown): boolean =>
  given === undefined || given === null || (typeof given === 'string' && given.trim() === '');
/** An empty field is no number. */
const numberOrNone = z.preprocess(
  (given) => (isEmpty(given) ? null : readNumber(given)),
  z.number({ error: 'not-a-number' }).nullable(),
);
const spanOrNone = z.preprocess((given) => (isEmpty(given) ? null : given), timeSpan.nullable());
const windowOrNone = z.preprocess((given) => (isEmpty(given) ? '0d' : given), windowSpan);
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
  .pipe(z.array(z.string().max(60)).max(50));

/** People are ticked one by one, or written with commas where nobody knows who there is. */
const nameList = z.preprocess((given) => (Array.isArray(given) ? given.join(',') : given), commaList);

const base = {
  name: z.string().trim().min(1, 'policy.name-missing').default(''),
  unit: z.enum(units),
  cron: z.string().max(100).default(''),
  timeZone: z.string().max(60).default(''),
  connectionIds: listOf(idOf<ConnectionId>()),
  diskIds: listOf(idOf<DiskId>()),
  targetValue: numberOrNone,
  targetUnit: z.enum(['percent', 'gigabytes']).default('percent'),
  leavingSoon: windowSpan,
  order: z.enum(orders),
  capItems: number,
  capGigabytes: number,
  capLibraryPercent: number,
  shows: z.enum(showStates).default('any'),
  keepsFirstSeason: checkbox,
  midShow: windowOrNone,
  requestedWithin: windowOrNone,
  exclusionTags: commaList,
  favouritesProtect: checkbox,
  favouriteUsers: nameList,
  halfWayProtects: checkbox,
  addImportExclusion: checkbox,
  removeRequests: checkbox,
  needsApproval: checkbox,
  torrentsRemove: checkbox,
  torrentRatio: numberOrNone,
  torrentDays: numberOrNone,
};

const ageBasis = z.enum(ageBases).default('newest-import');

/**
 * A policy as a page posts it. Rows come as lists of equal length: `freeBelowPercent` and `maxAge` of tiers, `tag`,
 * `tagMaxAge` and `tagGate` of tags.
 */
const forms = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('disk-pressure'),
    ...base,
    freeBelowPercent: listOf(number),
    maxAge: listOf(timeSpan),
    ageBasis,
  }),
  z.object({
    kind: z.literal('tag'),
    ...base,
    tag: listOf(z.string().max(60)),
    tagMaxAge: listOf(timeSpan),
    tagGate: listOf(numberOrNone),
    ageBasis,
  }),
  z.object({
    kind: z.literal('watched'),
    ...base,
    seenBy: z.enum(audiences),
    watchedFor: windowSpan,
    neverWatchedFor: spanOrNone,
    gate: numberOrNone,
    ageBasis,
  }),
  z.object({
    kind: z.literal('episodes'),
    ...base,
    showTags: commaList,
    showIds: listOf(idOf<ItemId>()),
    keepLast: numberOrNone,
    keepFor: spanOrNone,
    olderSeasons: checkbox,
    specials: checkbox,
    gate: numberOrNone,
  }),
]);

type Form = z.output<typeof forms>;

export const policyForm = forms.transform((form, context): PolicyDraft => {
  const shared = baseOf(form);
  const incomplete = (path: string, code: string) => {
    context.addIssue({ code: 'custom', path: [path], message: code });
    return z.NEVER;
  };
  switch (form.kind) {
    case 'disk-pressure': {
      const { kind, maxAge, ageBasis: basis } = form;
      if (form.freeBelowPercent.length !== maxAge.length)
        return incomplete('tiers', 'policy.tier-incomplete');
      const tiers = form.freeBelowPercent.map((freeBelowPercent, row) => ({
        freeBelowPercent,
        maxAgeDays: maxAge[row] ?? 0,
      }));
      return { ...shared, kind, tiers, ageBasis: basis };
    }
    case 'tag': {
      const { kind, tag, tagMaxAge, tagGate, ageBasis: basis } = form;
      if (tag.length !== tagMaxAge.length) return incomplete('tags', 'policy.tag-incomplete');
      const tags = tag.map((name, row) => ({
        tag: name,
        maxAgeDays: tagMaxAge[row] ?? 0,
        freeBelowPercent: tagGate[row] ?? null,
      }));
      return { ...shared, kind, tags, ageBasis: basis };
    }
    case 'watched': {
      const { kind, seenBy, watchedFor, neverWatchedFor, gate, ageBasis: basis } = form;
      const ages = { watchedDays: watchedFor, neverWatchedDays: neverWatchedFor };
      return { ...shared, kind, seenBy, ...ages, freeBelowPercent: gate, ageBasis: basis };
    }
    case 'episodes': {
      const { kind, showTags, showIds, keepLast, keepFor, olderSeasons, specials, gate } = form;
      const windows = { keepLast, keepDays: keepFor, olderSeasons, specials };
      return { ...shared, kind, showTags, showIds, ...windows, freeBelowPercent: gate };
    }
    default:
      return form satisfies never;
  }
});

const baseOf = (form: Form): Omit<PolicyBase, 'id' | 'armed' | 'enabled'> => ({
  name: form.name,
  unit: form.unit,
  cron: form.cron,
  timeZone: form.timeZone,
  connectionIds: form.connectionIds,
  diskIds: form.diskIds,
  target: targetOf(form),
  leavingSoonDays: form.leavingSoon,
  order: form.order,
  caps: {
    items: form.capItems,
    bytes: Math.round(form.capGigabytes * GIGABYTE),
    libraryPercent: form.capLibraryPercent,
  },
  shows: form.shows,
  keepsFirstSeason: form.keepsFirstSeason,
  midShowDays: form.midShow,
  requestedWithinDays: form.requestedWithin,
  exclusionTags: form.exclusionTags,
  favouritesProtect: form.favouritesProtect,
  favouriteUsers: form.favouriteUsers,
  halfWayProtects: form.halfWayProtects,
  addImportExclusion: form.addImportExclusion,
  removeRequests: form.removeRequests,
  needsApproval: form.needsApproval,
  torrents: { remove: form.torrentsRemove, minRatio: form.torrentRatio, minSeedDays: form.torrentDays },
});

function targetOf({ targetValue, targetUnit }: Form): PolicyBase['target'] {
  if (targetValue === null) return null;
  return targetUnit === 'percent'
    ? { unit: 'percent', value: targetValue }
    : { unit: 'bytes', value: Math.round(targetValue * GIGABYTE) };
}

const formFields: Partial<Record<PolicyProblem['field'], string>> = {
  leavingSoonDays: 'leavingSoon',
  target: 'targetValue',
  midShowDays: 'midShow',
  requestedWithinDays: 'requestedWithin',
  watchedDays: 'watchedFor',
  neverWatchedDays: 'neverWatchedFor',
  keepDays: 'keepFor',
  freeBelowPercent: 'gate',
  'caps.items': 'capItems',
  'caps.bytes': 'capGigabytes',
  'caps.libraryPercent': 'capLibraryPercent',
  'torrents.minRatio': 'torrentRatio',
  'torrents.minSeedDays': 'torrentDays',
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
