import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { startEmby } from '#tools/simulators/emby/start.ts';
import { startJellyfin } from '#tools/simulators/jellyfin/start.ts';
import { createEmbyLinkLibrary } from '../emby/link-library.ts';
import { createJellyfinLinkLibrary } from '../jellyfin/link-library.ts';
import { promptHttp, requestProblems, smallHousehold, targetOf, valueOf } from '../simulated.fake.ts';

const household = smallHousehold();
const http = promptHttp();

const products = [
  {
    kind: 'jellyfin',
    start: startJellyfin,
    open: createJellyfinLinkLibrary,
    problems: (requests: Parameters<typeof requestProblems>[1]) => requestProblems('jellyfin', requests),
  },
  { kind: 'emby', start: startEmby, open: createEmbyLinkLibrary, problems: () => [] },
] as const;

/** As the media server sees the real folder. */
const THERE = '/data/leaving';

describe.each(products)('$kind', ({ kind, start, open, problems }) => {
  let here: string;
  let server: Awaited<ReturnType<typeof startJellyfin | typeof startEmby>>;

  beforeEach(async () => {
    here = await mkdtemp(join(tmpdir(), 'library-'));
    await mkdir(join(here, 'films'));
    await mkdir(join(here, 'shows'));
    server = await start(household, { mounts: [{ here, there: THERE }] });
    return async () => {
      expect(problems(server.requests)).toEqual([]);
      // T-30: not one of these sentences is done by deleting something.
      expect(server.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
      await server.close();
      await rm(here, { recursive: true });
    };
  });

  const library = () => open(http, targetOf(kind, server));
  const films = { kind: 'films', name: 'Leaving soon (films)', path: `${THERE}/films` } as const;
  const aFilm = () => server.state.items.find((item) => item.kind === 'Movie' && item.path);
  const link = async (path: string, target: string) => {
    await mkdir(dirname(join(here, path)), { recursive: true });
    await symlink(target, join(here, path));
  };
  const shown = () => server.state.items.filter(({ path }) => path?.startsWith(`${THERE}/`));

  test('J-111: the library is made once, over its folder, without a look at everything', async () => {
    expect(valueOf(await library().openLibrary(films))).toEqual({ is: 'made', name: films.name });
    expect(valueOf(await library().openLibrary({ ...films, name: 'Other' }))).toEqual({
      is: 'found',
      name: films.name,
    });
    const made = server.state.libraries.filter(({ locations }) => locations.includes(films.path));
    expect(made).toMatchObject([{ name: films.name, type: 'movies' }]);
    expect(server.requests.some(({ path }) => /refresh/i.test(path))).toBe(false);
  });

  test('a library of that name which is somebody’s own is not touched', async () => {
    const [theirs] = structuredClone(server.state.libraries);
    const opened = await library().openLibrary({ ...films, name: theirs?.name.toUpperCase() ?? '' });
    expect(valueOf(opened)).toMatchObject({ is: 'name-taken' });
    expect(server.state.libraries[0]).toEqual(theirs);
  });

  test('T-60: a folder that it does not see is told', async () => {
    const opened = await library().openLibrary({ ...films, path: '/nowhere' });
    expect(opened).toMatchObject({ ok: false, error: { code: 'step.refused', status: 404 } });
  });

  test('J-115: it shows what is linked, at once and with the same id, and forgets what is not', async () => {
    const film = aFilm();
    valueOf(await library().openLibrary(films));
    valueOf(await library().lookEverywhere());
    await server.world.settle();
    const path = `${THERE}/films/A/A.mkv`;
    await writeFile(join(here, 'films/.placeholder'), '');
    await link('films/A/A.mkv', film?.path ?? '');
    valueOf(await library().tellChanged([{ path, is: 'new' }]));
    await server.world.settle();
    const [first] = shown();
    expect(first).toMatchObject({ kind: 'Movie', path, title: film?.title });
    expect(first?.id).not.toBe(film?.id);

    valueOf(await library().tellChanged([{ path: `${THERE}/films/B/B.mkv`, is: 'new' }]));
    await server.world.settle();
    expect(shown()).toEqual([first]);

    await rm(join(here, 'films/A'), { recursive: true });
    valueOf(await library().tellChanged([{ path, is: 'gone' }]));
    await server.world.settle();
    expect(shown()).toEqual([]);
  });

  test('J-117 T-61: tells whether it sees a file through a link, on the way or at the end', async () => {
    const target = aFilm()?.path ?? '';
    await link('probe/folder', dirname(target));
    await link('probe/broken', '/nowhere');
    const through = `${THERE}/probe/folder/${target.slice(dirname(target).length + 1)}`;
    expect(valueOf(await library().sees(through))).toBe(true);
    expect(valueOf(await library().sees(`${THERE}/probe/broken/x.mkv`))).toBe(false);
    server.server.settings.followsLinks = false;
    expect(valueOf(await library().sees(through))).toBe(false);
    expect(valueOf(await library().sees(target))).toBe(true);
  });
});

test('T-30: a folder that is empty looks like a missing disk, so what was in it stays (jellyfin#11913)', async () => {
  const here = await mkdtemp(join(tmpdir(), 'library-'));
  const server = await startJellyfin(household, { mounts: [{ here, there: THERE }] });
  const library = createJellyfinLinkLibrary(http, targetOf('jellyfin', server));
  const film = server.state.items.find((item) => item.kind === 'Movie' && item.path);
  valueOf(await library.openLibrary({ kind: 'films', name: 'Leaving', path: THERE }));
  await symlink(film?.path ?? '', join(here, 'A.mkv'));
  valueOf(await library.lookEverywhere());
  await server.world.settle();
  const shown = () => server.state.items.filter(({ path }) => path === `${THERE}/A.mkv`).length;
  expect(shown()).toBe(1);

  await rm(join(here, 'A.mkv'));
  valueOf(await library.lookEverywhere());
  await server.world.settle();
  expect(shown()).toBe(1);

  await writeFile(join(here, '.placeholder'), '');
  valueOf(await library.lookEverywhere());
  await server.world.settle();
  expect(shown()).toBe(0);
  await server.close();
  await rm(here, { recursive: true });
});
