import fc from 'fast-check';
import { expect, test } from 'vitest';
import { honestBytes, isHeldByOthers, noBytes, type DoomedFile } from './honest-bytes.ts';
import { aTorrent, aTorrentFile, notThere, notVisible, seen } from './torrent.fake.ts';

const doomed = (path: string, sight: DoomedFile['sight'], sizeBytes = 100): DoomedFile => ({
  path,
  sizeBytes,
  sight,
});

test('C-13: a file with one name frees its size', () => {
  expect(honestBytes([doomed('/films/a.mkv', seen(1))], [])).toEqual({ ...noBytes, freesNow: 100 });
});

test('T-62 J-80: what a torrent still holds frees when the torrent goes', () => {
  const torrents = [aTorrent({ files: [aTorrentFile({ sight: seen(1, { names: 2 }) })] })];
  expect(honestBytes([doomed('/films/a.mkv', seen(1, { names: 2 }))], torrents)).toEqual({
    ...noBytes,
    freesWithTorrents: 100,
    torrents: 1,
  });
});

test('a cross-seed counts as two torrents and its bytes once', () => {
  const files = [aTorrentFile({ sight: seen(1, { names: 2 }) })];
  const torrents = [aTorrent({ files }), aTorrent({ hash: 'b', files })];
  const bytes = honestBytes([doomed('/films/a.mkv', seen(1, { names: 2 }))], torrents);
  expect(bytes).toMatchObject({ freesNow: 0, freesWithTorrents: 100, torrents: 2 });
});

test('C-13: two items that share a file count it once, and only when both go', () => {
  const both = [doomed('/films/a.mkv', seen(1, { names: 2 })), doomed('/uhd/a.mkv', seen(1, { names: 2 }))];
  expect(honestBytes(both, [])).toEqual({ ...noBytes, freesNow: 100 });
  expect(honestBytes(both.slice(0, 1), [])).toEqual({ ...noBytes, heldElsewhere: 100 });
});

test('a torrent that seeds the very file of the library does not hold it back', () => {
  const torrents = [aTorrent({ files: [aTorrentFile({ path: '/films/a.mkv' })] })];
  expect(honestBytes([doomed('/films/a.mkv', seen(1))], torrents)).toEqual({ ...noBytes, freesNow: 100 });
});

test('T-60: what cannot be seen, or is not there, is said to be unseen and never counted as free', () => {
  const files = [doomed('/films/a.mkv', notVisible, 7), doomed('/films/b.mkv', notThere, 5)];
  expect(honestBytes(files, [])).toEqual({ ...noBytes, unseen: { files: 2, bytes: 12 } });
  expect(isHeldByOthers(files)).toBe(false);
});

/** A disk: contents with their sizes, and names of the library, of torrents and of nobody we know. */
const disk = fc
  .array(
    fc.record({
      sizeBytes: fc.integer({ min: 0, max: 1000 }),
      library: fc.array(fc.record({ goes: fc.boolean(), isVisible: fc.boolean() }), { maxLength: 3 }),
      torrents: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
      others: fc.integer({ min: 0, max: 1 }),
    }),
    { maxLength: 8 },
  )
  .map((contents) => {
    const files: DoomedFile[] = [];
    const held = new Map<number, ReturnType<typeof aTorrentFile>[]>();
    for (const [inode, { sizeBytes, library, torrents, others }] of contents.entries()) {
      const names = library.length + torrents.length + others;
      const sight = seen(inode, { names, sizeBytes });
      for (const [index, { goes, isVisible }] of library.entries())
        if (goes) files.push(doomed(`/lib/${inode}-${index}`, isVisible ? sight : notVisible, sizeBytes));
      for (const [index, torrent] of torrents.entries())
        held.set(torrent, [
          ...(held.get(torrent) ?? []),
          aTorrentFile({ path: `/dl/${inode}-${index}`, sizeBytes, sight }),
        ]);
    }
    const all = [...held].map(([index, own]) => aTorrent({ hash: String(index), files: own }));
    return { contents, files, torrents: all };
  });

test('what it says frees now is what a disk frees when the names go, and never more', () =>
  fc.assert(
    fc.property(disk, ({ contents, files, torrents }) => {
      const bytes = honestBytes(files, torrents);
      const nameless = contents.filter(
        ({ library, torrents: own, others }) =>
          library.length > 0 &&
          library.every(({ goes, isVisible }) => goes && isVisible) &&
          own.length + others === 0,
      );
      expect(bytes.freesNow).toBe(nameless.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
    }),
  ));

test('with the torrents it frees what a disk frees when the torrents lose their names too', () =>
  fc.assert(
    fc.property(disk, ({ contents, files, torrents }) => {
      const { freesNow, freesWithTorrents } = honestBytes(files, torrents);
      const freed = contents.filter(
        ({ library, others }) =>
          library.length > 0 && library.every(({ goes, isVisible }) => goes && isVisible) && others === 0,
      );
      expect(freesNow + freesWithTorrents).toBe(freed.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
    }),
  ));

test('J-82: every content is in exactly one of the amounts, whatever the order and however often a path is told', () =>
  fc.assert(
    fc.property(disk, fc.boolean(), ({ contents, files, torrents }, twice) => {
      const told = twice ? [...files.toReversed(), ...files] : files.toReversed();
      const bytes = honestBytes(told, torrents);
      expect(bytes).toEqual(honestBytes(files, torrents));
      const visible = contents.filter(({ library }) => library.some((one) => one.goes && one.isVisible));
      expect(bytes.freesNow + bytes.freesWithTorrents + bytes.heldElsewhere).toBe(
        visible.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      );
      expect(bytes.freesWithTorrents + bytes.heldElsewhere > 0 ? isHeldByOthers(files) : true).toBe(true);
    }),
  ));
