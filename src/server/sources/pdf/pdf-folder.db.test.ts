import { mkdir, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { asc } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SourceId } from '#core/ids.ts';
import { aPdf } from '#features/enrichment/server/pdf.fake.ts';
import { fakeWorld } from '#features/archive/server/ports.fake.ts';
import { anArchive } from '#features/archive/server/sync/archive.fake.ts';
import { postMedia } from '#features/archive/server/media/post-media.tables.ts';
import { posts, revisions } from '#features/archive/server/posts.tables.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { aPdfHouse } from './pdf-folder.fake.ts';
import { createPdfFolder } from './plugin.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(() => database.pool.query('truncate archive_sources cascade'));

const lamp = aPdf(['The lamp']);
const door = aPdf(['The door, which is longer']);

/** An archive with a folder of two PDFs as its source, synced once. */
async function anArchivedFolder() {
  const folder = await aPdfHouse();
  await folder.write('Ana/lamp.pdf', lamp);
  await folder.write('Ana/door.pdf', door);
  const plugin = createPdfFolder({
    clock: { now: () => new Date(Date.now() + 3_600_000) },
    titlesOf: async (paths) => paths.map(() => null),
  });
  const house = anArchive(database, fakeWorld(), { plugin });
  const added = await house.archive.sources.add({
    plugin: 'pdf',
    credentials: { folder: folder.root },
    cron: '0 5 * * *',
    timeZone: 'UTC',
  });
  if (!added.ok) throw new Error(added.error.code);
  const { id } = added.value;
  house.queued.length = 0;
  const job = house.archive.jobs.watch;
  return {
    ...house,
    id,
    folder,
    first: await house.sync(id),
    at: (...path: string[]) => join(folder.root, ...path),
    /** What a look of the watch asks for; `nothing` when it leaves no trace. */
    look: async () => {
      const turn = { signal: house.signal, jobId: 'x', progress: () => undefined };
      const outcome = await job.runRaw({ sourceId: id }, turn);
      const asked = house.queued.splice(0).map(({ name }) => name);
      return outcome?.is === 'nothing-done' ? ['nothing', ...asked] : asked;
    },
    lookedAt: async () => {
      const found = await house.archive.sources.find(id);
      return found.ok ? found.value.lookedAt : null;
    },
    posts: () => database.db.select().from(posts).orderBy(asc(posts.title)),
    media: () => database.db.select().from(postMedia),
    stateOf: async (sourceId: SourceId = id) => {
      const found = await house.archive.sources.find(sourceId);
      return found.ok ? found.value.state : null;
    },
  };
}

test('each PDF is a post with one attachment that waits for its bytes', async () => {
  const { first, posts, media, wanted, folder } = await anArchivedFolder();
  expect(first.end).toEqual({ is: 'done' });
  expect(await posts()).toMatchObject([
    { title: 'door', kind: 'document', readable: true, vanishedAt: null },
    { title: 'lamp', kind: 'document', readable: true, vanishedAt: null },
  ]);
  expect(await media()).toHaveLength(2);
  expect(wanted).toHaveLength(2);
  await folder.close();
});

test('a renamed file is the same post; a touched one is not even another revision', async () => {
  const { posts, sync, id, at, wanted, folder } = await anArchivedFolder();
  const [, before] = await posts();
  await rename(at('Ana', 'lamp.pdf'), at('Ana', 'my lamp.pdf'));
  await utimes(at('Ana', 'door.pdf'), 1_000_000_000, 1_000_000_000);
  await sync(id);
  const after = await posts();
  expect(after.map(({ title }) => title)).toEqual(['door', 'my lamp']);
  expect(after[1]?.id).toBe(before?.id);
  expect(wanted).toHaveLength(2);
  expect(await database.db.select().from(revisions)).toHaveLength(3);
  // The kept answer is the newest one: nothing is read a second time for it.
  expect(after.map((post) => (post.listedRaw as { modifiedAt?: string } | null)?.modifiedAt)).toEqual([
    '2001-09-09T01:46:40.000Z',
    undefined,
  ]);
  await folder.close();
});

test('a new version is fetched, and what was there before keeps its bytes', async () => {
  const { posts, media, sync, id, wanted, folder } = await anArchivedFolder();
  await folder.write('Ana/lamp.pdf', aPdf(['Another lamp']));
  await sync(id);
  expect(await posts()).toHaveLength(2);
  expect(wanted).toHaveLength(3);
  expect((await media()).filter(({ withdrawnAt }) => withdrawnAt !== null)).toHaveLength(1);
  await folder.close();
});

