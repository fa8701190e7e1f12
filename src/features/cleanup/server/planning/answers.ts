import { z } from '@hono/zod-openapi';
import type { Fact } from '#core/fact.ts';
import { itemKinds, titleKinds } from '#features/library/core/item.ts';
import { pageOf } from '#server/platform/answers.ts';
import { fates, heldBackBy, type Plan, type PlanEntry } from '../../core/plan/plan.ts';
import { standings, type Verdict } from '../../core/judging/verdict.ts';
import { mediaStatuses, type Leaving, type MediaRow, type PlanSummary } from './planning.ports.ts';
import type { Why } from '../media/items.service.ts';
import type { PolicyView } from '../policies/policies.service.ts';
import { policyAnswerSchema, policyBodyOf } from '../policies/policy.schemas.ts';

/** Dates as text, at any depth: what `Response.json` would write, in a form that types can follow. */
const moment = z.iso.datetime();
const at = (date: Date): string => date.toISOString();
const atOrNull = (date: Date | null): string | null => date?.toISOString() ?? null;
const amount = z.number().int();
const sum = z.object({ items: amount, bytes: amount });

const measure = z.object({ value: z.number().nullable(), why: z.string().nullable() });
const measured = (fact: Fact<number>) =>
  fact.known ? { value: fact.value, why: null } : { value: null, why: fact.why };

/** Those in the file of an episode (T-05); empty for everything else. */
const episodePlaces = z.array(z.object({ seasonNumber: amount, episodeNumber: amount }));
const placesOf = (episodes: PlanEntry['episodes']) =>
  episodes.map(({ seasonNumber, episodeNumber }) => ({ seasonNumber, episodeNumber }));

export const fateSchema = z.enum(fates);

const one = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);
const plain = z.union([one, z.record(z.string(), one)]);
type Plain = z.infer<typeof plain>;

/** The values beside a code, dates as text. */
const plainValues = (values: object): Record<string, Plain> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, unknown]) => [
      name,
      value instanceof Date ? value.toISOString() : isGroup(value) ? plainValues(value) : (value as Plain),
    ]),
  ) as Record<string, Plain>;

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One link of the chain: `check` says what was looked at, the rest are the values that decided it. */
const stepSchema = z
  .object({ check: z.string(), outcome: z.enum(['go-on', 'stop', 'unknown']) })
  .catchall(plain)
  .openapi('Step');

const verdictFields = {
  standing: z.enum(standings),
  dueAt: moment.nullable(),
  markedSince: moment.nullable(),
  steps: z.array(stepSchema),
};

const verdictAnswer = ({ standing, dueAt, markedSince, steps }: Verdict) => ({
  standing,
  dueAt: atOrNull(dueAt),
  markedSince: atOrNull(markedSince),
  steps: steps.map((step) => ({ ...plainValues(step), check: step.check, outcome: step.outcome })),
});

export const planSchema = z
  .object({
    id: z.string(),
    policyId: z.string(),
    policyName: z.string(),
    madeAt: moment,
    disks: z.array(
      z.object({
        diskId: z.string(),
        path: z.string(),
        totalBytes: measure,
        freeBytes: measure,
        projectedFreeBytes: measure,
        maxAgeDays: amount.nullable(),
      }),
    ),
    totals: z.object({
      remove: sum,
      heldBack: sum,
      leavingSoon: sum,
      eligible: sum,
      protected: amount,
      unknown: amount,
      kept: amount,
    }),
    /** Not empty: a run would be stopped, for these reasons. */
    breaker: z.array(z.object({ code: z.string() }).catchall(plain)),
  })
  .openapi('Plan');

export const planAnswer = (plan: Omit<Plan, 'entries'> | PlanSummary, policyName: string) => ({
  id: plan.id,
  policyId: plan.policyId,
  policyName,
  madeAt: at(plan.madeAt),
  disks: plan.disks.map(({ totalBytes, freeBytes, projectedFreeBytes, ...disk }) => ({
    ...disk,
    totalBytes: measured(totalBytes),
    freeBytes: measured(freeBytes),
    projectedFreeBytes: measured(projectedFreeBytes),
  })),
  totals: plan.totals,
  breaker: plan.breaker.map((trip) => ({ ...plainValues(trip), code: trip.code })),
});

