import type { ConnectionId } from '#core/ids.ts';
import { aFilm, aMediaEntry, aRequest, aShow, aUserMark, type fakeSources } from './ports.fake.ts';

export const radarr = 'radarr01' as ConnectionId;
export const radarr4k = 'radarr02' as ConnectionId;
export const sonarr = 'sonarr01' as ConnectionId;
export const jellyfin = 'jellyf01' as ConnectionId;
export const seerr = 'seerr001' as ConnectionId;

/** Five films, one of them also in 4K, two shows, two people and two requests. */
export function fill({ of }: ReturnType<typeof fakeSources>) {
  of(radarr).films = [1, 2, 3, 4, 5].map((externalId) => aFilm({ externalId }));
  of(radarr).imports = [
    { titleExternalId: 1, seasonNumber: null, at: new Date('2025-01-03T00:00:00Z') },
    { titleExternalId: 1, seasonNumber: null, at: new Date('2024-01-03T00:00:00Z') },
  ];
  of(radarr).storage = {
    disks: [{ path: '/films', freeBytes: 10, totalBytes: 100 }],
    rootFolders: [{ path: '/films', accessible: true, freeBytes: 10 }],
  };
  of(radarr4k).films = [aFilm({ externalId: 1, path: '/films-4k/Film 1', rootFolder: '/films-4k' })];
  of(sonarr).shows = [aShow({ externalId: 1 }), aShow({ externalId: 2 })];
  of(sonarr).episodes = {
    1: {
      episodes: [
        {
          externalId: 11,
          seasonNumber: 1,
          episodeNumber: 1,
          title: 'One',
          airedAt: null,
          monitored: true,
          fileId: 5,
        },
      ],
      files: [
        {
          externalId: 5,
          path: '/tv/Show 1/S01E01.mkv',
          sizeBytes: 500,
          addedAt: new Date('2025-03-01T00:00:00Z'),
          quality: null,
          seasonNumber: 1,
        },
      ],
    },
  };
  of(jellyfin).users = [
    { externalId: 'u1', name: 'ana' },
    { externalId: 'u2', name: 'bea' },
  ];
  of(jellyfin).entries = [
    aMediaEntry(),
    aMediaEntry({ externalId: 'm2', path: '/films/Film 2/film.mkv' }),
    aMediaEntry({ externalId: 'm4k', path: '/films-4k/Film 1/film.mkv' }),
    aMediaEntry({ externalId: 's1', kind: 'show', path: '/tv/Show 1' }),
    aMediaEntry({ externalId: 's1-1', kind: 'season', path: null, showExternalId: 's1', seasonNumber: 1 }),
    aMediaEntry({
      externalId: 'e1',
      kind: 'episode',
      path: null,
      showExternalId: 's1',
      seasonNumber: 1,
      episodeNumber: 1,
    }),
  ];
  of(jellyfin).marks = {
    ana: [aUserMark(), aUserMark({ mediaExternalId: 's1', lastPlayedAt: null, favourite: true })],
    bea: [aUserMark({ mediaExternalId: 'e1' })],
  };
  of(seerr).requests = [
    aRequest(),
    aRequest({ externalId: 2, kind: 'show', tmdb: null, tvdb: 1, seasons: [1] }),
  ];
}
