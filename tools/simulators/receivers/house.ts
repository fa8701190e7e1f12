import type { Listening } from '../serve.ts';

export const receiverKinds = ['discord', 'telegram', 'ntfy', 'gotify', 'webhook'] as const;
export type ReceiverKind = (typeof receiverKinds)[number];

export type Received = {
  kind: ReceiverKind;
  body: Record<string, unknown>;
  headers: Record<string, unknown>;
};

/** What the five services know and have been told. */
export type Receivers = {
  secrets: typeof secrets;
  telegramChats: readonly string[];
  received: Received[];
  /** So many of the next calls are refused as too many, each in the words of its service. */
  limited: Partial<Record<ReceiverKind, number>>;
};

export const secrets = {
  discordId: '123456789012345678',
  discordToken: 'aW9-discord_token_of_the_simulator_0123456789abcdef',
  telegram: '123456789:AAE-telegram_token_of_the_simulator',
  ntfy: 'tk_simulatedntfytoken0000000000000',
  gotify: 'AxSimGotify0001',
  webhook: 'a secret that both sides know, at least 16 characters',
};

export type ReceiversSimulator = Listening & Receivers & { discordUrl: string };

/** True when this call has to wait; uses one up. */
export function isLimited({ limited }: Receivers, kind: ReceiverKind): boolean {
  const left = limited[kind] ?? 0;
  if (left > 0) limited[kind] = left - 1;
  return left > 0;
}
