import type { z } from 'zod';
import type { Settings } from '../core/settings.ts';
import type { settingsForm } from './settings.schemas.ts';
import type { SettingsStore } from './settings.store.ts';

/** What is left out, or undefined, stays. */
type Change = {
  [Part in keyof z.output<typeof settingsForm>]?: z.output<typeof settingsForm>[Part] | undefined;
};

export type SettingsService = ReturnType<typeof createSettingsService>;

export function createSettingsService(store: SettingsStore, changed: () => void) {
  return {
    read: (): Promise<Settings> => store.read(),

    async change({ filmCollection, showCollection, ...rest }: Change): Promise<Settings> {
      const { collectionNames } = await store.read();
      const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
      const settings = await store.change({
        ...given,
        collectionNames: {
          films: filmCollection ?? collectionNames.films,
          shows: showCollection ?? collectionNames.shows,
        },
      });
      changed();
      return settings;
    },
  };
}
