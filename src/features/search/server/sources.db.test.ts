import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { aMovingWorld } from '#features/archive/server/sync/world.fake.ts';
import { anArchive } from '#features/archive/server/sync/archive.fake.ts';
import { createPostTexts } from '#features/archive/server/index.ts';
import type { Sha256 } from '#core/ids.ts';
import type { MediaText } from '#features/enrichment/core/text.ts';
import { sql } from '#server/platform/db.ts';
import { createSearch } from './index.ts';
import { withoutMeaning } from './meaning/embedder.fake.ts';

let database: TestDatabase;
const indexing = { signal: new AbortController().signal, progress: () => undefined };

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const texts = new Map<string, MediaText>();

const search = () =>
  createSearch({
    db: database.db,
    postTexts: createPostTexts(database.db),
    textsOf: async (sha) => [...texts].flatMap(([of, text]) => (of === sha ? [text] : [])),
    ...withoutMeaning(),
    clock: { now: () => new Date() },
    log: { info: () => undefined, warn: () => undefined },
  });

beforeEach(async () => {
  await database.db.execute(sql`truncate library_items, library_credits, archive_sources cascade`);
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

test('words that are read out of files are found in the posts that show them, once in each', async () => {
  const house = anArchive(database, aMovingWorld());
  await house.sync(await house.signedIn());
  const [pdf, words] = ['p', 'c'].map((letter) => letter.repeat(64) as Sha256) as [Sha256, Sha256];
  await database.db.execute(sql`
    insert into archive_media_files (sha256, size_bytes, mime_type, kind, stored_at, verified_at)
    values (${pdf}, 1, 'application/pdf', 'file', now(), now()), (${words}, 1, 'text/vtt', 'file', now(), now())`);
  const place = (externalId: string, change: ReturnType<typeof sql>) =>
    database.db.execute(
      sql`update archive_post_media set state = 'stored', ${change} where external_id = ${externalId}`,
    );
  await place('a', sql`stored_bytes = 1, sha256 = ${pdf}`);
  await place('b', sql`stored_bytes = 1, sha256 = ${pdf}`);
  await place('c', sql`stored_bytes = 1, sha256 = ${words}, role = 'captions'`);
  await search().indexing.sweep(indexing);
  expect((await search().search({ text: 'zarzuela OR gondola', page: 1 })).total).toBe(0);

  texts.set(pdf, { kind: 'pdf', pages: [{ page: 3, text: 'Una zarzuela.' }] });
  texts.set(words, {
    kind: 'captions',
    language: 'en',
    segments: [
      { fromMs: 0, toMs: 900, text: 'Good evening.' },
      { fromMs: 1000, toMs: 2000, text: 'A gondola.' },
    ],
  });
  for (const sha of [pdf, words]) await createPostTexts(database.db).touch(sha);
  await search().indexing.catchUp('post', indexing);
  const hrefs = async (text: string) =>
    (await search().search({ text, page: 1 })).documents.flatMap(({ id, passages }) =>
      passages.map(({ href }) => href.replace(id, 'ID').replaceAll(/id\d+-\d+/g, 'PLACE')),
    );
  expect(await hrefs('zarzuela in:pdf')).toEqual(['/archive/posts/ID?pdf=PLACE-3#page-PLACE-3']);
  expect(await hrefs('gondola in:transcript')).toEqual(['/archive/posts/ID#said-PLACE-1000']);

  // What a model heard in the sound of the same captions is not found beside them.
  await database.db.execute(sql`update archive_media_files set kind = 'audio' where sha256 = ${pdf}`);
  await place('c', sql`"of" = 'b'`);
  const segments = [{ fromMs: 5, toMs: 9, text: 'Una mandolina.', confidence: null }];
  texts.set(pdf, { kind: 'speech', model: 'whisper-1', language: 'es', segments });
  await search().indexing.sweep(indexing);
  expect(await hrefs('mandolina in:transcript')).toEqual(['/archive/posts/ID#said-PLACE-5']);

  await database.db.execute(sql`update archive_media_files set kind = 'file' where sha256 = ${pdf}`);
  texts.set(pdf, { kind: 'pdf', pages: [{ page: 3, text: 'Una zarzuela.' }] });
  await place('a', sql`withdrawn_at = now()`);
  await place('c', sql`withdrawn_at = now()`);
  await search().indexing.sweep(indexing);
  expect(await hrefs('zarzuela')).toHaveLength(1);
  expect(await hrefs('gondola')).toEqual([]);
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

test('people are found in the films and shows that they are in, with whom they play, as soon as it is known', async () => {
  const add = (id: string, kind: string, title: string, mediaId: string) =>
    database.db.execute(sql`
      insert into library_items (id, connection_id, external_id, kind, title, sort_title, overview, path, own_path,
        root_folder, monitored, continuing, status, tags, genres, added_at, file_count, media_ids, original_title)
      values (${id}, 'radarr', 1, ${kind}, ${title}, lower(${title}), 'Una historia de faroles y de mareas.', '/m', '/m',
        '/', true, false, 'released', '{}', '{}', now(), 1, array[${mediaId}], null)`);
  await add('radarr-1', 'film', 'El farol', 'jellyfin:a');
  await add('sonarr-1', 'show', 'La marea', 'jellyfin:b');
  await search().indexing.catchUp('item', indexing);
  const find = async (text: string) => (await search().search({ text, page: 1, mode: 'words' })).documents;
  expect(await find('"marta ferrán"')).toEqual([]);

  const tell = (itemId: string, toldOf: string, names: string, at = sql`now()`) =>
    database.db.execute(sql`
      insert into library_credits (item_id, told_of, credits, original_title, asked_at, changed_at)
      values (${itemId}, ${toldOf}, ${names}::jsonb, 'The Lantern', now(), ${at})
      on conflict (item_id) do update set credits = excluded.credits, changed_at = excluded.changed_at`);
  const played = (role: string) => JSON.stringify([{ name: 'Marta Ferrán', part: 'actor', role }]);
  await tell('radarr-1', 'jellyfin:a', played('Inés'));
  await tell(
    'sonarr-1',
    'jellyfin:b',
    JSON.stringify([{ name: 'Will Ashdown', part: 'director', role: null }]),
  );
  await search().indexing.catchUp('item', indexing);
  const [film, ...others] = await find('películas con marta ferran');
  expect(others).toEqual([]);
  expect(film).toMatchObject({ id: 'radarr-1', title: 'El farol · The Lantern', href: '/media/radarr-1' });
  expect(film?.passages.map(({ part, snippet }) => [part, snippet])).toEqual([
    [
      'cast',
      [
        { text: 'Marta', isHit: true },
        { text: ' ', isHit: false },
        { text: 'Ferrán', isHit: true },
        { text: ' (Inés)', isHit: false },
      ],
    ],
  ]);
  expect((await find('will')).map(({ id }) => id)).toEqual(['sonarr-1']);
  expect((await find('ferrán in:makers')).map(({ id }) => id)).toEqual([]);
  expect((await find('lantern')).map(({ id }) => id).sort()).toEqual(['radarr-1', 'sonarr-1']);
  expect((await search().suggest('ferr')).words).toEqual(['ferrán']);

  // What changed is known by when it changed, and counts only of the entry that is the item's.
  await tell('radarr-1', 'jellyfin:a', played('Clara'), sql`now() + interval '1 minute'`);
  await search().indexing.catchUp('item', indexing);
  expect((await find('ferrán clara'))[0]?.passages[0]?.snippet.at(-2)?.text).toBe('Clara');
  await database.db.execute(sql`update library_items set media_ids = '{jellyfin:c}' where id = 'radarr-1'`);
  await search().indexing.sweep(indexing);
  expect(await find('ferrán')).toEqual([]);
});
