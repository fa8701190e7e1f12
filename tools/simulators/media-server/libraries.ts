import type { Library } from '../../seed/household.ts';
import { empty, fieldsOf, text, type Reply, type Route } from '../http.ts';
import type { MediaServer } from './house.ts';
import { seesFile, seesFolder, type NewId } from './links.ts';

export type WantedLibrary = { name: string; type: string; path: string };

const types = ['movies', 'tvshows', 'homevideos', 'boxsets'] as const satisfies readonly Library['type'][];

/** As both do it: a folder that is not there is not found, and no two libraries have one name. */
export function addLibrary(server: MediaServer, wanted: WantedLibrary, newId: NewId): Reply {
  const { house, world } = server;
  const type = types.find((one) => one === wanted.type);
  if (wanted.name === '' || !type) return text(400, 'Error processing request.');
  if (!seesFolder(server, wanted.path)) return text(404, 'Error processing request.');
  if (house.libraries.some(({ name }) => name.toLowerCase() === wanted.name.toLowerCase()))
    return text(400, 'Error processing request.');
  house.libraries.push({
    id: newId(`library ${wanted.name}`),
    name: wanted.name,
    type,
    locations: [wanted.path],
    ofLinks: 'unknown',
  });
  world.changed();
  return empty(204);
}

/** Whether the server sees a path, for its own administrators. */
export const pathRoutes = (server: MediaServer): Route[] => [
  [
    'POST',
    '/Environment/ValidatePath',
    (call) => {
      const { Path, IsFile } = fieldsOf(call);
      if (typeof Path !== 'string') return empty(400);
      const isFile = seesFile(server, Path);
      const isFolder = !isFile && seesFolder(server, Path);
      const seen = IsFile === true ? isFile : IsFile === false ? isFolder : isFile || isFolder;
      return empty(seen ? 204 : 404);
    },
  ],
];
