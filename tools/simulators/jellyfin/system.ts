import { empty, json, lowerQuery, type Route } from '../http.ts';
import { addLibrary } from '../media-server/libraries.ts';
import type { NewId } from '../media-server/links.ts';
import type { Jellyfin } from './house.ts';

export const majorOf = (version: string): number => Number(version.split('.')[0]);

const hasStorage = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 10 || (major === 10 && minor >= 11);
};

export const publicInfo = ({ house, settings }: Jellyfin) => ({
  LocalAddress: 'http://192.168.1.20:8096',
  ServerName: house.serverName,
  Version: settings.version,
  ProductName: 'Jellyfin Server',
  OperatingSystem: '',
  Id: house.serverId,
  StartupWizardCompleted: true,
});

export function systemRoutes(jellyfin: Jellyfin, newId: NewId): Route[] {
  const { house, world, settings } = jellyfin;
  const folder = (path: string) => {
    const disk = world.storage.diskOf(path);
    return {
      Path: path,
      FreeSpace: Math.max(0, disk.totalBytes - disk.usedBytes),
      UsedSpace: disk.usedBytes,
      StorageType: 'ext4',
      DeviceId: disk.path,
    };
  };
  return [
    [
      'GET',
      '/System/Info',
      () =>
        json(200, {
          ...publicInfo(jellyfin),
          HasPendingRestart: false,
          IsShuttingDown: false,
          SupportsLibraryMonitor: true,
          WebSocketPortNumber: 8096,
          CompletedInstallations: [],
          CanSelfRestart: true,
          CanLaunchWebBrowser: false,
          ProgramDataPath: '/config',
          WebPath: '/jellyfin/jellyfin-web',
          ItemsByNamePath: '/config/metadata',
          CachePath: '/cache',
          LogPath: '/config/log',
          InternalMetadataPath: '/config/metadata',
          TranscodingTempPath: '/cache/transcodes',
          CastReceiverApplications: [],
          HasUpdateAvailable: false,
          EncoderLocation: 'System',
          SystemArchitecture: 'X64',
        }),
    ],
    [
      'GET',
      '/System/Info/Storage',
      () => {
        if (!hasStorage(settings.version)) return empty(404);
        const own = folder('/config');
        return json(200, {
          ProgramDataFolder: own,
          WebFolder: own,
          ImageCacheFolder: own,
          CacheFolder: own,
          LogFolder: own,
          InternalMetadataFolder: own,
          TranscodingTempFolder: own,
          Libraries: house.libraries.map(({ id, name, locations }) => ({
            Id: id,
            Name: name,
            Folders: locations.map(folder),
          })),
        });
      },
    ],
    [
      'GET',
      '/Library/VirtualFolders',
      () =>
        json(
          200,
          house.libraries.map((library) => ({
            Name: library.name,
            Locations: library.locations,
            CollectionType: library.type,
            LibraryOptions: { Enabled: true },
            ...(library.ofLinks === 'unknown' ? {} : { ItemId: library.id }),
            RefreshStatus: 'Idle',
          })),
        ),
    ],
    [
      'POST',
      '/Library/VirtualFolders',
      (call) => {
        const query = lowerQuery(call.query);
        const [name, type, path] = ['name', 'collectiontype', 'paths'].map((key) => query.get(key) ?? '');
        return addLibrary(jellyfin, { name: name ?? '', type: type ?? '', path: path ?? '' }, newId);
      },
    ],
    [
      'GET',
      '/Plugins',
      () =>
        json(200, [
          {
            Name: 'TMDb',
            Version: settings.version,
            Description: 'Get metadata for movies and other video content from TheMovieDb.',
            Id: 'b8715ed16c4745289ad3f72deb539cd4',
            CanUninstall: false,
            HasImage: false,
            Status: 'Active',
          },
        ]),
    ],
    [
      'GET',
      '/Auth/Keys',
      () =>
        json(200, {
          Items: [
            {
              AccessToken: settings.apiKey,
              AppName: 'KeeperCheky',
              DateCreated: '2026-01-02T10:00:00Z',
              DateLastActivity: '2026-01-02T10:00:00Z',
              IsActive: true,
              UserId: '00000000000000000000000000000000',
              Id: 1,
            },
          ],
          TotalRecordCount: 1,
          StartIndex: 0,
        }),
    ],
  ];
}
