import { z } from 'zod';
import { languages, mailSecurities, topics, type ChannelSettings } from '../core/channel.ts';

/* The messages are codes; the pages turn them into sentences. */

const name = z.string().trim().min(1, 'required').max(60, 'too_long');
const url = z.string().trim().min(1, 'required').max(500, 'too_long');
const secret = z.string().trim().min(1, 'required').max(500, 'too_long');
const port = z.coerce.number().int().min(1).max(65_535);
const mailbox = z.email().max(200);
const mailboxes = z.array(mailbox).min(1, 'required').max(20, 'too_many');
const chat = z
  .string()
  .trim()
  .regex(/^(-?\d{1,20}|@\w{3,64})$/, 'notifications.bad-chat');
const topicName = z
  .string()
  .trim()
  .regex(/^[-\w]{1,64}$/, 'notifications.bad-topic');
const thread = z.coerce.number().int().positive();

const fields = {
  email: {
    kind: z.literal('email'),
    host: z.string().trim().min(1, 'required').max(255, 'too_long'),
    port,
    security: z.enum(mailSecurities),
    from: mailbox,
  },
  telegram: { kind: z.literal('telegram'), chat },
  ntfy: { kind: z.literal('ntfy'), topic: topicName, priority: z.coerce.number().int().min(1).max(5) },
  gotify: { kind: z.literal('gotify'), url, priority: z.coerce.number().int().min(0).max(10) },
  webhook: { kind: z.literal('webhook'), url },
  discord: { kind: z.literal('discord') },
};

const TELEGRAM = 'https://api.telegram.org';
const NTFY = 'https://ntfy.sh';

/** Settings as JSON, in answers and questions of the API. */
export const settingsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...fields.email, user: z.string().max(200).nullable().default(null), to: mailboxes }),
  z.strictObject(fields.discord),
  z.strictObject({ ...fields.telegram, url: url.default(TELEGRAM), thread: thread.nullable().default(null) }),
  z.strictObject({ ...fields.ntfy, url: url.default(NTFY) }),
  z.strictObject(fields.gotify),
  z.strictObject(fields.webhook),
]) satisfies z.ZodType<ChannelSettings>;

const topicList = z.array(z.enum(topics)).max(topics.length);

export const newChannelSchema = z.strictObject({
  name,
  enabled: z.boolean().default(true),
  topics: topicList,
  language: z.enum(languages).default('en'),
  tellsRequesters: z.boolean().default(false),
  settings: settingsSchema,
  secret: secret.optional(),
});

/** Whatever is left out stays as it is. A secret that is left out is kept, and is never shown. */
export const changedChannelSchema = z.strictObject({
  name: name.optional(),
  enabled: z.boolean().optional(),
  topics: topicList.optional(),
  language: z.enum(languages).optional(),
  tellsRequesters: z.boolean().optional(),
  settings: settingsSchema.optional(),
  secret: secret.optional(),
});

const personParts = { email: mailbox, ntfyTopic: topicName, telegramChat: chat };

export const personSchema = z.strictObject({
  email: personParts.email.nullable().default(null),
  ntfyTopic: personParts.ntfyTopic.nullable().default(null),
  telegramChat: personParts.telegramChat.nullable().default(null),
});

const keepDays = z.coerce.number().int().min(1).max(3650);

export const notificationSettingsSchema = z.strictObject({ publicUrl: url.nullable(), keepDays }).partial();

const emptyIsNone = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() === '' ? undefined : value;
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(emptyIsNone, schema.optional());
const ticked = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on');
/** Boxes that are ticked: none, one text, or several. */
const boxes = z.preprocess(
  (value) => (value === undefined ? [] : typeof value === 'string' ? [value] : value),
  topicList,
);
/** `ana@example.org, bea@example.org` */
const mailboxText = z.preprocess(
  (text) => (typeof text === 'string' ? text.split(/[,;\s]+/).filter((one) => one !== '') : text),
  mailboxes,
);

const common = {
  name,
  enabled: ticked,
  topics: boxes,
  language: z.enum(languages),
  tellsRequesters: ticked,
  secret: optional(secret),
};

/** A channel as a page posts it: one flat form for each kind. */
export const channelForm = z
  .discriminatedUnion('kind', [
    z.object({ ...common, ...fields.email, user: optional(z.string().trim().max(200)), to: mailboxText }),
    z.object({ ...common, ...fields.discord }),
    z.object({ ...common, ...fields.telegram, url: optional(url), thread: optional(thread) }),
    z.object({ ...common, ...fields.ntfy, url: optional(url) }),
    z.object({ ...common, ...fields.gotify }),
    z.object({ ...common, ...fields.webhook }),
  ])
  .transform(({ name, enabled, topics, language, tellsRequesters, secret, ...rest }) => ({
    name,
    enabled,
    topics,
    language,
    tellsRequesters,
    secret,
    settings: settingsOf(rest),
  }));

type Rest =
  | (Omit<Extract<ChannelSettings, { kind: 'email' }>, 'user'> & { user?: string | undefined })
  | { kind: 'discord' }
  | { kind: 'telegram'; chat: string; url?: string | undefined; thread?: number | undefined }
  | { kind: 'ntfy'; topic: string; priority: number; url?: string | undefined }
  | Extract<ChannelSettings, { kind: 'gotify' | 'webhook' }>;

function settingsOf(rest: Rest): ChannelSettings {
  switch (rest.kind) {
    case 'email':
      return { ...rest, user: rest.user ?? null };
    case 'telegram':
      return { ...rest, url: rest.url ?? TELEGRAM, thread: rest.thread ?? null };
    case 'ntfy':
      return { ...rest, url: rest.url ?? NTFY };
    default:
      return rest;
  }
}

export const idForm = z.object({ id: z.string().min(1).max(60) });

export const settingsForm = z.object({ publicUrl: optional(url), keepDays });

export const personForm = z.object({
  person: z.string().trim().min(1, 'required').max(100, 'too_long'),
  email: optional(personParts.email),
  ntfyTopic: optional(personParts.ntfyTopic),
  telegramChat: optional(personParts.telegramChat),
});
export const personNameForm = z.object({ person: z.string().min(1).max(100) });
