import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SeenTorrent } from './torrent.ts';
import { aTorrent, aTorrentFile, notThere, notVisible, qbittorrent, seen } from './torrent.fake.ts';
import type { TorrentWish } from '../policy/policy.ts';
import { noTrace, torrentsToRemove, type Departed } from './torrents-to-remove.ts';

const rule: TorrentWish = { remove: true, minRatio: 1, minSeedDays: 14 };
const markOf = (inode: number, sizeBytes = 100) => ({
  device: 'disk',
  inode: String(inode),
  sizeBytes,
  changedAtMs: 1,
});
/** A film that is gone; a torrent has the same file under another name. */
const gone: Departed = {
  ...noTrace,
  marks: [markOf(1)],
  files: [{ path: '/films/Alma.mkv', sizeBytes: 100 }],
};
const decide = (torrents: SeenTorrent[], departed = gone, with_ = rule) =>
  torrentsToRemove({ torrents, departed, rule: with_ });
const removed = (...args: Parameters<typeof decide>) => decide(...args).remove.map(({ hash }) => hash[0]);
const why = (...args: Parameters<typeof decide>) => decide(...args).stay.map((one) => one.why);

test('a finished torrent that holds only what went goes with its files', () => {
  expect(decide([aTorrent()])).toEqual({
    remove: [{ connectionId: qbittorrent, hash: 'a'.repeat(40), deleteFiles: true }],
    stay: [],
  });
});

test('torrents are left alone by default', () => {
  expect(decide([aTorrent()], gone, { ...rule, remove: false })).toEqual({ remove: [], stay: [] });
});

test('a torrent that has nothing to do with it is not even mentioned', () => {
  expect(decide([aTorrent({ files: [aTorrentFile({ sight: seen(2) })] })])).toEqual({ remove: [], stay: [] });
});

describe('it has given enough by ratio or by time', () => {
  test.each([
    [{ ratio: 1, seedingSeconds: 0 }, ['a']],
    [{ ratio: null, seedingSeconds: 14 * 86_400 }, ['a']],
    [{ ratio: 0.99, seedingSeconds: 14 * 86_400 - 1 }, []],
    [{ ratio: null, seedingSeconds: 0 }, []],
  ])('%j', (given, expected) => {
    expect(removed([aTorrent(given)])).toEqual(expected);
  });

  test('when nobody said when it is enough, it never is', () => {
    const silent = { remove: true, minRatio: null, minSeedDays: null };
    expect(why([aTorrent({ ratio: 100 })], gone, silent)).toEqual(['seeds-on']);
  });
});

test('one that is not finished stays', () => {
  expect(why([aTorrent({ finished: false })])).toEqual(['not-finished']);
});

test('T-12 J-83: a season pack with an episode that is kept stays', () => {
  const files = [aTorrentFile(), aTorrentFile({ path: '/downloads/kept.mkv', sight: seen(2, { names: 2 }) })];
  expect(why([aTorrent({ files })])).toEqual(['holds-other-files']);
});

test('T-63: what comes with a film and is none does not hold it back; anything else does', () => {
  const nfo = aTorrentFile({ path: '/downloads/alma.nfo', sight: seen(8) });
  expect(removed([aTorrent({ files: [aTorrentFile(), nfo] })])).toEqual(['a']);
  const archive = aTorrentFile({ path: '/downloads/bonus.zip', sight: seen(9) });
  expect(why([aTorrent({ files: [aTorrentFile(), archive] })])).toEqual(['holds-other-files']);
});

test('T-60: a torrent with a file that cannot be seen stays', () => {
  const hidden = aTorrentFile({ path: '/elsewhere/x.mkv', sight: notVisible });
  expect(why([aTorrent({ files: [aTorrentFile(), hidden] })])).toEqual(['files-not-seen']);
});

