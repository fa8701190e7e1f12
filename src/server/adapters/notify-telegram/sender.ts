import { z } from 'zod';
import { err, ok } from '#core/result.ts';
import { cut, escapeHtml, fitLines, oneLine } from '#features/notifications/core/fit.ts';
import type { Message, MessageLine } from '#features/notifications/core/message.ts';
import type { SendProblem } from '#features/notifications/core/send-problem.ts';
import type { Sender } from '#features/notifications/server/ports.ts';
import type { Http, HttpFailure } from '#server/platform/http.ts';
import { toSendProblem } from '../failures.ts';

/** Telegram counts after taking the tags out; counting them too stays on the safe side. */
const LONGEST_TEXT = 4096;
const LONGEST_TITLE = 300;
const TIMEOUT_MS = 15_000;

const answer = z.object({ ok: z.literal(true) });

/** The Bot API. The token is part of the path, so no failure may ever name the path. */
export const createTelegramSender = (http: Http): Sender => ({
  async send({ settings, secret }, message) {
    if (settings.kind !== 'telegram')
      throw new Error(`A ${settings.kind} channel came to the Telegram sender`);
    const token = secret ?? '';
    const client = http.at({ url: `${settings.url}/bot${token}`, headers: {}, secrets: [token] });
    const json = {
      chat_id: settings.chat,
      ...(settings.thread === null ? {} : { message_thread_id: settings.thread }),
      text: toTelegram(message),
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
    };
    const sent = await client.json(
      { method: 'POST', path: 'sendMessage', json, timeoutMs: TIMEOUT_MS },
      answer,
    );
    return sent.ok ? ok(undefined) : err(toProblem(sent.error));
  },
});

/** It says "not found" of a token that is none, and "forbidden" of a person who blocked the bot. */
function toProblem(failure: HttpFailure): SendProblem {
  if (failure.code !== 'http.status' || !failure.json) return toSendProblem(failure);
  const { status, message } = failure;
  if (status === 401 || status === 404) return { code: 'send.secret-refused' };
  if (status === 403) return { code: 'send.rejected', reason: message };
  if (status === 400 && /chat not found|thread not found/i.test(message))
    return { code: 'send.not-found', reason: message };
  return toSendProblem(failure);
}

export function toTelegram(message: Message): string {
  const title = `<b>${escapeHtml(cut(oneLine(message.title), LONGEST_TITLE))}</b>`;
  const link = message.link ? anchor(message.link) : '';
  const limit = LONGEST_TEXT - title.length - link.length - 2;
  const lines = message.lines.length === 0 ? '' : fitLines(message, { render: line, limit });
  return [title, lines, link].filter((part) => part !== '').join('\n');
}

const anchor = ({ label, url }: { label: string; url: string }): string =>
  `<a href="${escapeHtml(url)}">${escapeHtml(label)}</a>`;

const line = ({ text, link }: MessageLine): string => {
  const said = escapeHtml(oneLine(text));
  return link ? `${said}\n${anchor(link)}` : said;
};
