import { afterAll, beforeAll, expect, test } from 'vitest';
import { known, unknown, type Fact } from '#core/fact.ts';
import type { Sha256 } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { createMediaCatalogue } from './catalogue.store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  for (const number of [1, 2, 3])
    await database.pool.query(
      `insert into archive_media_files (sha256, size_bytes, mime_type, kind, stored_at, verified_at)
       values ($1, 5, 'image/png', 'image', now(), now())`,
      [sha(number)],
    );
});
afterAll(() => database.close());

const sha = (number: number) => number.toString(16).padStart(64, '0') as Sha256;
const aCatalogue = (size: Fact<number | null> = known(5)) =>
  createMediaCatalogue(database.db, { sizeOf: () => Promise.resolve(size), pathOf: (of) => `/media/${of}` });

test('goes through all files, page by page', async () => {
  const catalogue = aCatalogue();
  expect((await catalogue.after(null, 2)).map(({ sha256 }) => sha256)).toEqual([sha(1), sha(2)]);
  expect(await catalogue.after(sha(2), 2)).toEqual([
    { sha256: sha(3), kind: 'image', mimeType: 'image/png' },
  ]);
  expect(await catalogue.find(sha(2))).toMatchObject({ sha256: sha(2) });
  expect(await catalogue.find(sha(9))).toBeNull();
});

test('a folder that is not there is not a file that is gone', async () => {
  expect(await aCatalogue(unknown('store.missing')).locate(sha(1))).toEqual({ is: 'store-missing' });
  expect(await aCatalogue(known(null)).locate(sha(1))).toEqual({ is: 'gone' });
  expect(await aCatalogue().locate(sha(1))).toEqual({ is: 'here', path: `/media/${sha(1)}` });
});
