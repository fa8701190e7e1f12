import type { MediaRow } from '../../seed/household.ts';
import { dto } from '../media-server/dto.ts';
import { isFolder } from '../media-server/house.ts';
import { userData } from '../media-server/user-data.ts';
import type { View } from '../media-server/view.ts';
import type { Emby } from './house.ts';

/** As Jellyfin's, but the size is on the item, and a list tells how often and when only to who asks. */
export function embyDto(emby: Emby, item: MediaRow, view: View) {
  const { fields } = view;
  const { UserData, ...common } = dto(emby, item, view);
  return {
    ...common,
    ...(fields.has('mediasources') && !isFolder(item) ? { Size: item.sizeBytes } : {}),
    ...(UserData && view.person ? { UserData: asTold(emby, userData(emby, view.person, item), fields) } : {}),
  };
}

function asTold(emby: Emby, data: ReturnType<typeof userData>, fields: ReadonlySet<string>) {
  const { PlayCount, LastPlayedDate, ItemId: _ItemId, ...rest } = { LastPlayedDate: undefined, ...data };
  const tells = (name: string) => fields.has(name) || fields.has('*');
  return {
    ...rest,
    ...(tells('userdataplaycount') && !emby.settings.hidesPlayCount ? { PlayCount } : {}),
    ...(tells('userdatalastplayeddate') && LastPlayedDate ? { LastPlayedDate } : {}),
  };
}
