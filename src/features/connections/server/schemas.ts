import { z } from 'zod';
import {
  serviceKinds,
  type Health,
  type PathMapping,
  type ProbeProblem,
  type ServiceKind,
} from '../core/connection.ts';
import { hasUser, joinCredentials } from '../core/credentials.ts';

/* The messages are codes; the pages turn them into sentences. */

const name = z.string().trim().min(1, 'required').max(60, 'too_long');
const url = z.string().trim().min(1, 'required').max(500, 'too_long');
/**
 * Printable ASCII, because it travels in a header; a password may have spaces. For qBittorrent and Transmission it is
 * `user:password`.
 */
const key = z
  .string()
  .trim()
  .min(1, 'required')
  .max(200, 'too_long')
  .regex(/^[\x20-\x7e]+$/, 'key-characters');

const absolutePath = z
  .string()
  .trim()
  .max(1000, 'too_long')
  .regex(/^([/\\]|[A-Za-z]:[/\\])/, 'path-absolute');

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
  z.object({ code: z.literal('probe.metadata'), host: z.string() }),
  z.object({ code: z.literal('probe.refused'), host: z.string() }),
  z.object({ code: z.literal('probe.csrf-protection-on') }),
  z.object({ code: z.literal('probe.locked-out') }),
  z.object({ code: z.literal('probe.api-off') }),
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

/** A row of the form that is half empty says so at the empty side. */
const mappingRow = /^(theirs|ours)-(\d{1,2})$/;

/** `theirs-0`, `ours-0`, `theirs-1` …: the rows of the form, of which those that are empty do not count. */
function readMappings(fields: Readonly<Record<string, unknown>>, context: z.RefinementCtx): PathMapping[] {
  const mappings: PathMapping[] = [];
  const rows = new Set(Object.keys(fields).flatMap((name) => mappingRow.exec(name)?.[2] ?? []));
  for (const row of rows) {
    const side = (name: 'theirs' | 'ours') => readSide(`${name}-${row}`, fields, context);
    const [theirs, ours] = [side('theirs'), side('ours')];
    if (theirs !== '' && ours !== '') mappings.push({ theirs, ours });
    else if (theirs !== ours) {
      context.addIssue({
        code: 'custom',
        message: 'path-pair',
        path: [`${ours === '' ? 'ours' : 'theirs'}-${row}`],
      });
    }
  }
  return mappings;
}

function readSide(name: string, fields: Readonly<Record<string, unknown>>, context: z.RefinementCtx): string {
  const typed = typeof fields[name] === 'string' ? fields[name].trim() : '';
  if (typed === '' || absolutePath.safeParse(typed).success) return typed;
  context.addIssue({ code: 'custom', message: 'path-absolute', path: [name] });
  return typed;
}

const emptyIsKept = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() === '' ? undefined : value;
const ticked = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on');

/** A service as a page posts it. `anyway`: save although the test failed. */
const connectionFields = z.looseObject({
  name: z.preprocess(emptyIsKept, name.optional()),
  url,
  enabled: ticked,
  anyway: ticked,
});

/** Empty where the program has no users, or asks for no login. A colon would move into the password. */
const user = z
  .string()
  .trim()
  .max(100, 'too_long')
  .regex(/^[\x20-\x39\x3b-\x7e]*$/, 'user-characters')
  .optional();

const keyWith = (kind: ServiceKind, name: string | undefined, secret: string): string =>
  hasUser(kind) ? joinCredentials(name ?? '', secret) : secret;

export const newConnectionForm = connectionFields
  .extend({ kind: z.enum(serviceKinds), user, key })
  .transform(({ kind, name, url, user: login, key: secret, enabled, anyway, ...rest }, context) => ({
    kind,
    name,
    url,
    key: keyWith(kind, login, secret),
    enabled,
    anyway,
    pathMappings: readMappings(rest, context),
  }));

/** The name is sealed with the password, so one cannot be changed without the other. */
function changedKey(
  { kind, login, secret }: { kind: ServiceKind | undefined; login: string; secret: string | undefined },
  context: z.RefinementCtx,
): string | undefined {
  if (kind === undefined || !hasUser(kind)) return secret;
  if (secret !== undefined) return joinCredentials(login, secret);
  if (login !== '') context.addIssue({ code: 'custom', message: 'user-needs-password', path: ['key'] });
  return undefined;
}

export const changedConnectionForm = connectionFields
  .extend({ kind: z.enum(serviceKinds).optional(), user, key: z.preprocess(emptyIsKept, key.optional()) })
  .transform(({ kind, name, url, user: login = '', key: secret, enabled, anyway, ...rest }, context) => ({
    name,
    url,
    key: changedKey({ kind, login, secret }, context),
    enabled,
    anyway,
    pathMappings: readMappings(rest, context),
  }));

/** The first run asks for less: no mappings, and the service is always switched on. */
export const firstConnectionForm = z
  .object({
    kind: z.enum(serviceKinds),
    name: z.preprocess(emptyIsKept, name.optional()),
    url,
    user,
    key,
  })
  .transform(({ user: login, key: secret, ...rest }) => ({
    ...rest,
    key: keyWith(rest.kind, login, secret),
  }));

export const connectionIdForm = z.object({ id: z.string().min(1) });
export const connectionSwitchForm = z.object({ id: z.string().min(1), enabled: ticked });
