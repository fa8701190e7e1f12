import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { aMovingWorld } from '#features/archive/server/sync/world.fake.ts';
import { anArchive } from '#features/archive/server/sync/archive.fake.ts';
import { createPostTexts } from '#features/archive/server/index.ts';
import { sql } from '#server/platform/db.ts';
import { createSearch } from './index.ts';

let database: TestDatabase;
const indexing = { signal: new AbortController().signal, progress: () => undefined };

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const search = () =>
  createSearch({
    db: database.db,
    postTexts: createPostTexts(database.db),
    clock: { now: () => new Date() },
    log: { info: () => undefined },
  });

beforeEach(async () => {
  await database.db.execute(sql`truncate library_items, archive_sources cascade`);
  await search().indexing.rebuild(indexing);
});

test('posts are found after a sync, with what was said about them, and again when they change', async () => {
  const world = aMovingWorld();
  const house = anArchive(database, world);
  await house.sync(await house.signedIn());
  await search().indexing.catchUp('post', indexing);
  const { documents } = await search().search({ text: 'lovely in:comments', page: 1 });
  expect(documents.map(({ kind, passages }) => [kind, passages[0]?.part])).toEqual([
    ['post', 'comments'],
    ['post', 'comments'],
  ]);
  expect((await search().search({ text: 'list:best', page: 1 })).total).toBe(2);

  await database.db.execute(
    sql`update archive_posts set title = 'Zanzibar', changed_at = now() where id = ${documents[0]?.id}`,
  );
  await search().indexing.catchUp('post', indexing);
  const [found] = (await search().search({ text: 'zanzibar', page: 1 })).documents;
  expect(found?.id).toBe(documents[0]?.id);
});

test('films and shows of the library are found by title and overview, seasons are not, and none that left', async () => {
  const add = (id: string, kind: string, title: string, overview: string) =>
    database.db.execute(sql`
      insert into library_items (id, connection_id, external_id, kind, title, sort_title, year, overview, path, own_path,
        root_folder, monitored, continuing, status, tags, genres, added_at, file_count)
      values (${id}, 'radarr', 1, ${kind}, ${title}, lower(${title}), 1999, ${overview}, '/m', '/m', '/', true, false,
        'released', '{}', '{"Drama"}', now(), 1)`);
  await add('radarr-1', 'film', 'Los cronocrímenes', 'Un hombre viaja en el tiempo por accidente.');
  await add('sonarr-1', 'show', 'Cuéntame', 'La historia de una familia.');
  await add('sonarr-1-s1', 'season', 'Cuéntame', 'La historia de una familia.');
  await search().indexing.catchUp('item', indexing);

  const byTitle = await search().search({ text: 'cronocrimenes', page: 1 });
  expect(byTitle.documents.map(({ href }) => href)).toEqual(['/media/radarr-1']);
  expect((await search().search({ text: 'viajes in:library', page: 1 })).total).toBe(1);
  expect((await search().search({ text: 'cuentame', page: 1 })).total).toBe(1);
  expect((await search().search({ text: 'tag:drama type:show', page: 1 })).total).toBe(1);

  await database.db.execute(sql`delete from library_items where id = 'radarr-1'`);
  await search().indexing.catchUp('item', indexing);
  expect((await search().search({ text: 'cronocrimenes', page: 1 })).total).toBe(0);
});
