import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import { linkChange, linkTree, sidecarsOf, type LeavingFile, type LeavingTitle } from './link-tree.ts';

const aFile = (own: string, changes: Partial<LeavingFile> = {}): LeavingFile => ({
  own,
  theirs: own.replace('/media/', '/data/'),
  seasonNumber: null,
  sidecars: known([]),
  ...changes,
});

const aFilm = (folder: string, changes: Partial<LeavingTitle> = {}): LeavingTitle => ({
  kind: 'films',
  title: 'Solaris',
  folder,
  files: [aFile(`${folder}/Solaris.mkv`)],
  ...changes,
});

const aSeason = (folder: string, seasonNumber: number, files: readonly string[]): LeavingTitle => ({
  kind: 'shows',
  title: 'Faro',
  folder,
  files: files.map((own) => aFile(own, { seasonNumber })),
});

const paths = (titles: readonly LeavingTitle[]) => linkTree(titles).links.map(({ path }) => path);

describe('the tree (J-111, J-112)', () => {
  test('J-117 T-60: a film is a link in a folder of its own, to where the media server sees the file', () => {
    expect(linkTree([aFilm('/media/films/Solaris (1972)')])).toEqual({
      links: [
        {
          path: 'films/Solaris (1972)/Solaris.mkv',
          target: '/data/films/Solaris (1972)/Solaris.mkv',
        },
      ],
      standIns: [{ links: 'films/Solaris (1972)', folder: '/media/films/Solaris (1972)' }],
    });
  });

  test('J-112: folders between the root folder and the film do not count', () => {
    expect(paths([aFilm('/media/films/s/Solaris (1972)')])).toEqual(['films/Solaris (1972)/Solaris.mkv']);
  });

  test('every season that leaves is a folder in the one of its show', () => {
    expect(
      paths([
        aSeason('/media/tv/Faro', 1, ['/media/tv/Faro/Season 01/Faro S01E01.mkv']),
        aSeason('/media/tv/Faro', 2, ['/media/tv/Faro/Temporada 2/Faro S02E01.mkv']),
      ]),
    ).toEqual(['shows/Faro/Season 01/Faro S01E01.mkv', 'shows/Faro/Temporada 2/Faro S02E01.mkv']);
  });

  test('J-113 FIX: episodes in the folder of the show get a season folder', () => {
    expect(
      paths([
        aSeason('/media/tv/Faro', 3, ['/media/tv/Faro/Faro S03E01.mkv']),
        aSeason('/media/tv/Faro', 0, ['/media/tv/Faro/Faro special.mkv']),
      ]),
    ).toEqual(['shows/Faro/Season 00/Faro special.mkv', 'shows/Faro/Season 03/Faro S03E01.mkv']);
  });

  test('a show and one of its seasons that both leave are linked once', () => {
    const file = '/media/tv/Faro/Season 01/Faro S01E01.mkv';
    const tree = linkTree([aSeason('/media/tv/Faro', 1, [file]), aSeason('/media/tv/Faro/', 1, [file])]);
    expect(tree.links).toHaveLength(1);
    expect(tree.standIns).toHaveLength(1);
  });

  test('T-14: two films in folders of one name stand side by side', () => {
    const both = [aFilm('/media/films/Solaris'), aFilm('/media/films-4k/solaris')];
    expect(paths(both)).toEqual(['films/Solaris [2]/Solaris.mkv', 'films/solaris/Solaris.mkv']);
  });

  test('J-114 FIX: subtitles, notes and pictures of a file are links beside it, never copies', () => {
    const folder = '/media/films/Solaris';
    const sidecar = (name: string) => ({ own: `${folder}/${name}`, theirs: `/data/films/Solaris/${name}` });
    const film = aFilm(folder, {
      files: [aFile(`${folder}/Solaris.mkv`, { sidecars: known([sidecar('Solaris.es.srt')]) })],
    });
    expect(linkTree([film]).links[0]).toEqual({
      path: 'films/Solaris/Solaris.es.srt',
      target: '/data/films/Solaris/Solaris.es.srt',
    });
    expect(
      sidecarsOf('Solaris.mkv', [
        'Solaris.mkv',
        'Solaris.es.srt',
        'Solaris-poster.jpg',
        'Solaris.nfo',
        'Solaris 2.srt',
        'Solaris.exe',
        'poster.jpg',
      ]),
    ).toEqual(['Solaris-poster.jpg', 'Solaris.es.srt', 'Solaris.nfo']);
  });

  test('what lies beside a file and cannot be looked at now stays linked', () => {
    const folder = '/media/films/Solaris';
    const seen = { own: `${folder}/Solaris.srt`, theirs: '/data/films/Solaris/Solaris.srt' };
    const before = linkTree([
      aFilm(folder, { files: [aFile(`${folder}/Solaris.mkv`, { sidecars: known([seen]) })] }),
    ]);
    const film = aFilm(folder, {
      files: [aFile(`${folder}/Solaris.mkv`, { sidecars: unknown('not-readable') })],
    });
    expect(linkTree([film], before)).toEqual(before);
    expect(linkTree([film]).links).toHaveLength(1);
  });

  test('a title without a file has no folder', () => {
    expect(linkTree([aFilm('/media/films/Solaris', { files: [] })])).toEqual({ links: [], standIns: [] });
  });

  test('T-63: a path that would lead out of the folder is left out', () => {
    expect(paths([aFilm('/media/films/..', { title: '..' })])).toEqual(['films/Untitled/Solaris.mkv']);
    expect(
      paths([aFilm('/media/films/Solaris', { files: [aFile('/media/films/Solaris/../../x.mkv')] })]),
    ).toEqual([]);
  });
});

