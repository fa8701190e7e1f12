import { err, ok, type Result } from '#core/result.ts';
import {
  isPersonal,
  serverOf,
  type Channel,
  type ChannelId,
  type ChannelSettings,
  type ChannelTarget,
} from '../core/channel.ts';
import { checkSecret, checkSettings, type ChannelInvalid } from '../core/check-channel.ts';
import { composeTest } from '../core/compose.ts';
import type { SendProblem } from '../core/send-problem.ts';
import type { ChannelStore, Clock, SecretBox, Senders, StoredChannel } from './ports.ts';

export type ChannelNotFound = { code: 'notifications.channel-not-found' };
export type ChannelProblem =
  | ChannelInvalid
  | ChannelNotFound
  | { code: 'notifications.name-taken' }
  /** Another kind of channel is another channel. */
  | { code: 'notifications.kind-is-fixed' };

export type ChannelDraft = Pick<
  Channel,
  'name' | 'enabled' | 'topics' | 'language' | 'tellsRequesters' | 'settings'
> & {
  /** Left out: the saved one is kept, if it was given for the same server. */
  secret?: string | undefined;
};
export type ChannelChange = { [Part in keyof ChannelDraft]?: ChannelDraft[Part] | undefined };

export type ChannelsDeps = {
  store: ChannelStore;
  senders: Senders;
  secrets: SecretBox;
  publicUrl: () => Promise<string | null>;
  /** From the moment it is readable, no log may show it. */
  hide: (secret: string) => void;
  newId: () => string;
  clock: Clock;
};

export type ChannelsService = ReturnType<typeof createChannelsService>;

const shown = ({ sealedSecret: _sealed, ...channel }: StoredChannel): Channel => channel;

/** How a stored channel is opened for its adapter. */
export const createTargets =
  ({ secrets, hide }: Pick<ChannelsDeps, 'secrets' | 'hide'>) =>
  ({
    settings,
    sealedSecret,
  }: Pick<StoredChannel, 'settings' | 'sealedSecret'>): Result<ChannelTarget, SendProblem> => {
    if (sealedSecret === null) return ok({ settings, secret: null });
    const opened = secrets.open(sealedSecret);
    if (!opened.ok) return err({ code: 'send.secret-unreadable' });
    hide(opened.value);
    return ok({ settings, secret: opened.value });
  };

export function createChannelsService(deps: ChannelsDeps) {
  const { store, senders, secrets, publicUrl, newId, clock } = deps;
  const targetOf = createTargets(deps);

  async function found(id: string): Promise<Result<StoredChannel, ChannelNotFound>> {
    const channel = await store.find(id as ChannelId);
    return channel ? ok(channel) : err({ code: 'notifications.channel-not-found' });
  }

  function sealedFor(
    saved: StoredChannel | null,
    settings: ChannelSettings,
    given: string | undefined,
  ): Result<string | null, ChannelInvalid> {
    if (given === undefined && saved !== null && saved.sealedSecret !== null)
      return serverOf(saved.settings) === serverOf(settings)
        ? ok(saved.sealedSecret)
        : err({ code: 'notifications.secret-required', field: 'secret' });
    const secret = checkSecret(settings.kind, given ?? null);
    if (!secret.ok) return secret;
    return ok(secret.value === null ? null : secrets.seal(secret.value));
  }

  /** What would be stored, or what is wrong with it. */
  function checked(saved: StoredChannel | null, draft: ChannelDraft): Result<StoredChannel, ChannelProblem> {
    if (saved && saved.settings.kind !== draft.settings.kind)
      return err({ code: 'notifications.kind-is-fixed' });
    const settings = checkSettings(draft.settings);
    if (!settings.ok) return settings;
    const { secret, ...rest } = draft;
    const sealedSecret = sealedFor(saved, settings.value, secret);
    if (!sealedSecret.ok) return sealedSecret;
    return ok({
      ...rest,
      id: saved?.id ?? (newId() as ChannelId),
      settings: settings.value,
      tellsRequesters: draft.tellsRequesters && isPersonal(settings.value.kind),
      sealedSecret: sealedSecret.value,
      hasSecret: sealedSecret.value !== null,
    });
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

  const whole = (saved: StoredChannel, change: ChannelChange): ChannelDraft => ({
    name: change.name ?? saved.name,
    enabled: change.enabled ?? saved.enabled,
    topics: change.topics ?? saved.topics,
    language: change.language ?? saved.language,
    tellsRequesters: change.tellsRequesters ?? saved.tellsRequesters,
    settings: change.settings ?? saved.settings,
    secret: change.secret,
  });

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
