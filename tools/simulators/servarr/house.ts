import type { FileRow, MovieRow, RadarrHouse, ShowRow, SonarrHouse } from '../../seed/household.ts';
import type { World } from '../world.ts';

export type ServarrOptions = {
  port?: number;
  host?: string;
  /** With a slash before and none after: `/radarr`. */
  urlBase?: string;
  apiKey?: string;
  version?: string;
  /** `none` answers unknown pages with HTML and 200; `forms` sends them to the login. */
  authentication?: 'forms' | 'none';
  recycleBin?: string;
  /** Zero: never emptied by itself. */
  recycleBinDays?: number;
  autoUnmonitor?: boolean;
};

/** What Radarr and Sonarr have in common. `forget` drops what was cached of a title, or of all. */
export type Servarr = {
  app: 'Radarr' | 'Sonarr';
  house: RadarrHouse | SonarrHouse;
  world: World;
  settings: Required<
    Pick<
      ServarrOptions,
      'urlBase' | 'apiKey' | 'version' | 'authentication' | 'autoUnmonitor' | 'recycleBinDays'
    >
  >;
  /** While true, everything is 503. */
  isStarting: boolean;
  /** Commands that were taken on, oldest first. */
  commands: Record<string, unknown>[];
  /** What a command of this name does, some time after its answer. */
  search: (command: Record<string, unknown>) => void;
  /** Root folders that are not there just now, as when a mount is missing. */
  missingRoots: Set<string>;
  titles: () => readonly (MovieRow | ShowRow)[];
  forget: (titleId?: number) => void;
};

export const nextId = (servarr: Servarr): number => (servarr.house.nextId += 1);

/** Why a file may not be deleted: Servarr takes a missing or empty root folder for a lost mount. */
export function refuseDeletion(servarr: Servarr, title: MovieRow | ShowRow): string | undefined {
  const noun = servarr.app === 'Radarr' ? "Movie's" : "Series'";
  if (servarr.missingRoots.has(title.rootFolder))
    return `${noun} root folder (${title.rootFolder}) doesn't exist.`;
  if (servarr.world.storage.isEmpty(title.rootFolder))
    return `${noun} root folder (${title.rootFolder}) is empty.`;
  return undefined;
}

export const relative = (title: { path: string }, file: Pick<FileRow, 'path'>): string =>
  file.path.slice(title.path.length + 1);
