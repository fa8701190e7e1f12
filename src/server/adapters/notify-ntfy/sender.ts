import { z } from 'zod';
import { err, ok } from '#core/result.ts';
import { cut, fitLines, oneLine, plainLine } from '#features/notifications/core/fit.ts';
import type { Message } from '#features/notifications/core/message.ts';
import type { Sender } from '#features/notifications/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { toSendProblem } from '../failures.ts';

/** In bytes; what is longer ntfy turns into an attached file. */
const LONGEST_TEXT = 4096;
const LONGEST_TITLE = 200;
const URGENT = 4;
const TIMEOUT_MS = 15_000;

const answer = z.object({ id: z.string(), event: z.literal('message') });

/** Published as JSON to the root, because headers would have to be ASCII and titles are not. */
export const createNtfySender = (http: Http): Sender => ({
  async send({ settings, secret }, message) {
    if (settings.kind !== 'ntfy') throw new Error(`A ${settings.kind} channel came to the ntfy sender`);
    const headers = secret === null ? {} : { authorization: `Bearer ${secret}` };
    const client = http.at({ url: settings.url, headers, secrets: secret === null ? [] : [secret] });
    const json = { topic: settings.topic, ...toNtfy(message, settings.priority) };
    const sent = await client.json({ method: 'POST', path: '', json, timeoutMs: TIMEOUT_MS }, answer);
    return sent.ok ? ok(undefined) : err(toSendProblem(sent.error));
  },
});

export function toNtfy(message: Message, priority: number) {
  const title = cut(oneLine(message.title), LONGEST_TITLE);
  const text = fitLines(message, {
    render: plainLine,
    limit: LONGEST_TEXT,
    measure: (part) => Buffer.byteLength(part),
  });
  return {
    title,
    message: text === '' ? title : text, // an empty one is shown as "triggered"
    priority: message.isUrgent ? Math.max(priority, URGENT) : priority,
    ...(message.link ? { click: message.link.url } : {}),
  };
}
