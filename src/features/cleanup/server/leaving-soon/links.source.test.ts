import { expect, test } from 'vitest';
import { known, unknown, type Fact } from '#core/fact.ts';
import type { ConnectionId, ItemId } from '#core/ids.ts';
import type { LeavingItem } from '../../core/leaving-soon/leaving-soon.ts';
import { createLinkSource, type LinkSourceDeps } from './links.source.ts';

const radarr = 'radarr01' as ConnectionId;
const jellyfin = 'jelly001' as ConnectionId;

const connections = [
  { id: radarr, name: 'Radarr', pathMappings: [{ theirs: '/movies', ours: '/media/films' }] },
  { id: jellyfin, name: 'Jellyfin', pathMappings: [{ theirs: '/data', ours: '/media' }] },
];

const film: LeavingItem = {
  itemId: 'radarr01-1' as ItemId,
  kind: 'film',
  title: 'Solaris',
  dueAt: new Date('2026-11-21T00:00:00Z'),
};

type Library = LinkSourceDeps['library'];
type Found = NonNullable<Awaited<ReturnType<Library['findItem']>>>;

/** Only what the source looks at. */
const found = {
  item: { connectionId: radarr, showId: null },
  ownPath: '/media/films/Solaris',
  files: [{ path: '/movies/Solaris/Solaris.mkv', seasonNumber: null }],
} as unknown as Found;

const showId = 'sonarr01-3' as ItemId;
const episode: LeavingItem = { ...film, itemId: 'sonarr01-3-f7' as ItemId, kind: 'episode', title: 'Faro' };
const details = new Map<ItemId, Found>([
  [film.itemId, found],
  [
    showId,
    {
      item: { connectionId: radarr, showId: null },
      ownPath: '/media/tv/Faro',
      files: [],
    } as unknown as Found,
  ],
  [
    episode.itemId,
    {
      item: { connectionId: radarr, showId },
      ownPath: '/media/tv/Faro/Season 01/Faro S01E01.mkv',
      files: [{ path: '/media/tv/Faro/Season 01/Faro S01E01.mkv', seasonNumber: 1 }],
    } as unknown as Found,
  ],
]);

function aSource(names: Fact<readonly string[]> = known(['Solaris.mkv', 'Solaris.es.srt', 'other.srt'])) {
  const looked: string[] = [];
  const library = {
    findItem: async (id: ItemId) => details.get(id) ?? null,
    readItems: async function* () {
      yield [
        { id: 'radarr01-9' as ItemId, fileCount: 0 },
        { id: film.itemId, fileCount: 1 },
      ];
    },
    disks: async () => [{ folders: [{ connectionId: radarr, path: '/movies' }] }],
  } as unknown as Library;
  const source = createLinkSource({
    library,
    connections: async () => connections,
    leaving: async () => [film],
    settings: async () => ({
      surfaces: { films: 'links', shows: 'links' },
      folder: '/media/leaving',
      names: { films: 'a', shows: 'b' },
    }),
    namesIn: async (folder) => {
      looked.push(folder);
      return names;
    },
  });
  return { source, looked };
}

const solaris = { own: '/media/films/Solaris/Solaris.mkv', theirs: '/data/films/Solaris/Solaris.mkv' };

test('T-60: a file goes from the view of Radarr through ours into that of Jellyfin, with what lies beside it', async () => {
  const { source, looked } = aSource();
  expect(await source.titles(jellyfin, [film])).toEqual([
    {
      kind: 'films',
      title: 'Solaris',
      folder: '/media/films/Solaris',
      files: [
        {
          ...solaris,
          seasonNumber: null,
          sidecars: known([
            {
              own: '/media/films/Solaris/Solaris.es.srt',
              theirs: '/data/films/Solaris/Solaris.es.srt',
            },
          ]),
        },
      ],
    },
  ]);
  expect(looked).toEqual(['/media/films/Solaris']);
});

test('a folder that cannot be looked at leaves what lies beside the file unknown, not absent', async () => {
  const [title] = await aSource(unknown('not-readable')).source.titles(jellyfin, [film]);
  expect(title?.files[0]?.sidecars).toEqual(unknown('not-readable'));
});

test('a single episode that leaves stands in the folder of its show', async () => {
  const [title] = await aSource().source.titles(jellyfin, [episode]);
  expect(title).toMatchObject({ kind: 'shows', folder: '/media/tv/Faro', files: [{ seasonNumber: 1 }] });
});

test('what went out of the library meanwhile is left out', async () => {
  expect(await aSource().source.titles(jellyfin, [{ ...film, itemId: 'gone' as ItemId }])).toEqual([]);
});

test('to try a link any file will do when nothing leaves', async () => {
  expect(await aSource().source.anyFile(jellyfin, [])).toEqual(solaris);
  expect(await aSource().source.anyFile(jellyfin, [film])).toEqual(solaris);
});

test('knows the root folders and the folder of links in each view', async () => {
  const { source } = aSource();
  expect(await source.mediaFolders()).toEqual(['/media/films']);
  expect(await source.asSeenBy(jellyfin, '/media/leaving/jelly001')).toBe('/data/leaving/jelly001');
});