export const entrySchema = z
  .object({
    itemId: z.string(),
    kind: z.enum(itemKinds),
    title: z.string(),
    year: amount.nullable(),
    seasonNumber: amount.nullable(),
    episodes: episodePlaces,
    diskId: z.string().nullable(),
    sizeBytes: amount.nullable(),
    score: z.number().nullable(),
    fate: fateSchema,
    position: amount.nullable(),
    heldBackBy: z.enum(heldBackBy).nullable(),
    ...verdictFields,
  })
  .openapi('PlanEntry');

export const entryAnswer = ({ verdict, fate, ...entry }: PlanEntry) => ({
  ...entry,
  episodes: placesOf(entry.episodes),
  fate: fate.is,
  position: 'position' in fate ? fate.position : null,
  heldBackBy: 'by' in fate ? fate.by : null,
  ...verdictAnswer(verdict),
});

/** A plan with one page of its entries. */
export const planWithEntries = planSchema.extend({ entries: pageOf(entrySchema) }).openapi('PlanWithEntries');

/** As it is answered: what the schema takes as text it gives as text. */
const policyBodySchema = policyAnswerSchema.openapi('Policy');

export const scheduleSchema = z
  .object({
    id: z.string(),
    enabled: z.boolean(),
    armed: z.boolean(),
    armedAt: moment.nullable(),
    createdAt: moment,
    changedAt: moment,
    nextRunAt: moment.nullable(),
    missingTags: z.array(z.string()),
    policy: policyBodySchema,
    lastPlan: planSchema.nullable(),
  })
  .openapi('Schedule');

export const scheduleAnswer = ({ policy, nextRunAt, lastPlan, missingTags }: PolicyView) => ({
  id: policy.id,
  enabled: policy.enabled,
  armed: policy.armed,
  armedAt: atOrNull(policy.armedAt),
  createdAt: at(policy.createdAt),
  changedAt: at(policy.changedAt),
  nextRunAt: atOrNull(nextRunAt),
  missingTags: [...missingTags],
  policy: policyBodyOf(policy),
  lastPlan: lastPlan && planAnswer(lastPlan, lastPlan.policyName),
});

export const mediaRowSchema = z
  .object({
    id: z.string(),
    kind: z.enum(titleKinds),
    showId: z.string().nullable(),
    seasonNumber: amount.nullable(),
    connectionId: z.string(),
    diskId: z.string().nullable(),
    title: z.string(),
    year: amount.nullable(),
    hasPoster: z.boolean(),
    fileCount: amount,
    sizeBytes: amount.nullable(),
    addedAt: moment,
    newestFileAt: moment.nullable(),
    lastWatchedAt: moment.nullable(),
    watchWhy: z.string().nullable(),
    requestedBy: z.array(z.string()),
    tags: z.array(z.string()),
    status: z.enum(mediaStatuses),
    dueAt: moment.nullable(),
    excludedUntil: moment.nullable(),
  })
  .openapi('MediaRow');

export const mediaRowAnswer = (row: MediaRow) => ({
  ...row,
  addedAt: at(row.addedAt),
  newestFileAt: atOrNull(row.newestFileAt),
  lastWatchedAt: atOrNull(row.lastWatchedAt),
  dueAt: atOrNull(row.dueAt),
  excludedUntil: atOrNull(row.excludedUntil),
  requestedBy: [...row.requestedBy],
  tags: [...row.tags],
});

export const leavingSchema = z
  .object({
    itemId: z.string(),
    kind: z.enum(itemKinds),
    title: z.string(),
    year: amount.nullable(),
    seasonNumber: amount.nullable(),
    episodes: episodePlaces,
    sizeBytes: amount.nullable(),
    requestedBy: z.array(z.string()),
    dueAt: moment,
    policyId: z.string(),
    policyName: z.string(),
    armed: z.boolean(),
  })
  .openapi('Leaving');

export const leavingAnswer = (row: Leaving) => ({
  ...row,
  episodes: placesOf(row.episodes),
  dueAt: at(row.dueAt),
  requestedBy: [...row.requestedBy],
});

export const whySchema = z
  .object({
    policyId: z.string(),
    policyName: z.string(),
    enabled: z.boolean(),
    armed: z.boolean(),
    ...verdictFields,
    /** Of an episode policy on a show or season: what becomes of its episode files. */
    episodes: z.object({ goes: amount, leavesSoon: amount, stays: amount }).nullable(),
  })
  .openapi('Why');

export const whyAnswer = ({ policy, verdict, episodes }: Why) => ({
  policyId: policy.id,
  policyName: policy.name,
  enabled: policy.enabled,
  armed: policy.armed,
  ...verdictAnswer(verdict),
  episodes,
});
