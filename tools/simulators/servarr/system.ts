import { fieldsOf, json, type Route } from '../http.ts';
import { nextId, type Servarr } from './house.ts';

export function systemRoutes(servarr: Servarr): Route[] {
  const { house, world, settings } = servarr;
  const startTime = world.now().toISOString();
  const free = (path: string): number => {
    const disk = world.storage.diskOf(path);
    return Math.max(0, disk.totalBytes - disk.usedBytes);
  };
  return [
    ['GET', '/api/v3/system/status', () => json(200, status(servarr, startTime))],
    [
      'GET',
      '/api/v3/health',
      () =>
        json(
          200,
          [...servarr.missingRoots].map((path) => ({
            source: 'RootFolderCheck',
            type: 'error',
            message: `Missing root folder: ${path}`,
            wikiUrl: `https://wiki.servarr.com/${servarr.app.toLowerCase()}/system#missing-root-folder`,
          })),
        ),
    ],
    [
      'GET',
      '/api/v3/rootfolder',
      () =>
        json(
          200,
          house.rootFolders.map(({ id, path }) =>
            servarr.missingRoots.has(path)
              ? { id, path, accessible: false, unmappedFolders: [] }
              : { id, path, accessible: true, freeSpace: free(path), unmappedFolders: [] },
          ),
        ),
    ],
    // One row per mount point, not per root folder, and the small system disk as well.
    [
      'GET',
      '/api/v3/diskspace',
      () =>
        json(200, [
          { path: '/', label: '', freeSpace: 42e9, totalSpace: 64e9 },
          ...world.storage.disks
            .filter((disk) => house.rootFolders.some((root) => root.path.startsWith(`${disk.path}/`)))
            .map((disk) => ({
              path: disk.path,
              label: '',
              freeSpace: free(disk.path),
              totalSpace: disk.totalBytes,
            })),
        ]),
    ],
    [
      'GET',
      '/api/v3/qualityprofile',
      () =>
        json(
          200,
          house.profiles.map(({ id, name, upgradeAllowed }) => ({
            id,
            name,
            upgradeAllowed,
            cutoff: 7,
            items: [],
            minFormatScore: 0,
            cutoffFormatScore: 0,
            formatItems: [],
          })),
        ),
    ],
    [
      'GET',
      '/api/v3/config/mediamanagement',
      () =>
        json(200, {
          id: 1,
          ...(servarr.app === 'Radarr'
            ? { autoUnmonitorPreviouslyDownloadedMovies: settings.autoUnmonitor }
            : { autoUnmonitorPreviouslyDownloadedEpisodes: settings.autoUnmonitor }),
          recycleBin: house.recycleBin ?? '',
          recycleBinCleanupDays: settings.recycleBinDays,
          deleteEmptyFolders: false,
          copyUsingHardlinks: true,
        }),
    ],
    [
      'POST',
      '/api/v3/command',
      (call) => {
        const command = fieldsOf(call);
        const { name } = command;
        const id = nextId(servarr);
        servarr.commands.push(command);
        world.afterwards(() => {
          servarr.search(command);
          servarr.forget();
        });
        return json(201, {
          id,
          name,
          commandName: name,
          body: {},
          priority: 'normal',
          status: 'queued',
          result: 'unknown',
          queued: world.now().toISOString(),
          trigger: 'manual',
        });
      },
    ],
  ];
}

function status({ app, settings }: Servarr, startTime: string) {
  return {
    appName: app,
    instanceName: app,
    version: settings.version,
    buildTime: '2025-10-25T00:00:00Z',
    isDebug: false,
    isProduction: true,
    isAdmin: false,
    isUserInteractive: false,
    startupPath: `/app/${app.toLowerCase()}/bin`,
    appData: '/config',
    osName: 'alpine',
    isNetCore: true,
    isLinux: true,
    isOsx: false,
    isWindows: false,
    isDocker: true,
    mode: 'console',
    branch: app === 'Radarr' ? 'master' : 'main',
    authentication: settings.authentication,
    databaseType: 'sqLite',
    databaseVersion: '3.49.2',
    migrationVersion: 242,
    urlBase: settings.urlBase,
    runtimeVersion: '8.0.16',
    runtimeName: '.NET',
    startTime,
  };
}
