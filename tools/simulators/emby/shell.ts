import { empty, fieldsOf, html, json, redirect, text, type Call, type Reply, type Route } from '../http.ts';
import { addLibrary } from '../media-server/libraries.ts';
import type { NewId } from '../media-server/links.ts';
import type { createRouter } from '../router.ts';
import type { Emby } from './house.ts';

/** Everything around the routes: the base path that may be left out, the key, start-up and the web client. */
export function shell(emby: Emby, find: ReturnType<typeof createRouter>) {
  return async (call: Call): Promise<Reply> => {
    const path = call.path.replace(/^\/emby(?=\/|$)/i, '') || '/';
    if (emby.isStarting) return { ...text(503, 'The server is loading.'), headers: { 'retry-after': '5' } };
    if (path === '/') return redirect(302, '/web/index.html');
    if (path.startsWith('/web')) return html('Emby');
    if (/^\/system\/info\/public$/i.test(path)) return json(200, publicInfo(emby));
    const inner = { ...call, path };
    const match = find(inner);
    if (!match) return empty(404);
    // Pictures are for everybody.
    const isPicture = call.method === 'GET' && /\/images\//i.test(path);
    if (!isPicture && keyOf(call) !== emby.settings.apiKey)
      return text(401, 'Access token is invalid or expired.');
    return match.handler({ ...inner, params: match.params });
  };
}

/** Jellyfin's header means nothing here. */
const keyOf = ({ headers, query }: Call): string | undefined => {
  const header = headers['x-emby-token'];
  return (Array.isArray(header) ? header[0] : header) ?? query.get('api_key') ?? undefined;
};

/** Without a name of the product, which is how the two are told apart. */
const publicInfo = ({ house, settings }: Emby) => ({
  LocalAddress: 'http://192.168.1.30:8096',
  LocalAddresses: ['http://192.168.1.30:8096'],
  RemoteAddresses: [],
  ServerName: house.serverName,
  Version: settings.version,
  Id: house.serverId,
});

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export function systemRoutes(emby: Emby, newId: NewId): Route[] {
  const { house } = emby;
  return [
    [
      'GET',
      '/System/Info',
      () =>
        json(200, {
          ...publicInfo(emby),
          SystemUpdateLevel: 'Release',
          OperatingSystemDisplayName: 'Linux',
          HasPendingRestart: false,
          IsShuttingDown: false,
          SupportsLibraryMonitor: true,
          ProgramDataPath: '/config',
          HasUpdateAvailable: false,
        }),
    ],
    [
      'GET',
      '/Library/VirtualFolders/Query',
      () =>
        json(200, {
          Items: house.libraries.map(({ id, name, type, locations }) => ({
            Name: name,
            Locations: locations,
            CollectionType: type,
            Id: id,
            Guid: id,
            ItemId: id,
          })),
          TotalRecordCount: house.libraries.length,
        }),
    ],
    [
      'POST',
      '/Library/VirtualFolders',
      (call) => {
        const { Name, CollectionType, Paths } = fieldsOf(call);
        const [path] = Array.isArray(Paths) ? Paths.map(String) : [];
        return addLibrary(
          emby,
          { name: textOf(Name), type: textOf(CollectionType), path: path ?? '' },
          newId,
        );
      },
    ],
  ];
}
