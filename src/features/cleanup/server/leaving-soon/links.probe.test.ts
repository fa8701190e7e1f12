import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { aLinkHouse, aLinkPlace, jellyfin, type LinkHouse, type LinkPlace } from './links-house.fake.ts';

let place: LinkPlace;
let base: string;
let media: string;
let folder: string;

beforeEach(async () => {
  place = await aLinkPlace();
  ({ base, media, folder } = place);
  return place.remove;
});

describe('T-60, J-117: trying a link with a real file', () => {
  const proofOf = async (house: LinkHouse) => {
    const tested = await house.test();
    if (!tested.ok) throw new Error(tested.error.code);
    return tested.value[0]?.proof;
  };
  const file = '/data/media/Solaris/Solaris.mkv';

  test('is proven when the media server opens the file through the link, and leaves nothing behind', async () => {
    const house = await aLinkHouse(place);
    // The fake media server is this machine, so its view has to exist here.
    house.source.anyFile = async () => {
      const own = join(media, 'Solaris', 'Solaris.mkv');
      return { own, theirs: own };
    };
    expect(await proofOf(house)).toEqual({ is: 'proven', file: join(media, 'Solaris', 'Solaris.mkv') });
    expect(await readdir(join(folder, jellyfin))).toEqual([]);
  });

  test('a link that leads nowhere there is no proof', async () => {
    const house = await aLinkHouse(place);
    expect(await proofOf(house)).toEqual({ is: 'not-followed', file });
  });

  test('says when the file itself is not seen, and when the folder of links is not', async () => {
    const house = await aLinkHouse(place);
    house.source.anyFile = async () => ({ own: join(media, 'x.mkv'), theirs: '/data/media/x.mkv' });
    expect(await proofOf(house)).toEqual({ is: 'file-not-seen', file: '/data/media/x.mkv' });
    const other = await aLinkHouse(place);
    other.source.asSeenBy = async (_id, path) => path.replace(base, '/elsewhere');
    expect(await proofOf(other)).toMatchObject({ is: 'folder-not-seen' });
  });

  test('says plainly that it cannot be proven, with what is seen from here where that says anything', async () => {
    const house = await aLinkHouse(place);
    house.server.answerPaths(false);
    expect(await proofOf(house)).toMatchObject({ is: 'not-provable', here: null });
    const own = join(media, 'Solaris', 'Solaris.mkv');
    house.source.anyFile = async () => ({ own, theirs: own });
    house.source.asSeenBy = async (_id, path) => path;
    expect(await proofOf(house)).toMatchObject({ is: 'not-provable', here: true });
  });

  test('a folder that must not be touched is told, and one that lost its marker is taken again', async () => {
    const house = await aLinkHouse(place);
    house.set({ folder: media });
    expect(await proofOf(house)).toMatchObject({ is: 'problem', problem: { code: 'links.among-media' } });
    house.set({ folder });
    await house.store.noteFolder(folder);
    expect(await proofOf(house)).not.toMatchObject({ is: 'problem' });
    house.set({ folder: null });
    expect(await house.test()).toMatchObject({ ok: false, error: { code: 'links.no-folder' } });
  });
});
