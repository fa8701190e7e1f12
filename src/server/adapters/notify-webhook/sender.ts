import { err, ok } from '#core/result.ts';
import type { Outgoing, Sender } from '#features/notifications/server/ports.ts';
import { wordsIn } from '#features/notifications/core/words.ts';
import type { Http } from '#server/platform/http.ts';
import { toSendProblem } from '../failures.ts';
import { sign, SIGNATURE_HEADER } from './signature.ts';

const MOST_LINES = 500;
const TIMEOUT_MS = 15_000;

/** Any program that takes JSON. The same `id` comes again when it is tried again. */
export const createWebhookSender = (http: Http, now: () => Date = () => new Date()): Sender => ({
  async send({ settings, secret }, message) {
    if (settings.kind !== 'webhook') throw new Error(`A ${settings.kind} channel came to the webhook sender`);
    const key = secret ?? '';
    const body = JSON.stringify(toJson(message));
    const headers = { [SIGNATURE_HEADER]: sign(body, key, now()), 'X-KeeperCheky-Delivery': message.id };
    const cut = settings.url.lastIndexOf('/');
    const [url, path] = /^[a-z]+:\/\/[^/]+$/i.test(settings.url)
      ? [settings.url, '']
      : [settings.url.slice(0, cut), settings.url.slice(cut + 1)];
    const sent = await http.at({ url, headers, secrets: [key] }).send({
      method: 'POST',
      path,
      text: { contentType: 'application/json', body },
      timeoutMs: TIMEOUT_MS,
    });
    return sent.ok ? ok(undefined) : err(toSendProblem(sent.error));
  },
});

export function toJson({ id, topic, at, language, title, lines, link, isUrgent, notices }: Outgoing) {
  const more = lines.length - MOST_LINES;
  const shown = lines.slice(0, MOST_LINES).map(({ text, link: own = null }) => ({ text, link: own }));
  return {
    version: 1,
    id,
    event: topic,
    at: at.toISOString(),
    language,
    title,
    lines: more > 0 ? [...shown, { text: wordsIn(language).more(more), link: null }] : shown,
    link,
    isUrgent,
    data: notices,
  };
}
