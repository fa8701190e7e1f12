import { fieldsOf, json, type Call, type Reply, type Route } from '../http.ts';
import { isLimited, type Receivers } from './house.ts';

type Fields = Record<string, unknown>;
const lengthOf = (value: unknown): number => (typeof value === 'string' ? value.length : 0);

/** Discord's webhooks: "Execute Webhook" of its developer documentation. */
export const discordRoutes = (house: Receivers): Route[] => [
  [
    'POST',
    '/api/webhooks/:id/:token',
    (call) => {
      const { discordId, discordToken } = house.secrets;
      if (call.params['id'] !== discordId) return json(404, { message: 'Unknown Webhook', code: 10015 });
      if (call.params['token'] !== discordToken)
        return json(401, { message: 'Invalid Webhook Token', code: 50027 });
      if (isLimited(house, 'discord'))
        return {
          ...json(429, { message: 'You are being rate limited.', retry_after: 64.57, global: false }),
          headers: { 'retry-after': '65', 'x-ratelimit-remaining': '0' },
        };
      return discordAnswer(house, call);
    },
  ],
];

function discordAnswer(house: Receivers, call: Call): Reply {
  const body = fieldsOf(call);
  const [embed] = (Array.isArray(body['embeds']) ? body['embeds'] : []) as Fields[];
  if (!embed) return json(400, { message: 'Cannot send an empty message', code: 50006 });
  if (lengthOf(embed['title']) > 256 || lengthOf(embed['description']) > 4096)
    return json(400, { message: 'Invalid Form Body', code: 50035, errors: { embeds: {} } });
  house.received.push({ kind: 'discord', body, headers: call.headers });
  return call.query.get('wait') === 'true'
    ? json(200, {
        id: '1300000000000000001',
        type: 0,
        channel_id: '1',
        embeds: [embed],
        webhook_id: house.secrets.discordId,
      })
    : { status: 204 };
}

const refused = (code: number, description: string, more: Fields = {}): Reply =>
  json(code, { ok: false, error_code: code, description, ...more });

/** Telegram's Bot API: the token is part of the path. */
export const telegramRoutes = (house: Receivers): Route[] => [
  [
    'POST',
    '/:bot/sendMessage',
    (call) => {
      const token = (call.params['bot'] ?? '').replace(/^bot/, '');
      if (!/^\d+:[\w-]+$/.test(token)) return refused(404, 'Not Found');
      if (token !== house.secrets.telegram) return refused(401, 'Unauthorized');
      if (isLimited(house, 'telegram'))
        return refused(429, 'Too Many Requests: retry after 35', { parameters: { retry_after: 35 } });
      return telegramAnswer(house, call);
    },
  ],
];

function telegramAnswer(house: Receivers, call: Call): Reply {
  const body = fieldsOf(call);
  const chat = String(body['chat_id']);
  if (chat === 'blocked') return refused(403, 'Forbidden: bot was blocked by the user');
  if (!house.telegramChats.includes(chat)) return refused(400, 'Bad Request: chat not found');
  if (typeof body['text'] !== 'string' || body['text'] === '')
    return refused(400, 'Bad Request: message text is empty');
  const said = body['text'].replace(/<\/?(b|a)( href="[^"<>]*")?>/g, '');
  if (/[<>]|&(?!(amp|lt|gt|quot|#39);)/.test(said))
    return refused(400, "Bad Request: can't parse entities: Unsupported start tag at byte offset 0");
  if (said.length > 4096) return refused(400, 'Bad Request: message is too long');
  house.received.push({ kind: 'telegram', body, headers: call.headers });
  return json(200, {
    ok: true,
    result: {
      message_id: house.received.length,
      date: 1_760_000_000,
      chat: { id: 1, type: 'private' },
      text: said,
    },
  });
}
