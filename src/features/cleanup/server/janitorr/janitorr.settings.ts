import { formatTimeSpan } from '#core/time-span.ts';
import type { ImportedSettings } from '../../core/janitorr/house.ts';
import type { ImportSettings } from './janitorr.ports.ts';
import { settingsChange } from '../policies/settings.schemas.ts';
import type { SettingsService } from '../policies/settings.service.ts';

/** Takes over what our settings allow; a name that is too long, or a folder that is no path, stays as it is here. */
export function createImportSettings(settings: Pick<SettingsService, 'change'>): ImportSettings {
  return {
    async take(imported) {
      const wishes = Object.entries(changeOf(imported)).map(([field, value]) =>
        settingsChange.safeParse({ [field]: value }),
      );
      const valid = wishes.flatMap((wish) => (wish.success ? [wish.data] : []));
      const { leavingSoon: leavingSoonDays, ...rest } = Object.assign({}, ...valid) as (typeof valid)[number];
      await settings.change({ ...rest, leavingSoonDays });
    },
  };
}

/** Where Janitorr announces films only, or nothing, so do we; links are left to whoever has mounted their folder. */
const changeOf = ({
  exclusionTags,
  leavingSoonDays,
  collectionNames,
  announces,
  linkFolder,
}: ImportedSettings) => ({
  exclusionTags,
  leavingSoon: formatTimeSpan(leavingSoonDays),
  filmSurface: announces.films ? 'collection' : 'none',
  showSurface: announces.shows ? 'collection' : 'none',
  ...(collectionNames
    ? { filmCollection: collectionNames.films, showCollection: collectionNames.shows }
    : {}),
  ...(linkFolder === null ? {} : { linkFolder }),
});
