import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import type { DocumentPicture } from '#features/archive/core/media.ts';
import type { MediaText } from '../core/text.ts';
import { createDocumentPictureStore } from './document-pictures/document-pictures.store.ts';
import { aSha, fakeDerivatives, fakeDocumentPictures } from './ports.fake.ts';
import type { DerivativeRow, DerivativeStore, DocumentPictureStore } from './ports.ts';
import { createDerivativeStore } from './store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const stores: Record<string, () => Promise<DerivativeStore>> = {
  fake: async () => fakeDerivatives(),
  postgres: async () => {
    await database.pool.query('truncate enrichment_derivatives cascade');
    return createDerivativeStore(database.db);
  },
};

const now = new Date('2026-11-27T10:00:00Z');
const words: MediaText = {
  kind: 'captions',
  language: 'es',
  segments: [{ fromMs: 0, toMs: 1500, text: 'Hola "mundo" \\u0000' }],
};
const aRow = (more: Partial<DerivativeRow> = {}): DerivativeRow => ({
  sha256: aSha(1),
  kind: 'thumbnails',
  version: 1,
  state: { is: 'made' },
  facts: { width: 800, height: 600, thumbnailWidths: [150, 300] },
  ...more,
});

describe.each(Object.entries(stores))('DerivativeStore (%s)', (_name, open) => {
  test('keeps the last word on each kind of each file', async () => {
    const store = await open();
    const waiting = aRow({ kind: 'probe', state: { is: 'waiting', program: 'ffprobe' }, facts: {} });
    await store.save(waiting, null, now);
    await store.save(aRow(), null, now);
    await store.save({ ...waiting, state: { is: 'made' }, facts: { durationMs: 5000 } }, null, now);

    expect([...(await store.of([aSha(1), aSha(2)]))].sort((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual([
      aRow({ kind: 'probe', facts: { durationMs: 5000 } }),
      aRow(),
    ]);
    expect(await store.of([])).toEqual([]);
  });

  test('says why one failed and what one waits for', async () => {
    const store = await open();
    const failed = aRow({ state: { is: 'failed', why: { code: 'derivative.too-many-pixels' } }, facts: {} });
    const waiting = aRow({ kind: 'probe', state: { is: 'waiting', program: 'ffprobe' }, facts: {} });
    await store.save(failed, null, now);
    await store.save(waiting, null, now);
    expect((await store.of([aSha(1)])).find(({ kind }) => kind === 'thumbnails')).toEqual(failed);
    expect((await store.of([aSha(1)])).find(({ kind }) => kind === 'probe')).toEqual(waiting);
    expect(await store.counts()).toEqual({ failed: 1, waiting: 1 });
  });

  test('goes through the files that have rows, each once, and forgets', async () => {
    const store = await open();
    for (const number of [3, 1, 2]) {
      await store.save(aRow({ sha256: aSha(number) }), null, now);
      await store.save(aRow({ sha256: aSha(number), kind: 'probe' }), null, now);
    }
    expect(await store.after(null, 2)).toEqual([aSha(1), aSha(2)]);
    expect(await store.after(aSha(2), 2)).toEqual([aSha(3)]);
    await store.forget(aSha(3), ['probe']);
    expect((await store.of([aSha(3)])).map(({ kind }) => kind)).toEqual(['thumbnails']);
    await store.forget(aSha(3));
    expect(await store.after(aSha(2), 2)).toEqual([]);
  });

  test('keeps the words of a file until they are others, or it is forgotten', async () => {
    const store = await open();
    const row = aRow({ kind: 'captions', facts: {} });
    await store.save(row, words, now);
    await store.save(aRow(), null, now);
    expect(await store.texts(aSha(1))).toEqual([words]);
    expect(await store.texts(aSha(2))).toEqual([]);
    await store.save(row, { ...words, language: 'en' }, now);
    expect(await store.texts(aSha(1))).toEqual([{ ...words, language: 'en' }]);
    await store.save({ ...row, state: { is: 'failed', why: { code: 'derivative.locked' } } }, null, now);
    expect(await store.texts(aSha(1))).toEqual([]);
    await store.save(row, words, now);
    await store.forget(aSha(1));
    expect(await store.texts(aSha(1))).toEqual([]);
  });
});

const pictureStores: Record<
  string,
  () => Promise<{ store: DerivativeStore; pictures: DocumentPictureStore }>
> = {
  fake: async () => {
    const store = fakeDerivatives();
    return { store, pictures: fakeDocumentPictures(store) };
  },
  postgres: async () => {
    await database.pool.query('truncate enrichment_derivatives cascade');
    return { store: createDerivativeStore(database.db), pictures: createDocumentPictureStore(database.db) };
  },
};

describe.each(Object.entries(pictureStores))('DocumentPictureStore (%s)', (_name, open) => {
  const row = aRow({ kind: 'document-pictures', facts: { picturesAwaitWords: true } });
  const aPicture = (page: number): DocumentPicture => ({
    id: `picture of ${page}`,
    page,
    width: 800,
    height: 600,
    format: 'jpg',
    placeholder: 'abc',
  });

  test('keeps the pictures of a document with their derivative, until they are others or it is forgotten', async () => {
    const { store, pictures } = await open();
    expect(await pictures.of(aSha(1))).toEqual([]);
    await pictures.save(row, [aPicture(1), aPicture(7)], now);
    expect(await store.of([aSha(1)])).toEqual([row]);
    expect(await pictures.of(aSha(1))).toEqual([aPicture(1), aPicture(7)]);
    await pictures.save(row, [aPicture(2)], now);
    await store.outdate(aSha(1), 'document-pictures');
    expect(await pictures.of(aSha(1))).toEqual([aPicture(2)]);
    await pictures.save(row, [], now);
    expect(await pictures.of(aSha(1))).toEqual([]);
    await pictures.save(row, [aPicture(3)], now);
    await store.forget(aSha(1));
    expect(await pictures.of(aSha(1))).toEqual([]);
  });
});
