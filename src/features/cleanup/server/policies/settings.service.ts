import type { z } from 'zod';
import { showsLinks, type Settings } from '../../core/policy/settings.ts';
import type { keepForm, leavingSoonForm, settingsForm, weightsForm } from './settings.schemas.ts';
import type { SettingsStore } from './settings.store.ts';

/** What is left out, or undefined, stays. */
type Parts = z.output<typeof settingsForm> &
  z.output<typeof leavingSoonForm> &
  z.output<typeof keepForm> &
  z.output<typeof weightsForm>;
type Change = { [Part in keyof Parts]?: Parts[Part] | undefined };

export type SettingsService = ReturnType<typeof createSettingsService>;

export function createSettingsService(store: SettingsStore, changed: () => void) {
  return {
    read: (): Promise<Settings> => store.read(),

    /** Whether links would be wanted without a folder for them, after this change of a part of the settings. */
    async lacksFolder({ filmSurface, showSurface, linkFolder }: Change): Promise<boolean> {
      const now = await store.read();
      const { films, shows } = now.leavingSoonSurface;
      const folder = linkFolder === undefined ? now.linkFolder : linkFolder;
      return folder === null && [filmSurface ?? films, showSurface ?? shows].some(showsLinks);
    },

    async change(change: Change): Promise<Settings> {
      const { filmCollection, showCollection, filmSurface, showSurface, filmLibrary, showLibrary, ...rest } =
        change;
      const { collectionNames, leavingSoonSurface, linkLibraryNames } = await store.read();
      const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
      const settings = await store.change({
        ...given,
        collectionNames: {
          films: filmCollection ?? collectionNames.films,
          shows: showCollection ?? collectionNames.shows,
        },
        leavingSoonSurface: {
          films: filmSurface ?? leavingSoonSurface.films,
          shows: showSurface ?? leavingSoonSurface.shows,
        },
        linkLibraryNames: {
          films: filmLibrary ?? linkLibraryNames.films,
          shows: showLibrary ?? linkLibraryNames.shows,
        },
      });
      changed();
      return settings;
    },
  };
}
