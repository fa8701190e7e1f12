import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { channelKinds, type ChannelKind, type ChannelTarget } from '#features/notifications/core/channel.ts';
import type { MessageLine } from '#features/notifications/core/message.ts';
import type { SendProblem } from '#features/notifications/core/send-problem.ts';
import type { Senders } from '#features/notifications/server/ports.ts';
import type { MailSimulator } from '#tools/simulators/receivers/mail.ts';
import { startReceivers } from '#tools/simulators/receivers/start.ts';
import { receiverKinds, type ReceiversSimulator } from '#tools/simulators/receivers/house.ts';
import { createDiscordSender } from './notify-discord/sender.ts';
import { createEmailSender } from './notify-email/sender.ts';
import { createGotifySender } from './notify-gotify/sender.ts';
import { createNtfySender } from './notify-ntfy/sender.ts';
import { createTelegramSender } from './notify-telegram/sender.ts';
import { isSigned } from './notify-webhook/signature.ts';
import { createWebhookSender } from './notify-webhook/sender.ts';
import { aMessage, mailServers, mailSettings, mailUser } from './senders.fake.ts';
import { promptHttp } from './simulated.fake.ts';

let services: ReceiversSimulator;
let mail: MailSimulator;
const mails = mailServers();

beforeAll(async () => {
  services = await startReceivers();
  mail = await mails.open();
});
beforeEach(() => {
  services.received.length = 0;
  services.faults.clear();
  mail.letters.length = 0;
});
afterAll(async () => {
  await Promise.all([services.close(), mails.close()]);
});

const http = promptHttp();
const senders: Senders = {
  email: createEmailSender(),
  discord: createDiscordSender(http),
  telegram: createTelegramSender(http),
  ntfy: createNtfySender(http),
  gotify: createGotifySender(http),
  webhook: createWebhookSender(http),
};

/** A channel of each kind that works. */
const targets: Record<ChannelKind, () => ChannelTarget> = {
  email: () => ({ settings: mailSettings(mail.port), secret: mailUser.password }),
  discord: () => ({ settings: { kind: 'discord' }, secret: services.discordUrl }),
  telegram: () => ({
    settings: { kind: 'telegram', url: services.url, chat: '-1001234', thread: null },
    secret: services.secrets.telegram,
  }),
  ntfy: () => ({
    settings: { kind: 'ntfy', url: services.url, topic: 'house', priority: 3 },
    secret: services.secrets.ntfy,
  }),
  gotify: () => ({
    settings: { kind: 'gotify', url: services.url, priority: 4 },
    secret: services.secrets.gotify,
  }),
  webhook: () => ({
    settings: { kind: 'webhook', url: `${services.url}/hooks/keepercheky` },
    secret: services.secrets.webhook,
  }),
};

const send = (kind: ChannelKind, message = aMessage(), target = targets[kind]()) =>
  senders[kind].send(target, message);

async function problemOf(kind: ChannelKind, target: ChannelTarget): Promise<SendProblem> {
  const sent = await send(kind, aMessage(), target);
  if (sent.ok) throw new Error('it was sent');
  return sent.error;
}

const octet = (_: string, hex: string): string => String.fromCharCode(parseInt(hex, 16));
/** Quoted-printable taken apart. */
const plain = (raw: string): string => raw.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, octet);

/** Everything that arrived at the service, as one text. */
const arrived = (kind: ChannelKind): string =>
  kind === 'email'
    ? mail.letters.map(({ raw }) => plain(raw)).join('\n')
    : JSON.stringify(services.received.map(({ body }) => body));

const countOf = (kind: ChannelKind): number => (kind === 'email' ? mail.letters : services.received).length;

const kinds = channelKinds;
const overHttp = receiverKinds;

describe.each(kinds)('C-19: a %s sender', (kind) => {
  test('gets a message out, with its title, its lines and its links', async () => {
    expect(await send(kind)).toEqual({ ok: true, value: undefined });
    expect(countOf(kind)).toBe(1);
    for (const part of ['2 titles leave soon', 'Dune', 'Alien', 'https://keep.example.org/keep/abc'])
      expect(arrived(kind)).toContain(part);
    expect(arrived(kind)).toContain('https://keep.example.org/leaving');
  });

  test('keeps within the limits of the service, says how many lines are missing, and cuts no link', async () => {
    const url = `https://keep.example.org/keep/${'x'.repeat(43)}`;
    const lines: MessageLine[] = Array.from({ length: 3000 }, (_, index) => ({
      text: `El año de la <niñez> & "más" ${index}`,
      link: { label: 'Conservarlo', url },
    }));
    expect(await send(kind, aMessage({ title: 'T'.repeat(5000), lines, language: 'es' }))).toMatchObject({
      ok: true,
    });
    expect(arrived(kind)).toMatch(/ y \d+ m.{1,2}s/);
    const links = arrived(kind).match(/https:\/\/keep\.example\.org\/keep\/x*/g) ?? [];
    expect(links.length).toBeGreaterThan(5);
    expect(new Set(links)).toEqual(new Set([url]));
  });

  test('takes titles as text, whatever is in them', async () => {
    const text = '<b>&amp;</b> _*[@everyone](http://evil)*_ `x` || <a href="http://evil">';
    expect(await send(kind, aMessage({ title: text, lines: [{ text }] }))).toMatchObject({ ok: true });
    expect(countOf(kind)).toBe(1);
  });

  test('sends a message that is only a title', async () => {
    expect(await send(kind, aMessage({ lines: [], link: null }))).toMatchObject({ ok: true });
  });

  test('says that nobody listens there', async () => {
    const dead = await startReceivers();
    await dead.close();
    const { settings, secret } = targets[kind]();
    const port = Number(new URL(dead.url).port);
    const moved: Record<ChannelKind, ChannelTarget> = {
      email: { settings: mailSettings(port), secret },
      discord: { settings, secret: dead.discordUrl },
      telegram: { settings: { kind: 'telegram', url: dead.url, chat: '1', thread: null }, secret },
      ntfy: { settings: { kind: 'ntfy', url: dead.url, topic: 'house', priority: 3 }, secret },
      gotify: { settings: { kind: 'gotify', url: dead.url, priority: 4 }, secret },
      webhook: { settings: { kind: 'webhook', url: dead.url }, secret },
    };
    expect(await problemOf(kind, moved[kind])).toMatchObject({ code: 'send.refused' });
  });

  test('says that the secret is refused, and never repeats it', async () => {
    const wrong: Record<ChannelKind, string> = {
      email: 'wrong horse',
      discord: `${services.discordUrl}x`,
      telegram: '987654321:AAF-another_token_than_the_right',
      ntfy: 'tk_another',
      gotify: 'Another',
      webhook: 'another secret of sixteen',
    };
    const problem = await problemOf(kind, { ...targets[kind](), secret: wrong[kind] });
    expect(problem).toEqual({ code: 'send.secret-refused' });
    expect(countOf(kind)).toBe(0);
  });
});