describe('T-62: cross-seeds', () => {
  const twin = aTorrent({ hash: 'b'.repeat(40) });

  test('twins on one path go together, and only the last takes the files', () => {
    expect(decide([aTorrent(), twin]).remove.map((one) => one.deleteFiles)).toEqual([false, true]);
  });

  test('while one of them has to seed on, both stay', () => {
    const young = { ...twin, ratio: 0, seedingSeconds: 0 };
    expect(why([aTorrent(), young])).toEqual(['shared-with-another-torrent', 'seeds-on']);
    expect(why([aTorrent(), { ...twin, finished: false }])).toEqual([
      'shared-with-another-torrent',
      'not-finished',
    ]);
  });
});

test('a torrent that seeded the very file of the library goes as an entry of files that are gone', () => {
  const files = [aTorrentFile({ path: '/films/Alma.mkv', sight: notThere, inLibrary: true })];
  expect(removed([aTorrent({ files })])).toEqual(['a']);
});

test('what lies at that path again is a new file, and stays', () => {
  const files = [aTorrentFile({ path: '/films/Alma.mkv', sight: seen(77), inLibrary: true })];
  expect(removed([aTorrent({ files })])).toEqual([]);
});

test('a file below a root folder is the library’s, even when it is a second name of what went', () => {
  const files = [aTorrentFile({ path: '/uhd/Alma.mkv', inLibrary: true })];
  expect(removed([aTorrent({ files })])).toEqual([]);
});

test('while another name than a torrent’s holds the same bytes, the torrent stays', () => {
  const torrent = aTorrent({ files: [aTorrentFile({ sight: seen(1, { names: 2 }) })] });
  expect(decide([torrent])).toEqual({ remove: [], stay: [{ name: 'Alma', why: 'held-elsewhere' }] });
});

test('a number that was given to another file since is not the same file', () => {
  expect(removed([aTorrent({ files: [aTorrentFile({ sight: seen(1, { sizeBytes: 99 }) })] })])).toEqual([]);
});

describe('T-12: the torrent that the history names', () => {
  const byHistory: Departed = { ...gone, marks: [], downloads: ['a'.repeat(40)] };
  const copy = (sight = seen(5)) => aTorrent({ files: [aTorrentFile({ sight })] });

  test('goes when it is a copy of the same size, and when it cannot be seen', () => {
    expect(removed([copy()], byHistory)).toEqual(['a']);
    expect(removed([copy(notVisible)], byHistory)).toEqual(['a']);
  });

  test('stays when the copy is linked to something else', () => {
    expect(removed([copy(seen(5, { names: 2 }))], byHistory)).toEqual([]);
  });

  test('stays when it has more files than went, even of the same size', () => {
    const files = [aTorrentFile({ sight: seen(5) }), aTorrentFile({ path: '/downloads/2', sight: seen(6) })];
    expect(why([aTorrent({ files })], byHistory)).toEqual(['holds-other-files']);
  });
});

/**
 * A household: contents that the library has under names which went or stay, and torrents that hold contents by link,
 * as a copy, or in the library's own place.
 */
