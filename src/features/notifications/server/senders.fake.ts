import { ok, type Result } from '#core/result.ts';
import type { ChannelTarget } from '../core/channel.ts';
import type { SendProblem } from '../core/send-problem.ts';
import type { Outgoing, Sender, Senders } from './ports.ts';

export type Sent = { channel: ChannelTarget; message: Outgoing };

/** Keeps what it is given. `answers` are used up one by one; after them everything works. */
export function fakeSenders() {
  const sent: Sent[] = [];
  const answers: Result<void, SendProblem>[] = [];
  const sender: Sender = {
    async send(channel, message) {
      const answer = answers.shift() ?? ok(undefined);
      if (answer.ok) sent.push({ channel, message });
      return answer;
    },
  };
  const senders: Senders = {
    email: sender,
    discord: sender,
    telegram: sender,
    ntfy: sender,
    gotify: sender,
    webhook: sender,
  };
  return { senders, sent, answers };
}
