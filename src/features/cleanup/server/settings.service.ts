import type { z } from 'zod';
import type { Settings } from '../core/settings.ts';
import type { settingsChange } from './settings.schemas.ts';
import type { SettingsStore } from './settings.store.ts';

type Change = z.output<typeof settingsChange>;

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
