import type { Mark, MediaRow, Person } from '../../seed/household.ts';
import { empty, json, lowerQuery, type Call, type Handler, type Route } from '../http.ts';
import { wholeOf, wholeView } from '../media-server/dto.ts';
import { itemAt, mayToSee, personOf } from '../media-server/house.ts';
import { mark, markOf } from '../media-server/user-data.ts';
import type { Emby } from './house.ts';

export function userRoutes(emby: Emby): Route[] {
  const { house, world, people } = emby;
  const marking =
    (change: (own: Mark, call: Call) => Partial<Mark>): Handler =>
    (call) => {
      const person = personOf(emby, call.params['userId'] ?? null);
      const item = itemAt(emby, call.params['id']);
      if (!person || !item || !mayToSee(emby, person, item)) return empty(404);
      mark(emby, person, item, change(markOf(emby, person, item), call));
      const { played, count, favourite } = markOf(emby, person, item);
      return json(200, { Played: played, PlayCount: count, IsFavorite: favourite, PlaybackPositionTicks: 0 });
    };

  return [
    [
      'GET',
      '/Users/Query',
      (call) => {
        const query = lowerQuery(call.query);
        const start = Number(query.get('startindex') ?? 0);
        const limit = query.get('limit');
        const page = people.slice(start, limit === null ? undefined : start + Number(limit));
        return json(200, {
          Items: page.map((person) => userDto(emby, person)),
          TotalRecordCount: people.length,
        });
      },
    ],
    [
      'GET',
      '/Users/:userId',
      (call) => {
        const person = personOf(emby, call.params['userId'] ?? null);
        return person ? json(200, userDto(emby, person)) : empty(404);
      },
    ],
    [
      'POST',
      '/Users/:userId/PlayedItems/:id',
      marking((own, call) => ({
        played: true,
        count: Math.max(1, own.count),
        lastAt: lowerQuery(call.query).get('dateplayed') ?? own.lastAt ?? world.now().toISOString(),
        positionTicks: 0,
      })),
    ],
    [
      'DELETE',
      '/Users/:userId/PlayedItems/:id',
      marking(() => ({ played: false, count: 0, lastAt: null, positionTicks: 0 })),
    ],
    ['POST', '/Users/:userId/FavoriteItems/:id', marking(() => ({ favourite: true }))],
    ['DELETE', '/Users/:userId/FavoriteItems/:id', marking(() => ({ favourite: false }))],
    [
      'GET',
      '/Sessions',
      () =>
        json(
          200,
          house.playing.flatMap(({ userId, itemId, ...playing }) => {
            const person = personOf(emby, userId);
            const item = emby.catalogue.byId(itemId);
            return person && item ? [session(emby, { person, item, ...playing })] : [];
          }),
        ),
    ],
  ];
}

type Playing = Pick<Emby['house']['playing'][number], 'device' | 'client' | 'positionTicks'>;

const session = (
  emby: Emby,
  { person, item, device, client, positionTicks }: Playing & { person: Person; item: MediaRow },
) => ({
  PlayState: { PositionTicks: positionTicks, CanSeek: true, IsPaused: false, RepeatMode: 'RepeatNone' },
  Id: item.id,
  ServerId: emby.house.serverId,
  UserId: person.userId,
  UserName: person.name,
  Client: client,
  DeviceName: device,
  LastActivityDate: emby.world.now().toISOString(),
  NowPlayingItem: wholeOf(emby, item, wholeView(undefined)),
  SupportsRemoteControl: true,
});

const userDto = ({ house }: Emby, person: Person) => ({
  Name: person.name,
  ServerId: house.serverId,
  Id: person.userId,
  HasPassword: true,
  HasConfiguredPassword: true,
  ...(person.lastSeenAt ? { LastLoginDate: person.lastSeenAt, LastActivityDate: person.lastSeenAt } : {}),
  Policy: {
    IsAdministrator: person.isAdmin,
    IsHidden: false,
    IsDisabled: person.isDisabled,
    EnabledFolders: person.libraries ?? [],
    EnableAllFolders: person.libraries === null,
    EnableContentDeletion: false,
  },
});
