import { z } from 'zod';
import { serviceKinds, type Health, type ProbeProblem } from '../core/connection.ts';

/* The messages are codes; the pages turn them into sentences. */

const name = z.string().trim().min(1, 'required').max(60, 'too_long');
const url = z.string().trim().min(1, 'required').max(500, 'too_long');
/** Printable ASCII, because it travels in a header. */
const key = z
  .string()
  .trim()
  .min(1, 'required')
  .max(200, 'too_long')
  .regex(/^[\x21-\x7e]+$/, 'key_characters');

const absolutePath = z
  .string()
  .trim()
  .max(1000, 'too_long')
  .regex(/^([/\\]|[A-Za-z]:[/\\])/, 'path_absolute');

export const pathMappingsSchema = z
  .array(z.strictObject({ theirs: absolutePath, ours: absolutePath }))
  .max(20, 'too_many');

export const newConnectionSchema = z.strictObject({
  kind: z.enum(serviceKinds),
  name,
  url,
  key,
  enabled: z.boolean().default(true),
  pathMappings: pathMappingsSchema.default([]),
});

/** Whatever is left out stays as it is. A key that is left out is kept, and is never shown. */
export const changedConnectionSchema = z.strictObject({
  name: name.optional(),
  url: url.optional(),
  key: key.optional(),
  enabled: z.boolean().optional(),
  pathMappings: pathMappingsSchema.optional(),
});

/** A test before saving. With an `id`, the saved key is used when none is given, but only for the saved server. */
export const draftSchema = z.strictObject({
  id: z.string().min(1).optional(),
  kind: z.enum(serviceKinds),
  url,
  key: key.optional(),
});

export const probeProblemSchema: z.ZodType<ProbeProblem> = z.discriminatedUnion('code', [
  z.object({ code: z.literal('probe.key-refused') }),
  z.object({ code: z.literal('probe.wrong-product'), expected: z.enum(serviceKinds), found: z.string() }),
  z.object({ code: z.literal('probe.html-answer') }),
  z.object({ code: z.literal('probe.redirected'), to: z.string() }),
  z.object({ code: z.literal('probe.certificate-not-trusted'), reason: z.string() }),
  z.object({ code: z.literal('probe.version-too-old'), found: z.string(), needs: z.string() }),
  z.object({ code: z.literal('probe.timed-out'), afterMs: z.number() }),
  z.object({ code: z.literal('probe.host-unknown'), host: z.string() }),
  z.object({ code: z.literal('probe.refused'), host: z.string() }),
  z.object({ code: z.literal('probe.csrf-protection-on') }),
  z.object({ code: z.literal('probe.not-set-up') }),
  z.object({ code: z.literal('probe.starting') }),
  z.object({ code: z.literal('probe.server-error'), status: z.number() }),
  z.object({ code: z.literal('probe.bad-answer'), what: z.string() }),
]);

const since = z.iso.datetime();
const identity = { since, product: z.string(), version: z.string() };

/** Health as JSON: in the database and in answers of the API. */
export const healthSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('untested') }),
  z.object({ state: z.literal('online'), ...identity }),
  z.object({ state: z.literal('degraded'), ...identity, why: z.string() }),
  z.object({ state: z.literal('offline'), since, why: probeProblemSchema }),
]);
export type StoredHealth = z.infer<typeof healthSchema>;

export const toStoredHealth = (health: Health): StoredHealth =>
  health.state === 'untested' ? health : { ...health, since: health.since.toISOString() };

export const fromStoredHealth = (health: StoredHealth): Health =>
  health.state === 'untested' ? health : { ...health, since: new Date(health.since) };
