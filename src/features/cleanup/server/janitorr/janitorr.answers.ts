import { z } from '@hono/zod-openapi';
import { policyBodyOf } from '../policies/policy.schemas.ts';
import { janitorrServices } from '../../core/janitorr/config.ts';
import type { ComparedItem } from '../../core/janitorr/compare.ts';
import { differenceCodes } from '../../core/janitorr/difference.ts';
import { draftKeys } from '../../core/janitorr/drafts.ts';
import { noPlaces, places } from '../../core/janitorr/keys.ts';
import type { Adopted } from './janitorr.adopt.ts';
import type { ImportComparison, ImportReading } from './janitorr.service.ts';

/** A code and the numbers and names that belong to it. */
const coded = z.looseObject({ code: z.string() });
const service = z.enum(janitorrServices);
const key = z.enum(draftKeys);
const problem = z.looseObject({ field: z.string(), code: z.string() });
const amount = z.object({ items: z.number().int(), bytes: z.number() });

export const readingSchema = z
  .object({
    keys: z.array(
      z.object({
        path: z.string(),
        isGiven: z.boolean(),
        shown: z.string().nullable(),
        isSecret: z.boolean(),
        becomes: z.enum(places).nullable(),
        noPlace: z.enum(noPlaces).nullable(),
        problem: z.string().nullable(),
        variable: z.object({ name: z.string(), isDefaulted: z.boolean() }).nullable(),
      }),
    ),
    notices: z.array(coded),
    connections: z.object({
      ready: z.array(z.object({ name: service, url: z.string(), existing: z.string().nullable() })),
      gaps: z.array(z.object({ name: service, missing: z.enum(['url', 'key']) })),
      off: z.array(service),
    }),
    policies: z.array(
      z.object({
        key,
        policy: z.looseObject({ name: z.string() }),
        notes: z.array(coded),
        problems: z.array(problem),
      }),
    ),
    settings: z.looseObject({ exclusionTags: z.array(z.string()), leavingSoonDays: z.number().int() }),
  })
  .openapi('JanitorrReading');

export const readingAnswer = ({ report, connections, policies, settings }: ImportReading) => ({
  keys: [...report.keys],
  notices: [...report.notices],
  connections: { ready: [...connections.ready], gaps: [...connections.gaps], off: [...connections.off] },
  policies: policies.map(({ key: own, draft, notes, problems }) => ({
    key: own,
    policy: policyBodyOf(draft),
    notes: [...notes],
    problems: [...problems],
  })),
  settings: { ...settings, exclusionTags: [...settings.exclusionTags] },
});

export const comparisonSchema = z
  .object({
    items: z.array(
      z.object({
        itemId: z.string(),
        kind: z.string(),
        title: z.string(),
        year: z.number().int().nullable(),
        seasonNumber: z.number().int().nullable(),
        episodeNumbers: z.array(z.number().int()),
        sizeBytes: z.number().nullable(),
        janitorr: z.object({ does: z.string(), why: z.string(), tag: z.string().nullable() }),
        ours: z.object({ fate: z.string(), policy: key.nullable() }),
        difference: z.enum(differenceCodes).nullable(),
      }),
    ),
    total: z.number().int(),
    janitorr: z.record(z.string(), amount),
    ours: z.record(z.string(), amount),
    bothRemove: amount,
    onlyJanitorrRemoves: amount,
    onlyWeRemove: amount,
    differences: z.array(amount.extend({ code: z.enum(differenceCodes), removals: amount })),
    space: z
      .object({ diskId: z.string(), path: z.string(), freePercent: z.number().nullable(), found: z.string() })
      .nullable(),
    stopped: z.array(z.object({ key, trips: z.array(coded) })),
    unusable: z.array(key),
  })
  .openapi('JanitorrComparison');

export const comparisonAnswer = ({ disks: _disks, ...comparison }: ImportComparison) => ({
  ...comparison,
  items: comparison.items.map(itemAnswer),
  differences: [...comparison.differences],
  stopped: comparison.stopped.map(({ key: own, trips }) => ({ key: own, trips: [...trips] })),
  unusable: [...comparison.unusable],
});

const itemAnswer = ({ janitorr, ours, episodeNumbers, ...item }: ComparedItem) => ({
  ...item,
  episodeNumbers: [...episodeNumbers],
  janitorr: { does: janitorr.does, why: janitorr.why, tag: janitorr.tag },
  ours: { fate: ours.fate, policy: ours.word?.key ?? null },
});

export const adoptedSchema = z
  .object({
    connections: z.array(z.object({ name: service, is: z.string(), problem: coded.optional() })),
    policies: z.array(
      z.object({ key, is: z.string(), id: z.string().optional(), problems: z.array(problem).optional() }),
    ),
    settings: z.boolean(),
  })
  .openapi('JanitorrAdopted');

export const adoptedAnswer = ({ connections, policies, settings }: Adopted) => ({
  connections: [...connections],
  policies: policies.map((one) => (one.is === 'made' ? one : { ...one, problems: [...one.problems] })),
  settings,
});
