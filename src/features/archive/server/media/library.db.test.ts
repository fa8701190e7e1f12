import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { aSha, aShelf } from '../reading/shelf.fake.ts';
import { createFileLibrary } from './library.store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test('captions are in the language that a post gave them, also where another post said nothing', async () => {
  const shelf = aShelf(database.db);
  await shelf.source();
  await shelf.creator();
  for (const number of [1, 2]) await shelf.file(aSha(number));
  const captions = { kind: 'file', role: 'captions' } as const;
  for (const [post, language] of [
    ['a', null],
    ['b', 'es'],
  ] as const) {
    await shelf.post({ id: post });
    await shelf.media(post, { ...captions, externalId: 'words', sha256: aSha(1), language });
  }
  await shelf.media('a', { ...captions, externalId: 'others', sha256: aSha(2) });

  const { languageOf } = createFileLibrary(database.db);
  expect(await languageOf(aSha(1))).toBe('es');
  expect(await languageOf(aSha(2))).toBeNull();
  expect(await languageOf(aSha(3))).toBeNull();
});
