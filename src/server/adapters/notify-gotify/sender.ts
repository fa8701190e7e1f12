import { z } from 'zod';
import { err, ok } from '#core/result.ts';
import { cut, fitLines, oneLine, plainLine } from '#features/notifications/core/fit.ts';
import type { Message } from '#features/notifications/core/message.ts';
import type { Sender } from '#features/notifications/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { toSendProblem } from '../failures.ts';

/** Gotify has no limit of its own; a telephone has. */
const LONGEST_TEXT = 8000;
const LONGEST_TITLE = 200;
/** From 8 on its app interrupts. */
const URGENT = 8;
const TIMEOUT_MS = 15_000;

const answer = z.object({ id: z.number(), appid: z.number() });

export const createGotifySender = (http: Http): Sender => ({
  async send({ settings, secret }, message) {
    if (settings.kind !== 'gotify') throw new Error(`A ${settings.kind} channel came to the Gotify sender`);
    const token = secret ?? '';
    const client = http.at({ url: settings.url, headers: { 'X-Gotify-Key': token }, secrets: [token] });
    const json = toGotify(message, settings.priority);
    const sent = await client.json({ method: 'POST', path: 'message', json, timeoutMs: TIMEOUT_MS }, answer);
    return sent.ok ? ok(undefined) : err(toSendProblem(sent.error));
  },
});

export function toGotify(message: Message, priority: number) {
  const title = cut(oneLine(message.title), LONGEST_TITLE);
  const text = fitLines(message, { render: plainLine, limit: LONGEST_TEXT });
  const click = message.link ? { 'client::notification': { click: { url: message.link.url } } } : {};
  return {
    title,
    message: text === '' ? title : text, // it refuses an empty one
    priority: message.isUrgent ? Math.max(priority, URGENT) : priority,
    // Told to be plain, so that nothing in a title is taken for Markdown.
    extras: { 'client::display': { contentType: 'text/plain' }, ...click },
  };
}
