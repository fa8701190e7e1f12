import { err, ok, type Result } from '#core/result.ts';
import type { Channel, ChannelId } from '../core/channel.ts';
import { composeTest } from '../core/compose.ts';
import type { SendProblem } from '../core/send-problem.ts';
import {
  createDraftCheck,
  whole,
  type ChannelChange,
  type ChannelDraft,
  type ChannelNotFound,
  type ChannelProblem,
} from './channel-draft.ts';
import { createTargets, type TargetDeps } from './channel-target.ts';
import type { ChannelStore, Clock, Senders, StoredChannel } from './ports.ts';

export type ChannelsDeps = TargetDeps & {
  store: ChannelStore;
  senders: Senders;
  publicUrl: () => Promise<string | null>;
  newId: () => string;
  clock: Clock;
};

export type ChannelsService = ReturnType<typeof createChannelsService>;

const shown = ({ sealedSecret: _sealed, ...channel }: StoredChannel): Channel => channel;

export function createChannelsService(deps: ChannelsDeps) {
  const { store, senders, publicUrl, newId, clock } = deps;
  const targetOf = createTargets(deps);
  const checked = createDraftCheck(deps);

  async function found(id: string): Promise<Result<StoredChannel, ChannelNotFound>> {
    const channel = await store.find(id as ChannelId);
    return channel ? ok(channel) : err({ code: 'notifications.channel-not-found' });
  }

  async function tryOut(channel: StoredChannel): Promise<Result<void, SendProblem>> {
    const target = targetOf(channel);
    if (!target.ok) return target;
    const message = composeTest(channel.name, { language: channel.language, publicUrl: await publicUrl() });
    return senders[channel.settings.kind].send(target.value, {
      ...message,
      id: newId(),
      topic: 'test',
      notices: [],
      at: clock.now(),
    });
  }

  return {
    list: async (): Promise<Channel[]> => (await store.list()).map(shown),

    async find(id: string): Promise<Result<Channel, ChannelNotFound>> {
      const channel = await found(id);
      return channel.ok ? ok(shown(channel.value)) : channel;
    },

    async create(draft: ChannelDraft): Promise<Result<Channel, ChannelProblem>> {
      const channel = checked(null, draft);
      if (!channel.ok) return channel;
      return (await store.add(channel.value))
        ? ok(shown(channel.value))
        : err({ code: 'notifications.name-taken' });
    },

    /** What is left out stays as it is. */
    async update(id: string, change: ChannelChange): Promise<Result<Channel, ChannelProblem>> {
      const saved = await found(id);
      if (!saved.ok) return saved;
      const channel = checked(saved.value, whole(saved.value, change));
      if (!channel.ok) return channel;
      const outcome = await store.change(channel.value);
      if (outcome === 'changed') return ok(shown(channel.value));
      return err({
        code: outcome === 'gone' ? 'notifications.channel-not-found' : 'notifications.name-taken',
      });
    },

    async remove(id: string): Promise<Result<void, ChannelNotFound>> {
      return (await store.remove(id as ChannelId))
        ? ok(undefined)
        : err({ code: 'notifications.channel-not-found' });
    },

    /** Sends a message that says so, at once. */
    async test(id: string): Promise<Result<Result<void, SendProblem>, ChannelNotFound>> {
      const channel = await found(id);
      return channel.ok ? ok(await tryOut(channel.value)) : channel;
    },

    /** The same with what was typed; keeps nothing. */
    async testDraft(
      id: string | null,
      draft: ChannelDraft,
    ): Promise<Result<Result<void, SendProblem>, ChannelProblem>> {
      const saved = id === null ? null : await found(id);
      if (saved && !saved.ok) return saved;
      const channel = checked(saved?.value ?? null, draft);
      return channel.ok ? ok(await tryOut(channel.value)) : channel;
    },
  };
}
