import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { known } from '#core/fact.ts';
import type { ConnectionId, ItemId } from '#core/ids.ts';
import type { LeavingItem, ShelfKind } from '../../core/leaving-soon/leaving-soon.ts';
import type { LeavingTitle } from '../../core/leaving-soon/link-tree.ts';
import type { Surface } from '../../core/policy/settings.ts';
import { fakeTime, silentLog } from '../execution/execution.fake.ts';
import { fakeLinkLibrary, fakeLinkStore } from './links.fake.ts';
import type { LinkSettings, LinkSource } from './links.ports.ts';
import { createLinkService } from './links.service.ts';

export const jellyfin = 'jelly001' as ConnectionId;
export const time = fakeTime();
export const names = { films: 'Leaving soon (films)', shows: 'Leaving soon (series)' };

export const aFilm = (title: string): LeavingItem => ({
  itemId: `radarr01-${title}` as ItemId,
  kind: 'film',
  title,
  dueAt: time.now(),
});
export const aSeason = (title: string): LeavingItem => ({
  ...aFilm(title),
  itemId: `sonarr01-${title}` as ItemId,
  kind: 'season',
});

export type LinkPlace = Awaited<ReturnType<typeof aLinkPlace>>;

/** A folder of media and an empty one for links, on a real disk. */
export async function aLinkPlace() {
  const base = await mkdtemp(join(tmpdir(), 'links-'));
  const [media, folder] = [join(base, 'media'), join(base, 'leaving')];
  await mkdir(folder);
  return {
    base,
    media,
    folder,
    /** The media server sees `/data` where this program sees the temporary folder. */
    theirs: (path: string) => path.replace(base, '/data'),
    /** The links of the media server. */
    there: async (): Promise<string[]> =>
      (await readdir(join(folder, jellyfin), { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isSymbolicLink())
        .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, jellyfin).length + 1))
        .sort(),
    remove: () => rm(base, { recursive: true, force: true }),
  };
}

const onBoth: Record<ShelfKind, Surface> = { films: 'links', shows: 'links' };

export type LinkHouse = Awaited<ReturnType<typeof aLinkHouse>>;

/** A house with a Jellyfin and one film, and what tells links what leaves. */
export async function aLinkHouse({ base, media, folder, theirs }: LinkPlace, surfaces = onBoth) {
  let settings: LinkSettings = { surfaces, folder, names };
  let leaving: LeavingItem[] = [];
  let connections = [{ id: jellyfin, name: 'Jellyfin' }];
  const server = fakeLinkLibrary((path) => path.replace('/data', base));
  const store = fakeLinkStore();

  const fileOf = ({ kind, title }: LeavingItem) =>
    kind === 'film' ? join(media, title, `${title}.mkv`) : join(media, title, 'Season 01', `${title}.mkv`);
  const titleOf = (item: LeavingItem): LeavingTitle => ({
    kind: item.kind === 'film' ? 'films' : 'shows',
    title: item.title,
    folder: join(media, item.title),
    files: [
      {
        own: fileOf(item),
        theirs: theirs(fileOf(item)),
        seasonNumber: item.kind === 'film' ? null : 1,
        sidecars: known([]),
      },
    ],
  });
  const source: LinkSource = {
    leaving: async () => leaving,
    settings: async () => settings,
    titles: async (_id, items) => items.map(titleOf),
    anyFile: async () => {
      const own = fileOf(aFilm('Solaris'));
      return { own, theirs: theirs(own) };
    },
    asSeenBy: async (_id, path) => theirs(path),
    mediaFolders: async () => [media],
    connections: async () => connections,
  };
  const managers = {
    linkLibraries: async () => [{ connectionId: jellyfin, name: 'Jellyfin', library: server.library }],
  };
  await mkdir(join(media, 'Solaris'), { recursive: true });
  await writeFile(fileOf(aFilm('Solaris')), 'a film');
  const service = createLinkService({
    source,
    store,
    managers,
    clock: time,
    newId: () => 'id1',
    log: silentLog,
  });
  return {
    ...service,
    server,
    store,
    source,
    leave: (...items: LeavingItem[]) => void (leaving = items),
    set: (changes: Partial<LinkSettings>) => void (settings = { ...settings, ...changes }),
    disconnect: () => void (connections = []),
  };
}
