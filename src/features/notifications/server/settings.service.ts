import { err, ok, type Result } from '#core/result.ts';
import { formatAddress, parseAddress, type AddressProblem } from '#features/connections/core/address.ts';
import type { PersonAddress } from '../core/recipients.ts';
import type { NotificationSettings } from '../core/settings.ts';
import type { PeopleStore, SettingsStore } from './ports.ts';

export type SettingsDeps = {
  settings: SettingsStore;
  people: PeopleStore;
  /** The address of the configuration, for who set one there. */
  origin: string | null;
};

export type PublicUrlInvalid = {
  code: 'notifications.bad-address';
  field: 'publicUrl';
  why: AddressProblem['code'];
};

export type NotificationSettingsService = ReturnType<typeof createSettingsService>;

/** What holds for all channels, and who is reached where. */
export function createSettingsService({ settings, people, origin }: SettingsDeps) {
  return {
    read: (): Promise<NotificationSettings> => settings.read(),

    /**
     * Never from the Host header of a request: whoever sent a forged one would make us mail links to their own server.
     */
    publicUrl: async (): Promise<string | null> => (await settings.read()).publicUrl ?? origin,
    keepDays: async (): Promise<number> => (await settings.read()).keepDays,

    async change(values: {
      publicUrl?: string | null | undefined;
      keepDays?: number | undefined;
    }): Promise<Result<NotificationSettings, PublicUrlInvalid>> {
      const { publicUrl, keepDays } = values;
      const rest = keepDays === undefined ? {} : { keepDays };
      if (publicUrl === undefined || publicUrl === null)
        return ok(await settings.change({ ...rest, ...(publicUrl === null ? { publicUrl } : {}) }));
      const address = parseAddress(publicUrl);
      if (!address.ok)
        return err({ code: 'notifications.bad-address', field: 'publicUrl', why: address.error.code });
      return ok(await settings.change({ ...rest, publicUrl: formatAddress(address.value) }));
    },

    people: (): Promise<PersonAddress[]> => people.list(),
    savePerson: (person: PersonAddress): Promise<void> => people.save(person),
    async removePerson(name: string): Promise<Result<void, { code: 'notifications.person-not-found' }>> {
      return (await people.remove(name)) ? ok(undefined) : err({ code: 'notifications.person-not-found' });
    },
  };
}
