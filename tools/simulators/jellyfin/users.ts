import type { MediaRow, Mark, Person } from '../../seed/household.ts';
import { empty, json, lowerQuery, text, type Call, type Handler, type Route } from '../http.ts';
import { wholeOf, wholeView } from '../media-server/dto.ts';
import { itemAt, mayToSee, personOf } from '../media-server/house.ts';
import { mark, markOf, userData } from '../media-server/user-data.ts';
import type { Jellyfin } from './house.ts';

export function userRoutes(jellyfin: Jellyfin): Route[] {
  const { house, world, people } = jellyfin;
  const write = (person: Person) => userDto(jellyfin, person);
  const marking =
    (change: (own: Mark, call: Call) => Partial<Mark>): Handler =>
    (call) => {
      const found = subject(jellyfin, call);
      if (!found) return empty(404);
      const { person, item } = found;
      // Marking a series marks its episodes.
      const items =
        item.kind === 'Series' || item.kind === 'Season'
          ? [item, ...jellyfin.catalogue.episodesOf(item.id)]
          : [item];
      for (const one of items) mark(jellyfin, person, one, change(markOf(jellyfin, person, one), call));
      return json(200, userData(jellyfin, person, item));
    };
  const favourite =
    (value: boolean): Handler =>
    (call) => {
      const found = subject(jellyfin, call);
      if (!found) return empty(404);
      mark(jellyfin, found.person, found.item, { favourite: value });
      return json(200, userData(jellyfin, found.person, found.item));
    };

  return [
    ['GET', '/Users', () => json(200, people.map(write))],
    // A key belongs to no user.
    ['GET', '/Users/Me', () => text(400, 'Error processing request.')],
    [
      'GET',
      '/Users/:userId',
      (call) => {
        const person = personOf(jellyfin, call.params['userId'] ?? null);
        return person ? json(200, write(person)) : empty(404);
      },
    ],
    [
      'GET',
      '/UserItems/:id/UserData',
      (call) => {
        const found = subject(jellyfin, call);
        return found ? json(200, userData(jellyfin, found.person, found.item)) : empty(404);
      },
    ],
    [
      'POST',
      '/UserPlayedItems/:id',
      marking((own, call) => ({
        played: true,
        count: Math.max(1, own.count),
        lastAt: lowerQuery(call.query).get('dateplayed') ?? own.lastAt ?? world.now().toISOString(),
        positionTicks: 0,
      })),
    ],
    [
      'DELETE',
      '/UserPlayedItems/:id',
      marking(() => ({ played: false, count: 0, lastAt: null, positionTicks: 0 })),
    ],
    ['POST', '/UserFavoriteItems/:id', favourite(true)],
    ['DELETE', '/UserFavoriteItems/:id', favourite(false)],
    [
      'GET',
      '/Sessions',
      () =>
        json(
          200,
          house.playing.flatMap((playing) => session(jellyfin, playing)),
        ),
    ],
  ];
}

function subject(jellyfin: Jellyfin, call: Call): { person: Person; item: MediaRow } | undefined {
  const person = personOf(jellyfin, lowerQuery(call.query).get('userid'));
  const item = itemAt(jellyfin, call.params['id']);
  return person && item && mayToSee(jellyfin, person, item) ? { person, item } : undefined;
}

function session(jellyfin: Jellyfin, playing: Jellyfin['house']['playing'][number]) {
  const person = personOf(jellyfin, playing.userId);
  const item = jellyfin.catalogue.byId(playing.itemId);
  if (!person || !item) return [];
  const now = jellyfin.world.now().toISOString();
  return [
    {
      PlayState: {
        PositionTicks: playing.positionTicks,
        CanSeek: true,
        IsPaused: false,
        IsMuted: false,
        RepeatMode: 'RepeatNone',
        PlaybackOrder: 'Default',
      },
      PlayableMediaTypes: ['Video'],
      Id: item.id,
      UserId: person.userId,
      UserName: person.name,
      Client: playing.client,
      LastActivityDate: now,
      LastPlaybackCheckIn: now,
      DeviceName: playing.device,
      NowPlayingItem: wholeOf(jellyfin, item, wholeView(undefined)),
      DeviceId: 'salon-tv',
      ApplicationVersion: '0.18.0',
      IsActive: true,
      SupportsMediaControl: true,
      SupportsRemoteControl: true,
      HasCustomDeviceName: false,
      ServerId: jellyfin.house.serverId,
      SupportedCommands: [],
    },
  ];
}

function userDto({ house }: Jellyfin, person: Person) {
  const provider = 'Jellyfin.Server.Implementations.Users.DefaultAuthenticationProvider';
  return {
    Name: person.name,
    ServerId: house.serverId,
    Id: person.userId,
    HasPassword: true,
    HasConfiguredPassword: true,
    HasConfiguredEasyPassword: false,
    EnableAutoLogin: false,
    ...(person.lastSeenAt ? { LastLoginDate: person.lastSeenAt, LastActivityDate: person.lastSeenAt } : {}),
    Policy: {
      IsAdministrator: person.isAdmin,
      IsHidden: true,
      IsDisabled: person.isDisabled,
      EnabledFolders: person.libraries ?? [],
      EnableAllFolders: person.libraries === null,
      EnableContentDeletion: false,
      AuthenticationProviderId: provider,
      PasswordResetProviderId: provider,
    },
  };
}
