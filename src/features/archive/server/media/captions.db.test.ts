import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { aSha, aShelf, minute } from '../reading/shelf.fake.ts';
import { createCaptionLibrary } from './captions.store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test('captions belong to what stands under their name in the same post, and those of today alone count', async () => {
  const shelf = aShelf(database.db);
  await shelf.source();
  await shelf.creator();
  for (const number of [1, 2, 3]) await shelf.file(aSha(number));
  for (const id of ['a', 'b', 'c']) await shelf.post({ id });
  const sound = { externalId: 'sound', kind: 'audio', role: 'main', sha256: aSha(1) } as const;
  for (const post of ['a', 'b']) await shelf.media(post, sound);
  await shelf.media('c', { ...sound, withdrawnAt: minute(1) });
  const captions = { kind: 'file', role: 'captions', of: 'sound' } as const;
  await shelf.media('a', { ...captions, externalId: 'stored', sha256: aSha(2) });
  await shelf.media('a', { ...captions, externalId: 'waiting' });
  await shelf.media('a', { ...captions, externalId: 'never', gap: { code: 'vanished' } });
  await shelf.media('a', { ...captions, externalId: 'gone', sha256: aSha(3), withdrawnAt: minute(1) });
  await shelf.media('b', { ...captions, externalId: 'other', of: 'another sound', sha256: aSha(2) });

  const { captionsOf, captionedBy } = createCaptionLibrary(database.db);
  const places = await captionsOf(aSha(1));
  expect(places).toHaveLength(2);
  expect(places).toContainEqual([]);
  expect(places.flat()).toHaveLength(2);
  expect(places.flat()).toEqual(expect.arrayContaining([{ sha256: aSha(2) }, { sha256: null }]));
  expect(await captionedBy(aSha(2))).toEqual([aSha(1)]);
  expect(await captionedBy(aSha(3))).toEqual([]);
});