test('a removed file has vanished at its source and stays here; when it is back it is the same post', async () => {
  const { posts, sync, id, at, later, folder } = await anArchivedFolder();
  const before = await posts();
  await rename(at('Ana', 'lamp.pdf'), join(folder.base, 'lamp.pdf'));
  later(1_000);
  await sync(id);
  const gone = await posts();
  expect(gone.map(({ title, vanishedAt }) => [title, vanishedAt !== null])).toEqual([
    ['door', false],
    ['lamp', true],
  ]);
  await rename(join(folder.base, 'lamp.pdf'), at('Ana', 'back again.pdf'));
  await sync(id);
  const back = await posts();
  expect(back.map(({ vanishedAt }) => vanishedAt)).toEqual([null, null]);
  expect(new Set(back.map((post) => post.id))).toEqual(new Set(before.map((post) => post.id)));
  await folder.close();
});

test.each(['missing', 'empty'] as const)(
  'while the folder is %s nothing vanishes, the source says so, and it goes on by itself',
  async (how) => {
    const { posts, sync, id, look, later, stateOf, told, folder } = await anArchivedFolder();
    expect(await look()).toEqual(['archive.sync']); // nobody knows what came before the start
    expect(await look()).toEqual(['nothing']);
    await rename(folder.root, `${folder.root} away`);
    if (how === 'empty') await mkdir(folder.root);
    // A disk that is mounted a little later is no news.
    expect([await look(), await look()]).toEqual([['nothing'], ['nothing']]);
    expect(await stateOf()).toMatchObject({ is: 'ready' });
    expect(await look()).toEqual([]);
    const problem = { code: `source.folder-${how}`, path: folder.root };
    expect(await stateOf()).toMatchObject({ is: 'stopped', problem, until: null });
    expect(told).toEqual([{ kind: 'stopped', name: 'Folder of PDFs' }]);
    later(8 * 86_400_000);
    expect((await sync(id)).end).toEqual({ is: 'stopped', problem, creator: null });
    expect((await posts()).map(({ vanishedAt, missingSince }) => [vanishedAt, missingSince])).toEqual([
      [null, null],
      [null, null],
    ]);

    await rm(folder.root, { recursive: true, force: true });
    await rename(`${folder.root} away`, folder.root);
    expect(await look()).toEqual(['archive.sync']);
    expect(await stateOf()).toMatchObject({ is: 'ready' });
    expect((await sync(id)).end).toEqual({ is: 'done' });
    await folder.close();
  },
);

test('a file that arrives, changes or goes is noticed by the next look, and nothing else is', async () => {
  const { look, at, folder } = await anArchivedFolder();
  await look();
  expect(await look()).toEqual(['nothing']);
  await folder.write('Ana/new.pdf', aPdf(['new']));
  expect(await look()).toEqual(['archive.sync']);
  expect(await look()).toEqual(['nothing']);
  await folder.write('Ana/new.pdf', aPdf(['newer']));
  expect(await look()).toEqual(['archive.sync']);
  await folder.write('Ana/readme.txt', 'no PDF');
  expect(await look()).toEqual(['nothing']);
  await rm(at('Ana', 'new.pdf'));
  expect(await look()).toEqual(['archive.sync']);
  await folder.close();
});

test('a source says when it was last looked at, well or not', async () => {
  const { look, lookedAt, later, folder } = await anArchivedFolder();
  expect(await lookedAt()).toBeNull();
  await look();
  const first = await lookedAt();
  later(60_000);
  await rename(folder.root, `${folder.root} away`);
  expect(await look()).toEqual(['nothing']);
  expect((await lookedAt())?.getTime()).toBe((first?.getTime() ?? 0) + 60_000);
  await rename(`${folder.root} away`, folder.root);
  await folder.close();
});

test('a source that is switched off is not looked at', async () => {
  const { archive, id, look, lookedAt, later, folder } = await anArchivedFolder();
  await look();
  const last = await lookedAt();
  await archive.sources.change(id, { enabled: false });
  await folder.write('Ana/new.pdf', aPdf(['new']));
  later(60_000);
  expect(await look()).toEqual(['nothing']);
  expect(await lookedAt()).toEqual(last);
  await folder.close();
});
