import { lstat, mkdir, mkdtemp, readdir, readlink, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { known } from '#core/fact.ts';
import type { ConnectionId, ItemId } from '#core/ids.ts';
import type { LeavingItem, ShelfKind } from '../../core/leaving-soon/leaving-soon.ts';
import type { LeavingTitle } from '../../core/leaving-soon/link-tree.ts';
import type { Surface } from '../../core/policy/settings.ts';
import { fakeTime, silentLog } from '../execution/execution.fake.ts';
import { PLACEHOLDER } from './link-folder.ts';
import { fakeLinkLibrary, fakeLinkStore } from './links.fake.ts';
import type { LinkSettings, LinkSource } from './links.ports.ts';
import { createLinkService } from './links.service.ts';

const jellyfin = 'jelly001' as ConnectionId;
const time = fakeTime();
const names = { films: 'Leaving soon (films)', shows: 'Leaving soon (series)' };
let base: string;
let media: string;
let folder: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'links-'));
  [media, folder] = [join(base, 'media'), join(base, 'leaving')];
  await mkdir(folder);
  return () => rm(base, { recursive: true, force: true });
});

const aFilm = (title: string): LeavingItem => ({
  itemId: `radarr01-${title}` as ItemId,
  kind: 'film',
  title,
  dueAt: time.now(),
});
const aSeason = (title: string): LeavingItem => ({
  ...aFilm(title),
  itemId: `sonarr01-${title}` as ItemId,
  kind: 'season',
});

/** The media server sees `/data` where this program sees the temporary folder. */
const theirs = (path: string) => path.replace(base, '/data');

async function aHousehold(surfaces: Record<ShelfKind, Surface> = { films: 'links', shows: 'links' }) {
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

const there = async (): Promise<string[]> =>
  (await readdir(join(folder, jellyfin), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isSymbolicLink())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, jellyfin).length + 1))
    .sort();

