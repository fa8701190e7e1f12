import { z } from '@hono/zod-openapi';
import type { Result } from '#core/result.ts';
import { languages, topics, type Channel } from '../core/channel.ts';
import type { PersonAddress } from '../core/recipients.ts';
import type { SendProblem } from '../core/send-problem.ts';
import type { NotificationSettings } from '../core/settings.ts';
import type { Delivery } from './ports.ts';
import { settingsSchema } from './schemas.ts';

/** There is no secret in it, and no way to ask for one. */
export const channelAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    enabled: z.boolean(),
    topics: z.array(z.enum(topics)),
    language: z.enum(languages),
    tellsRequesters: z.boolean(),
    settings: settingsSchema,
    hasSecret: z.boolean(),
  })
  .openapi('NotificationChannel');

const problem = z
  .object({ code: z.string().openapi({ example: 'send.rate-limited' }) })
  .catchall(z.union([z.string(), z.number(), z.null()]))
  .openapi('SendProblem');

export const testAnswer = z
  .discriminatedUnion('ok', [z.object({ ok: z.literal(true) }), z.object({ ok: z.literal(false), problem })])
  .openapi('NotificationTest');

export const deliveryAnswer = z
  .object({
    id: z.string(),
    channelId: z.string(),
    topic: z.string(),
    /** Who it is for, when it is for one person. */
    person: z.string().nullable(),
    state: z.enum(['pending', 'sending', 'sent', 'failed']),
    problem: problem.nullable(),
    tries: z.number().int(),
    createdAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .openapi('NotificationDelivery');

export const personAnswer = z
  .object({
    name: z.string(),
    email: z.string().nullable(),
    ntfyTopic: z.string().nullable(),
    telegramChat: z.string().nullable(),
  })
  .openapi('NotificationPerson');

export const settingsAnswer = z
  .object({ publicUrl: z.string().nullable(), keepDays: z.number().int() })
  .openapi('NotificationSettings');

export const toChannel = (channel: Channel): z.infer<typeof channelAnswer> => ({
  ...channel,
  topics: [...channel.topics],
  settings:
    channel.settings.kind === 'email'
      ? { ...channel.settings, to: [...channel.settings.to] }
      : channel.settings,
});

export const toTest = (outcome: Result<void, SendProblem>): z.infer<typeof testAnswer> =>
  outcome.ok ? { ok: true } : { ok: false, problem: { ...outcome.error } };

export const toDelivery = ({
  id,
  channelId,
  notice,
  state,
  problem: found,
  tries,
  createdAt,
  endedAt,
}: Delivery): z.infer<typeof deliveryAnswer> => ({
  id,
  channelId,
  topic: notice.topic,
  person: 'person' in notice ? notice.person : null,
  state,
  problem: found && { ...found },
  tries,
  createdAt: createdAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
});

export const toPerson = (person: PersonAddress): z.infer<typeof personAnswer> => person;
export const toSettings = (settings: NotificationSettings): z.infer<typeof settingsAnswer> => settings;
