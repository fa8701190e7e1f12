import { err, ok, type Result } from '#core/result.ts';
import { isPersonal, serverOf, type Channel, type ChannelId, type ChannelSettings } from '../core/channel.ts';
import { checkSecret, checkSettings, type ChannelInvalid } from '../core/check-channel.ts';
import type { SecretBox, StoredChannel } from './ports.ts';

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

/** What was typed as it would be stored, its secret sealed, or what is wrong with it. */
export function createDraftCheck({ secrets, newId }: { secrets: SecretBox; newId: () => string }) {
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

  return function checked(
    saved: StoredChannel | null,
    draft: ChannelDraft,
  ): Result<StoredChannel, ChannelProblem> {
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
  };
}

/** What is left out stays as it is. */
export const whole = (saved: StoredChannel, change: ChannelChange): ChannelDraft => ({
  name: change.name ?? saved.name,
  enabled: change.enabled ?? saved.enabled,
  topics: change.topics ?? saved.topics,
  language: change.language ?? saved.language,
  tellsRequesters: change.tellsRequesters ?? saved.tellsRequesters,
  settings: change.settings ?? saved.settings,
  secret: change.secret,
});