describe('updating', () => {
  test('J-111, J-112: what leaves is linked, a library is made for it, and the media server looks once', async () => {
    const house = await aHousehold();
    house.leave(aFilm('Solaris'), aSeason('Faro'));
    expect(await house.update()).toEqual({ failed: 0 });
    expect(await there()).toEqual(['films/Solaris/Solaris.mkv', 'shows/Faro/Season 01/Faro.mkv']);
    expect(await readlink(join(folder, jellyfin, 'films/Solaris/Solaris.mkv'))).toBe(
      '/data/media/Solaris/Solaris.mkv',
    );
    expect(house.server.calls).toEqual([
      `make ${names.films} /data/leaving/jelly001/films`,
      `make ${names.shows} /data/leaving/jelly001/shows`,
      'look everywhere',
    ]);
    expect(await house.state()).toMatchObject([{ links: 2, problem: null, updatedAt: time.now() }]);
  });

  test('J-63 J-115 FIX: when nothing else leaves nothing is made, told or touched', async () => {
    const house = await aHousehold();
    house.leave(aFilm('Solaris'));
    await house.update();
    house.server.calls.length = 0;
    const path = join(folder, jellyfin, 'films/Solaris/Solaris.mkv');
    const before = await lstat(path, { bigint: true });
    await house.update();
    const after = await lstat(path, { bigint: true });
    expect([after.ino, after.ctimeNs]).toEqual([before.ino, before.ctimeNs]);
    expect(house.server.calls).toEqual([]);
  });

  test('two updates at once are one after the other', async () => {
    const house = await aHousehold();
    house.leave(aFilm('Solaris'));
    expect(await Promise.all([house.update(), house.update()])).toEqual([{ failed: 0 }, { failed: 0 }]);
    expect(house.server.calls).toEqual([
      `make ${names.films} /data/leaving/jelly001/films`,
      'look everywhere',
    ]);
  });

  test('J-116: what is kept goes out, and only of what changed is told', async () => {
    const house = await aHousehold();
    house.leave(aFilm('Solaris'), aFilm('Stalker'));
    await house.update();
    house.server.calls.length = 0;
    house.leave(aFilm('Stalker'), aFilm('Faro'));
    await house.update();
    expect(house.server.calls).toEqual([
      'gone /data/leaving/jelly001/films/Solaris/Solaris.mkv',
      'new /data/leaving/jelly001/films/Faro/Faro.mkv',
    ]);
  });

  test('T-30: when nothing leaves any more the library stays, over a folder that is not empty', async () => {
    const house = await aHousehold();
    house.leave(aFilm('Solaris'));
    await house.update();
    house.leave();
    await house.update();
    expect(await readdir(join(folder, jellyfin, 'films'))).toEqual([PLACEHOLDER]);
    expect(house.server.libraries).toHaveLength(1);
  });

  test('where nothing ever left nothing is made', async () => {
    const house = await aHousehold();
    await house.update();
    expect([await readdir(folder), house.server.calls]).toEqual([[], []]);
  });

  test('J-117: a kind that is switched off is emptied, and its library is told of and not deleted', async () => {
    const house = await aHousehold();
    house.leave(aFilm('Solaris'), aSeason('Faro'));
    await house.update();
    house.set({ surfaces: { films: 'collection', shows: 'both' } });
    await house.update();
    expect(await there()).toEqual(['shows/Faro/Season 01/Faro.mkv']);
    expect(house.server.libraries).toHaveLength(2);
    expect(await house.state()).toMatchObject([{ leftLibraries: [names.films] }]);
  });

  test('J-110: what no armed policy announces is not linked', async () => {
    const house = await aHousehold({ films: 'none', shows: 'collection' });
    house.leave(aFilm('Solaris'), aSeason('Faro'));
    await house.update();
    expect(await readdir(folder)).toEqual([]);
  });

  test('another folder takes over; in the old one nothing of ours stays but the marker', async () => {
    const house = await aHousehold();
    house.leave(aFilm('Solaris'));
    await house.update();
    const next = join(base, 'next');
    await mkdir(next);
    house.set({ folder: next, names: { ...names, films: 'Next' } });
    await house.update();
    expect(await there()).toEqual([]);
    expect(await readdir(join(next, jellyfin, 'films'))).toContain('Solaris');
    expect((await house.store.shelves()).map((shelf) => shelf.folder)).toEqual([next]);
  });

  test('links of a connection that was removed go', async () => {
    const house = await aHousehold();
    house.leave(aFilm('Solaris'));
    await house.update();
    house.disconnect();
    house.leave();
    await house.update();
    expect(await there()).toEqual([]);
    expect(await house.store.shelves()).toEqual([]);
  });
});

describe('what goes wrong', () => {
  test('a media server that is off is told of all that changed when it is back', async () => {
    const house = await aHousehold();
    house.leave(aFilm('Solaris'));
    await house.update();
    house.server.calls.length = 0;
    house.server.turn(false);
    house.leave();
    expect(await house.update()).toEqual({ failed: 1 });
    expect(await house.state()).toMatchObject([{ problem: { code: 'links.media-server' } }]);
    house.server.turn(true);
    expect(await house.update()).toEqual({ failed: 0 });
    expect(house.server.calls).toEqual(['gone /data/leaving/jelly001/films/Solaris/Solaris.mkv']);
    expect(await house.state()).toMatchObject([{ problem: null }]);
  });

  test('T-60: a folder whose mount is missing is left alone, and is as it was when the mount is back', async () => {
    const house = await aHousehold();
    house.leave(aFilm('Solaris'));
    await house.update();
    await rename(folder, join(base, 'unmounted'));
    await mkdir(folder);
    house.leave();
    expect(await house.update()).toEqual({ failed: 1 });
    expect(await readdir(folder)).toEqual([]);
    expect(await house.state()).toMatchObject([{ links: 1, problem: { code: 'links.marker-gone' } }]);
    await rm(folder, { recursive: true });
    await rename(join(base, 'unmounted'), folder);
    expect(await house.update()).toEqual({ failed: 0 });
    expect(await there()).toEqual([]);
  });

  test('a name that is somebody else’s library is told and does not hold up the other kind', async () => {
    const house = await aHousehold();
    house.server.libraries.push({ name: names.films, path: '/data/films' });
    house.leave(aFilm('Solaris'), aSeason('Faro'));
    expect(await house.update()).toEqual({ failed: 1 });
    expect(await house.state()).toMatchObject([{ problem: { code: 'links.library-taken' } }]);
    expect(house.server.libraries.map(({ name }) => name)).toContain(names.shows);
  });

  test('T-61: a media server with Windows paths gets no links that it could not follow', async () => {
    const house = await aHousehold();
    const [title] = await house.source.titles(jellyfin, [aFilm('Solaris')]);
    house.source.titles = async () =>
      title ? [{ ...title, files: title.files.map((file) => ({ ...file, theirs: 'D:\\a.mkv' })) }] : [];
    house.leave(aFilm('Solaris'));
    await house.update();
    expect(await house.state()).toMatchObject([{ problem: { code: 'links.windows-paths' } }]);
  });
});