describe('what changes (J-115 FIX)', () => {
  test('nothing, when nothing else leaves', () => {
    const tree = linkTree([aFilm('/media/films/Solaris'), aFilm('/media/films-4k/Solaris')]);
    expect(linkChange(tree.links, tree.links)).toEqual({ add: [], remove: [] });
  });

  test('what stays keeps its place when its namesake goes', () => {
    const second = aFilm('/media/films/Solaris');
    const before = linkTree([aFilm('/media/films-4k/Solaris'), second]);
    const after = linkTree([second], before);
    expect(linkChange(before.links, after.links)).toEqual({
      add: [],
      remove: ['films/Solaris/Solaris.mkv'],
    });
  });

  test('a file that was replaced under the same name is one link less and one more', () => {
    const wanted = [{ path: 'films/a/a.mkv', target: '/new/a.mkv' }];
    expect(linkChange([{ path: 'films/a/a.mkv', target: '/old/a.mkv' }], wanted)).toEqual({
      add: wanted,
      remove: ['films/a/a.mkv'],
    });
  });

  const part = fc.constantFrom('a', 'A', 'b', '.', '..', 'Season 01', 'c.mkv', 'c.srt', '');
  const folder = fc.array(part, { maxLength: 3 }).map((parts) => `/media/${parts.join('/')}`);
  const title = fc.record({
    kind: fc.constantFrom('films' as const, 'shows' as const),
    title: fc.constantFrom('x', '..', 'y/z'),
    folder,
    files: fc.array(
      folder.map((own) => aFile(own, { seasonNumber: 1 })),
      { maxLength: 3 },
    ),
  });
  const titles = fc.array(title, { maxLength: 5 });

  test('one link per path, all below films and shows, and a second look changes nothing', () => {
    fc.assert(
      fc.property(titles, titles, (first, second) => {
        const before = linkTree(first);
        const after = linkTree(second, before);
        const all = after.links.map(({ path }) => path);
        expect(new Set(all).size).toBe(all.length);
        for (const path of all) {
          expect(path).toMatch(/^(films|shows)\/[^/]+\//);
          expect(path.split('/').filter((one) => one === '' || one === '.' || one === '..')).toEqual([]);
        }
        expect(linkTree(second, after)).toEqual(after);
      }),
      { numRuns: 300 },
    );
  });
});
