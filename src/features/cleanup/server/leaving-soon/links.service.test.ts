import { lstat, mkdir, readdir, readlink, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { PLACEHOLDER } from './link-folder.ts';
import {
  aFilm,
  aLinkHouse,
  aLinkPlace,
  aSeason,
  jellyfin,
  names,
  time,
  type LinkPlace,
} from './links-house.fake.ts';

let place: LinkPlace;
let base: string;
let media: string;
let folder: string;

beforeEach(async () => {
  place = await aLinkPlace();
  ({ base, media, folder } = place);
  return place.remove;
});

describe('updating', () => {
  test('J-111, J-112: what leaves is linked, a library is made for it, and the media server looks once', async () => {
    const house = await aLinkHouse(place);
    house.leave(aFilm('Solaris'), aSeason('Faro'));
    expect(await house.update()).toEqual({ failed: 0 });
    expect(await place.there()).toEqual(['films/Solaris/Solaris.mkv', 'shows/Faro/Season 01/Faro.mkv']);
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
    const house = await aLinkHouse(place);
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
    const house = await aLinkHouse(place);
    house.leave(aFilm('Solaris'));
    expect(await Promise.all([house.update(), house.update()])).toEqual([{ failed: 0 }, { failed: 0 }]);
    expect(house.server.calls).toEqual([
      `make ${names.films} /data/leaving/jelly001/films`,
      'look everywhere',
    ]);
  });

  test('J-116: what is kept goes out, and only of what changed is told', async () => {
    const house = await aLinkHouse(place);
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
    const house = await aLinkHouse(place);
    house.leave(aFilm('Solaris'));
    await house.update();
    house.leave();
    await house.update();
    expect(await readdir(join(folder, jellyfin, 'films'))).toEqual([PLACEHOLDER]);
    expect(house.server.libraries).toHaveLength(1);
  });

  test('where nothing ever left nothing is made', async () => {
    const house = await aLinkHouse(place);
    await house.update();
    expect([await readdir(folder), house.server.calls]).toEqual([[], []]);
  });

  test('J-117: a kind that is switched off is emptied, and its library is told of and not deleted', async () => {
    const house = await aLinkHouse(place);
    house.leave(aFilm('Solaris'), aSeason('Faro'));
    await house.update();
    house.set({ surfaces: { films: 'collection', shows: 'both' } });
    await house.update();
    expect(await place.there()).toEqual(['shows/Faro/Season 01/Faro.mkv']);
    expect(house.server.libraries).toHaveLength(2);
    expect(await house.state()).toMatchObject([{ leftLibraries: [names.films] }]);
  });

  test('J-110: what no armed policy announces is not linked', async () => {
    const house = await aLinkHouse(place, { films: 'none', shows: 'collection' });
    house.leave(aFilm('Solaris'), aSeason('Faro'));
    await house.update();
    expect(await readdir(folder)).toEqual([]);
  });

  test('another folder takes over; in the old one nothing of ours stays but the marker', async () => {
    const house = await aLinkHouse(place);
    house.leave(aFilm('Solaris'));
    await house.update();
    const next = join(base, 'next');
    await mkdir(next);
    house.set({ folder: next, names: { ...names, films: 'Next' } });
    await house.update();
    expect(await place.there()).toEqual([]);
    expect(await readdir(join(next, jellyfin, 'films'))).toContain('Solaris');
    expect((await house.store.shelves()).map((shelf) => shelf.folder)).toEqual([next]);
  });

  test('links of a connection that was removed go', async () => {
    const house = await aLinkHouse(place);
    house.leave(aFilm('Solaris'));
    await house.update();
    house.disconnect();
    house.leave();
    await house.update();
    expect(await place.there()).toEqual([]);
    expect(await house.store.shelves()).toEqual([]);
  });
});

describe('what goes wrong', () => {
  test('a media server that is off is told of all that changed when it is back', async () => {
    const house = await aLinkHouse(place);
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
    const house = await aLinkHouse(place);
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
    expect(await place.there()).toEqual([]);
  });

  test('a name that is somebody else’s library is told and does not hold up the other kind', async () => {
    const house = await aLinkHouse(place);
    house.server.libraries.push({ name: names.films, path: '/data/films' });
    house.leave(aFilm('Solaris'), aSeason('Faro'));
    expect(await house.update()).toEqual({ failed: 1 });
    expect(await house.state()).toMatchObject([{ problem: { code: 'links.library-taken' } }]);
    expect(house.server.libraries.map(({ name }) => name)).toContain(names.shows);
  });

  test('T-61: a media server with Windows paths gets no links that it could not follow', async () => {
    const house = await aLinkHouse(place);
    const [title] = await house.source.titles(jellyfin, [aFilm('Solaris')]);
    house.source.titles = async () =>
      title ? [{ ...title, files: title.files.map((file) => ({ ...file, theirs: 'D:\\a.mkv' })) }] : [];
    house.leave(aFilm('Solaris'));
    await house.update();
    expect(await house.state()).toMatchObject([{ problem: { code: 'links.windows-paths' } }]);
  });
});

test('J-34: says which folder of links stands for which folder of the library', async () => {
  const house = await aLinkHouse(place);
  house.leave(aFilm('Solaris'));
  await house.update();
  expect(await house.standIns()).toEqual({
    roots: [join(folder, jellyfin)],
    folders: [{ links: join(folder, jellyfin, 'films/Solaris'), folder: join(media, 'Solaris') }],
  });
});
