import { createTransport, type Transporter } from 'nodemailer';
import { err, ok } from '#core/result.ts';
import type { ChannelSettings } from '#features/notifications/core/channel.ts';
import { cut, escapeHtml, fitLines, oneLine, plainLine } from '#features/notifications/core/fit.ts';
import type { Message, MessageLine } from '#features/notifications/core/message.ts';
import type { Sender } from '#features/notifications/server/ports.ts';
import { toMailProblem } from './problem.ts';

type MailSettings = Extract<ChannelSettings, { kind: 'email' }>;

const LONGEST_SUBJECT = 150;
/** Far below what any mail server takes. */
const LONGEST_TEXT = 200_000;
const ANSWER_WITHIN_MS = 15_000;
const DATA_WITHIN_MS = 30_000;

/** One connection per message: there are few, and an open one would be cut by the server anyway. */
export const createEmailSender = (
  open: (settings: MailSettings, password: string | null) => Transporter = openServer,
): Sender => ({
  async send({ settings, secret }, message) {
    if (settings.kind !== 'email') throw new Error(`A ${settings.kind} channel came to the e-mail sender`);
    const server = open(settings, secret);
    try {
      await server.sendMail({
        from: { name: 'KeeperCheky', address: settings.from },
        to: [...settings.to],
        // The same on every try, so that a server that has it already can tell.
        messageId: `<${message.id}@keepercheky>`,
        date: message.at,
        // Holiday notices are not sent back to it.
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        disableFileAccess: true,
        disableUrlAccess: true,
        ...toMail(message),
      });
      return ok(undefined);
    } catch (problem) {
      return err(toMailProblem(problem, settings, { password: secret, afterMs: ANSWER_WITHIN_MS }));
    } finally {
      server.close();
    }
  },
});

const openServer = ({ host, port, security, user }: MailSettings, password: string | null): Transporter =>
  createTransport({
    host: host.replace(/^\[|\]$/g, ''),
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user !== null && password !== null ? { auth: { user, pass: password } } : {}),
    connectionTimeout: ANSWER_WITHIN_MS,
    greetingTimeout: ANSWER_WITHIN_MS,
    dnsTimeout: ANSWER_WITHIN_MS,
    socketTimeout: DATA_WITHIN_MS,
  });

export const toMail = (message: Message) => ({
  subject: cut(oneLine(message.title), LONGEST_SUBJECT),
  text: [
    fitLines(message, { render: plainLine, limit: LONGEST_TEXT }),
    message.link ? `${message.link.label}: ${message.link.url}` : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n'),
  html: [
    '<!doctype html><meta charset="utf-8">',
    `<body style="font-family:sans-serif;line-height:1.5"><h2>${escapeHtml(oneLine(message.title))}</h2>`,
    fitLines(message, { render: htmlLine, limit: LONGEST_TEXT }),
    message.link ? `<p>${anchor(message.link)}</p>` : '',
    '</body>',
  ].join('\n'),
});

const anchor = ({ label, url }: { label: string; url: string }): string =>
  `<a href="${escapeHtml(url)}">${escapeHtml(label)}</a>`;

const htmlLine = ({ text, link }: MessageLine): string =>
  `<p>${escapeHtml(text)}${link ? ` &nbsp; ${anchor(link)}` : ''}</p>`;