const household = fc
  .record({
    contents: fc.array(
      fc.record({ gone: fc.integer({ min: 0, max: 2 }), kept: fc.integer({ min: 0, max: 1 }) }),
      { minLength: 1, maxLength: 5 },
    ),
    torrents: fc.array(
      fc.record({
        holds: fc.array(
          fc.record({
            content: fc.nat(4),
            how: fc.constantFrom('link', 'copy', 'kept-place', 'gone-place', 'twin-path'),
            isVisible: fc.boolean(),
          }),
          { minLength: 1, maxLength: 3 },
        ),
        finished: fc.boolean(),
        isSource: fc.boolean(),
        ratio: fc.constantFrom(null, 0, 3),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ contents, torrents }) => {
    const links = new Map<number, Set<string>>();
    const pathOf = (hash: number, { content, how }: { content: number; how: string }) =>
      ({
        link: `/dl/${hash}-${content}`,
        copy: `/dl/copy-${hash}-${content}`,
        'kept-place': `/lib/kept-${content}-0`,
        'gone-place': `/lib/gone-${content}-0`,
        'twin-path': `/dl/shared-${content}`,
      })[how] ?? '';
    const at = (index: number) => contents[index % contents.length] ?? { gone: 0, kept: 0 };
    const shapes = torrents.map((torrent, hash) => ({
      ...torrent,
      hash: String(hash),
      holds: torrent.holds.map((hold) => {
        const content = hold.content % contents.length;
        const how = hold.how === 'kept-place' && at(content).kept === 0 ? 'link' : hold.how;
        const path = pathOf(hash, { content, how });
        if (how === 'link' || how === 'twin-path')
          links.set(content, (links.get(content) ?? new Set()).add(path));
        return { ...hold, content, how, path };
      }),
    }));
    const sightOf = (hash: string, { content, how }: { content: number; how: string }) => {
      if (how === 'gone-place') return notThere;
      if (how === 'copy') return seen(`copy-${hash}-${content}`);
      return seen(content, { names: at(content).kept + (links.get(content)?.size ?? 0) });
    };
    const seenTorrents = shapes.map(({ hash, finished, ratio, holds }) =>
      aTorrent({
        hash,
        finished,
        ratio,
        seedingSeconds: 0,
        files: holds.map((hold) =>
          aTorrentFile({
            path: hold.path,
            inLibrary: hold.path.startsWith('/lib/'),
            sight: hold.isVisible ? sightOf(hash, hold) : notVisible,
          }),
        ),
      }),
    );
    const departed: Departed = {
      marks: contents.flatMap((content, index) => (content.gone > 0 ? [markOf(index)] : [])),
      downloads: shapes.flatMap(({ hash, isSource }) => (isSource ? [hash] : [])),
      files: contents.flatMap(({ gone: names }, index) =>
        Array.from({ length: names }, (_, copy) => ({ path: `/lib/gone-${index}-${copy}`, sizeBytes: 100 })),
      ),
    };
    return { contents, shapes, torrents: seenTorrents, departed };
  });

test('never one that holds a file that stays, whatever the household', () =>
  fc.assert(
    fc.property(household, fc.boolean(), ({ contents, shapes, torrents, departed }, isStrict) => {
      const { remove } = decide(torrents, departed, {
        ...rule,
        minRatio: isStrict ? 1 : null,
        minSeedDays: null,
      });
      const going = new Set(remove.map(({ hash }) => hash));
      const pathsThatStay = shapes.filter(({ hash }) => !going.has(hash)).flatMap(({ holds }) => holds);
      for (const { hash, finished, ratio, holds, isSource } of shapes.filter((one) => going.has(one.hash))) {
        expect(finished).toBe(true);
        if (isStrict) expect(ratio).toBeGreaterThanOrEqual(1);
        for (const { content, how, path, isVisible } of holds) {
          // No path of the library that is kept, and no path of a torrent that stays in its client.
          expect(how).not.toBe('kept-place');
          expect(pathsThatStay.map((other) => other.path)).not.toContain(path);
          // What is seen to be held by the library is gone from it, every name of it.
          if ((how === 'link' || how === 'twin-path') && isVisible) expect(contents[content]?.kept).toBe(0);
          // Without a look at the file only the history may speak for the torrent.
          if (how !== 'gone-place' && !isVisible) expect(isSource).toBe(true);
        }
        expect(hash).toBeDefined();
      }
    }),
    { numRuns: 3000 },
  ));

test('of torrents on one path only one takes the files, and none before the others are gone', () =>
  fc.assert(
    fc.property(household, ({ torrents, departed }) => {
      const { remove } = decide(torrents, departed);
      const filesOf = (hash: string) => torrents.find((one) => one.hash === hash)?.files ?? [];
      const taken = new Set<string>();
      for (const { hash, deleteFiles } of remove) {
        for (const { path } of filesOf(hash)) expect(taken.has(path)).toBe(false);
        if (deleteFiles) for (const { path } of filesOf(hash)) taken.add(path);
      }
    }),
  ));
