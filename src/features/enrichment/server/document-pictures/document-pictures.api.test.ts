import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DocumentPicture } from '#features/archive/core/media.ts';
import { createDerivedFolder, type DerivedFolder } from '../folder.ts';
import { aSha } from '../ports.fake.ts';
import { documentPicturesApi } from './document-pictures.api.ts';

const picture: DocumentPicture = {
  id: 'ab'.repeat(16),
  page: 7,
  width: 1200,
  height: 800,
  format: 'jpg',
  placeholder: 'abc',
};
let root: string;
let folder: DerivedFolder;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kc-api-'));
  folder = createDerivedFolder(root);
  await folder.write(aSha(1), `picture-${picture.id}.jpg`, Buffer.from('a picture'));
  await folder.write(aSha(1), `picture-${picture.id}-small.webp`, Buffer.from('small'));
});
afterAll(() => rm(root, { recursive: true }));

const ask = (path: string, headers = {}) =>
  documentPicturesApi({
    documentPictures: { of: async (sha) => (sha === aSha(1) ? [picture] : []) },
    pictureAt: (of, name) => folder.path(of, name),
  }).request(`/media-files/${path}`, { headers });

test('the pictures of a document are told with their page, size and address, which leads to them', async () => {
  const listed = await ask(`${aSha(1)}/pictures`);
  const address = `/api/v1/media-files/${aSha(1)}/pictures/${picture.id}`;
  expect(await listed.json()).toEqual({
    items: [
      {
        id: picture.id,
        page: 7,
        width: 1200,
        height: 800,
        mimeType: 'image/jpeg',
        address: `${address}.jpg`,
        thumbnail: `${address}/thumbnail`,
      },
    ],
  });
  const whole = await ask(`${aSha(1)}/pictures/${picture.id}.jpg`);
  expect([whole.headers.get('content-type'), await whole.text()]).toEqual(['image/jpeg', 'a picture']);
  const small = await ask(`${aSha(1)}/pictures/${picture.id}/thumbnail`);
  expect([small.headers.get('content-type'), await small.text()]).toEqual(['image/webp', 'small']);
});

test('a picture that a browser has already is not sent again', async () => {
  const etag = (await ask(`${aSha(1)}/pictures/${picture.id}.jpg`)).headers.get('etag') ?? '';
  const again = await ask(`${aSha(1)}/pictures/${picture.id}.jpg`, { 'if-none-match': etag });
  expect([again.status, await again.text()]).toEqual([304, '']);
});

test('a file without pictures has an empty list', async () => {
  expect(await (await ask(`${aSha(2)}/pictures`)).json()).toEqual({ items: [] });
});

test.each([
  [404, `${aSha(2)}/pictures/${picture.id}.jpg`],
  [404, `${aSha(1)}/pictures/${picture.id}.webp`],
  [404, `${aSha(1)}/pictures/${'cd'.repeat(16)}/thumbnail`],
  [400, `${aSha(1)}/pictures/..%2F300.webp`],
  [400, `${aSha(1)}/pictures/nothing/thumbnail`],
  [400, 'nothing/pictures'],
])('says %i for %s', async (status, path) => {
  expect((await ask(path)).status).toBe(status);
});
