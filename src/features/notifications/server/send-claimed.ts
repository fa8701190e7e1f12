import { err, type Result } from '#core/result.ts';
import { addressedTo, type ChannelId, type ChannelTarget, type Language } from '../core/channel.ts';
import { compose, composeDigest } from '../core/compose.ts';
import { waitBeforeRetry, type SendProblem } from '../core/send-problem.ts';
import { createTargets, type TargetDeps } from './channel-target.ts';
import type { KeepLinks } from './keep.service.ts';
import type { ChannelStore, Clock, Delivery, DeliveryStore, Outgoing, Senders, Settlement } from './ports.ts';

export type SendClaimedDeps = TargetDeps & {
  channels: Pick<ChannelStore, 'find'>;
  deliveries: Pick<DeliveryStore, 'settle'>;
  senders: Senders;
  keepLinks: Pick<KeepLinks, 'mint'>;
  publicUrl: () => Promise<string | null>;
  clock: Clock;
  log: { warn(what: string, facts: object): void };
};

/** From so many at once on, they come as one message. */
const DIGEST_FROM = 4;

/** Sends what was claimed of one channel, and writes down how that went. */
export function createSendClaimed(deps: SendClaimedDeps) {
  const { channels, deliveries, senders, keepLinks, publicUrl, clock, log } = deps;
  const targetOf = createTargets(deps);

  async function toHouse(
    target: ChannelTarget,
    language: Language,
    claimed: readonly Delivery[],
  ): Promise<void> {
    const how = { language, publicUrl: await publicUrl() };
    if (claimed.length < DIGEST_FROM) {
      for (const delivery of claimed) {
        const message = {
          ...compose(delivery.notice, how),
          topic: delivery.notice.topic,
          notices: [delivery.notice],
        };
        await sendAndSettle(target, { ...message, id: delivery.id, at: delivery.createdAt }, [delivery]);
      }
      return;
    }
    const [first] = claimed;
    if (first === undefined) return;
    const digest = composeDigest(
      claimed.map(({ notice }) => compose(notice, how)),
      how,
    );
    await sendAndSettle(
      target,
      {
        ...digest,
        topic: 'digest',
        id: first.id,
        at: clock.now(),
        notices: claimed.map(({ notice }) => notice),
      },
      claimed,
    );
  }

  async function toPerson(target: ChannelTarget, language: Language, delivery: Delivery): Promise<void> {
    const { notice, address } = delivery;
    const url = await publicUrl();
    const links =
      notice.topic === 'requested-leaving' && url !== null ? await keepLinks.mint(notice, url) : undefined;
    const message = compose(notice, { language, publicUrl: url, ...(links ? { keepLinks: links } : {}) });
    const there = address === null ? target : { ...target, settings: addressedTo(target.settings, address) };
    const outgoing = {
      ...message,
      topic: notice.topic,
      notices: [notice],
      id: delivery.id,
      at: delivery.createdAt,
    };
    await sendAndSettle(there, outgoing, [delivery]);
  }

  async function sendAndSettle(
    target: ChannelTarget,
    message: Outgoing,
    claimed: readonly Delivery[],
  ): Promise<void> {
    const sent = await senders[target.settings.kind].send(target, message);
    const now = clock.now();
    await deliveries.settle(claimed, settlement(sent, claimed, now), now);
    if (!sent.ok)
      log.warn('A message could not be sent', {
        kind: target.settings.kind,
        topic: message.topic,
        problem: sent.error,
      });
  }

  return async function sendClaimed(channelId: ChannelId, claimed: readonly Delivery[]): Promise<void> {
    const channel = await channels.find(channelId);
    const target = channel?.enabled ? targetOf(channel) : err({ code: 'send.channel-off' as const });
    if (channel === null || !target.ok) {
      const problem = target.ok ? ({ code: 'send.channel-off' } as const) : target.error;
      return deliveries.settle(claimed, { state: 'failed', problem }, clock.now());
    }
    const [first] = claimed;
    if (first && first.address !== null) return toPerson(target.value, channel.language, first);
    return toHouse(target.value, channel.language, claimed);
  };
}

function settlement(sent: Result<void, SendProblem>, claimed: readonly Delivery[], now: Date): Settlement {
  if (sent.ok) return { state: 'sent' };
  const problem = sent.error;
  const wait = waitBeforeRetry(Math.max(...claimed.map(({ tries }) => tries)), problem);
  return wait === null
    ? { state: 'failed', problem }
    : { state: 'pending', problem, nextTryAt: new Date(now.getTime() + wait) };
}