test('J-34: says which folder of links stands for which folder of the library', async () => {
  const house = await aHousehold();
  house.leave(aFilm('Solaris'));
  await house.update();
  expect(await house.standIns()).toEqual({
    roots: [join(folder, jellyfin)],
    folders: [{ links: join(folder, jellyfin, 'films/Solaris'), folder: join(media, 'Solaris') }],
  });
});

describe('T-60, J-117: trying a link with a real file', () => {
  const proofOf = async (house: Awaited<ReturnType<typeof aHousehold>>) => {
    const tested = await house.test();
    if (!tested.ok) throw new Error(tested.error.code);
    return tested.value[0]?.proof;
  };
  const file = '/data/media/Solaris/Solaris.mkv';

  test('is proven when the media server opens the file through the link, and leaves nothing behind', async () => {
    const house = await aHousehold();
    // The fake media server is this machine, so its view has to exist here.
    house.source.anyFile = async () => {
      const own = join(media, 'Solaris', 'Solaris.mkv');
      return { own, theirs: own };
    };
    expect(await proofOf(house)).toEqual({ is: 'proven', file: join(media, 'Solaris', 'Solaris.mkv') });
    expect(await readdir(join(folder, jellyfin))).toEqual([]);
  });

  test('a link that leads nowhere there is no proof', async () => {
    const house = await aHousehold();
    expect(await proofOf(house)).toEqual({ is: 'not-followed', file });
  });

  test('says when the file itself is not seen, and when the folder of links is not', async () => {
    const house = await aHousehold();
    house.source.anyFile = async () => ({ own: join(media, 'x.mkv'), theirs: '/data/media/x.mkv' });
    expect(await proofOf(house)).toEqual({ is: 'file-not-seen', file: '/data/media/x.mkv' });
    const other = await aHousehold();
    other.source.asSeenBy = async (_id, path) => path.replace(base, '/elsewhere');
    expect(await proofOf(other)).toMatchObject({ is: 'folder-not-seen' });
  });

  test('says plainly that it cannot be proven, with what is seen from here where that says anything', async () => {
    const house = await aHousehold();
    house.server.answerPaths(false);
    expect(await proofOf(house)).toMatchObject({ is: 'not-provable', here: null });
    const own = join(media, 'Solaris', 'Solaris.mkv');
    house.source.anyFile = async () => ({ own, theirs: own });
    house.source.asSeenBy = async (_id, path) => path;
    expect(await proofOf(house)).toMatchObject({ is: 'not-provable', here: true });
  });

  test('a folder that must not be touched is told, and one that lost its marker is taken again', async () => {
    const house = await aHousehold();
    house.set({ folder: media });
    expect(await proofOf(house)).toMatchObject({ is: 'problem', problem: { code: 'links.among-media' } });
    house.set({ folder });
    await house.store.noteFolder(folder);
    expect(await proofOf(house)).not.toMatchObject({ is: 'problem' });
    house.set({ folder: null });
    expect(await house.test()).toMatchObject({ ok: false, error: { code: 'links.no-folder' } });
  });
});
