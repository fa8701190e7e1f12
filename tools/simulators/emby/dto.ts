import type { MediaRow, Person } from '../../seed/household.ts';
import { dto } from '../media-server/dto.ts';
import { isFolder } from '../media-server/house.ts';
import { userData } from '../media-server/user-data.ts';
import type { View } from '../media-server/view.ts';
import type { Emby } from './house.ts';

/** As Jellyfin's, but the size is on the item. */
export function embyDto(emby: Emby, item: MediaRow, view: View) {
  const { fields } = view;
  return {
    ...dto(emby, item, view),
    ...(fields.has('mediasources') && !isFolder(item) ? { Size: item.sizeBytes } : {}),
  };
}

/** A list tells how often and when only to who asks. */
export function embyUserData(emby: Emby, item: MediaRow, person: Person, { fields }: View) {
  const data = userData(emby, person, item);
  const { PlayCount, LastPlayedDate, ItemId: _ItemId, ...rest } = { LastPlayedDate: undefined, ...data };
  const tells = (name: string) => fields.has(name) || fields.has('*');
  return {
    ...rest,
    ...(tells('userdataplaycount') && !emby.settings.hidesPlayCount ? { PlayCount } : {}),
    ...(tells('userdatalastplayeddate') && LastPlayedDate ? { LastPlayedDate } : {}),
  };
}
