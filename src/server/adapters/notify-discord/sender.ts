import { z } from 'zod';
import { err, ok } from '#core/result.ts';
import { cut, fitLines, oneLine } from '#features/notifications/core/fit.ts';
import type { Message, MessageLine } from '#features/notifications/core/message.ts';
import type { Sender } from '#features/notifications/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { toSendProblem } from '../failures.ts';

/** Discord's own limits for one embed. */
const LONGEST_TITLE = 256;
const LONGEST_TEXT = 4096;
const TIMEOUT_MS = 15_000;
const COLOURS = { usual: 0x5b5bd6, urgent: 0xd64545 };

const answer = z.object({ id: z.string() });

/** A webhook of a Discord channel. `wait` makes it answer with the message, so that "sent" is proven. */
export const createDiscordSender = (http: Http): Sender => ({
  async send({ secret }, message) {
    const address = secret ?? '';
    const at = address.lastIndexOf('/webhooks/') + '/webhooks'.length;
    const token = address.slice(at + 1).split('/')[1] ?? '';
    const client = http.at({ url: address.slice(0, at), headers: {}, secrets: [address, token] });
    const sent = await client.json(
      {
        method: 'POST',
        path: address.slice(at + 1),
        query: { wait: true },
        json: toDiscord(message),
        timeoutMs: TIMEOUT_MS,
      },
      answer,
    );
    return sent.ok ? ok(undefined) : err(toSendProblem(sent.error));
  },
});

export const toDiscord = (message: Message) => ({
  username: 'KeeperCheky',
  // A film called "@everyone" wakes nobody.
  allowed_mentions: { parse: [] },
  embeds: [
    {
      title: cut(escapeMarkdown(oneLine(message.title)), LONGEST_TITLE),
      description: fitLines(message, { render: line, limit: LONGEST_TEXT }),
      color: message.isUrgent ? COLOURS.urgent : COLOURS.usual,
      ...(message.link ? { url: message.link.url } : {}),
    },
  ],
});

const line = ({ text, link }: MessageLine): string => {
  const said = escapeMarkdown(oneLine(text));
  return link ? `${said}\n[${escapeMarkdown(link.label)}](${link.url.replaceAll(')', '%29')})` : said;
};

const escapeMarkdown = (text: string): string => text.replace(/[\\*_~`|>#[\]()<:@-]/g, String.raw`\$&`);