describe.each(overHttp)('C-19: a %s sender over HTTP', (kind) => {
  const path = {
    discord: 'webhooks',
    telegram: 'sendMessage',
    ntfy: '*',
    gotify: 'message',
    webhook: 'hooks',
  };

  test('says how long to wait when there were too many', async () => {
    services.limited[kind] = 1;
    const asked = { discord: 65_000, telegram: 35_000, ntfy: null, gotify: null, webhook: 20_000 };
    expect(await problemOf(kind, targets[kind]())).toEqual({
      code: 'send.rate-limited',
      retryAfterMs: asked[kind],
    });
    expect(await send(kind)).toMatchObject({ ok: true });
  });

  test.each([
    ['500', 'send.server-error'],
    ['html', 'send.another-program'],
    ['redirect', 'send.redirected'],
    ['drop', 'send.unreachable'],
  ] as const)('meets %s with %s', async (fault, code) => {
    services.faults.add({ path: path[kind], kind: fault });
    expect(await problemOf(kind, targets[kind]())).toMatchObject({ code });
  });
});

test('a chat, a topic or a webhook that is not there is named', async () => {
  const at = { kind: 'telegram', url: services.url, thread: null } as const;
  const telegram = (chat: string) =>
    problemOf('telegram', { settings: { ...at, chat }, secret: services.secrets.telegram });
  expect(await telegram('nowhere')).toMatchObject({
    code: 'send.not-found',
    reason: expect.stringContaining('chat') as string,
  });
  expect(await telegram('blocked')).toMatchObject({ code: 'send.rejected' });
  expect(
    await problemOf('discord', {
      settings: { kind: 'discord' },
      secret: `${services.url}/api/webhooks/1/abc`,
    }),
  ).toMatchObject({ code: 'send.not-found' });
  expect(
    await problemOf('ntfy', {
      ...targets.ntfy(),
      settings: { kind: 'ntfy', url: services.url, topic: 'read-only', priority: 3 },
    }),
  ).toEqual({ code: 'send.secret-refused' });
  expect(
    await problemOf('webhook', {
      ...targets.webhook(),
      settings: { kind: 'webhook', url: `${services.url}/hooks/other` },
    }),
  ).toMatchObject({ code: 'send.not-found' });
});

test('a public topic of ntfy needs no token', async () => {
  const settings = { kind: 'ntfy', url: services.url, topic: 'open', priority: 3 } as const;
  expect(await send('ntfy', aMessage(), { settings, secret: null })).toMatchObject({ ok: true });
});

test('what is urgent says so where a service knows urgency', async () => {
  for (const kind of ['ntfy', 'gotify'] as const) await send(kind, aMessage({ isUrgent: true }));
  expect(services.received.map(({ body }) => body['priority'])).toEqual([4, 8]);
});

test('Discord is told to wake nobody', async () => {
  await send('discord', aMessage({ title: '@everyone' }));
  expect(services.received[0]?.body).toMatchObject({ allowed_mentions: { parse: [] } });
});

test('a webhook is signed with the time, and a recorded call is worth nothing five minutes later', async () => {
  await send('webhook');
  const [call] = services.requests.slice(-1);
  const header = String(call?.headers['x-keepercheky-signature']);
  const secret = services.secrets.webhook;
  const later = (seconds: number) => new Date(Date.now() + seconds * 1000);
  const body = call?.body ?? '';
  expect(isSigned(header, body, { secret, now: later(0) })).toBe(true);
  expect(isSigned(header, body, { secret, now: later(400) })).toBe(false);
  expect(isSigned(header, `${body} `, { secret, now: later(0) })).toBe(false);
  expect(isSigned(header, body, { secret: 'another secret of sixteen', now: later(0) })).toBe(false);
  expect(
    isSigned(header.replace(/^t=\d+/, `t=${Math.floor(Date.now() / 1000) + 1}`), body, {
      secret,
      now: later(0),
    }),
  ).toBe(false);
  expect(services.received[0]?.body).toMatchObject({ version: 1, id: 'd-1', event: 'leaving-soon' });
});
