import { describe, expect, test, vi } from 'vitest';
import { createPrograms } from '#server/platform/program.ts';
import { aPdf } from '../pdf.fake.ts';
import {
  SIZE,
  WIDTH,
  HEIGHT,
  aDocument,
  aJpeg,
  greySamples,
  hasPoppler,
  pdfOf,
  samples,
  sha,
  signal,
  taken,
  turn,
} from './document-pictures.fake.ts';
import { anEncodedImage, aPicturePdf, aRawImage } from './picture-pdf.fake.ts';

vi.setConfig({ testTimeout: 180_000 }); // programs yield to everybody else on a busy machine

test('without the program it waits for it by name, and the sweep begins when it is there', async () => {
  const document = await aDocument(pdfOf(aRawImage(SIZE, samples())), {
    programs: createPrograms({ pdfimages: '/not/here' }),
  });
  await document.service.noticed(sha);
  await document.service.takeOut(sha, turn);
  expect(await document.row()).toMatchObject({ state: { is: 'waiting', program: 'pdfimages' } });
  expect(await document.pictures()).toEqual([]);
  expect(await document.service.sweep(signal)).toBe(1);
  expect(document.woken).toEqual([sha, sha]);
});

test('a file whose words were not read is not looked at', async () => {
  const document = await aDocument(aPdf(['locked'], { encrypted: true }));
  await document.store.forget(sha, ['pdf']);
  await document.service.noticed(sha);
  expect(await document.service.sweep(signal)).toBe(0);
  await document.service.takeOut(sha, turn);
  expect(await document.row()).toBeUndefined();
});

describe.skipIf(!hasPoppler)('with poppler', () => {
  test('a JPEG stays the JPEG that it is, with its page and size', async () => {
    const jpeg = await aJpeg();
    const page = { text: 'A page', pictures: [{ image: anEncodedImage(SIZE, jpeg) }] };
    const { pictures, bytesOf, row, changes, files } = await taken(aPicturePdf([{ pictures: [] }, page]));
    const [picture, ...others] = await pictures();
    expect(picture).toMatchObject({ page: 2, width: 400, height: 300, format: 'jpg' });
    expect(picture?.id).toMatch(/^[0-9a-f]{32}$/);
    expect(picture?.placeholder).not.toBe('');
    expect(others).toEqual([]);
    expect((await bytesOf(0)).equals(jpeg)).toBe(true);
    expect(await row()).toMatchObject({ state: { is: 'made' } });
    expect(changes()).toBe(1);
    expect(await files()).toHaveLength(2);
  });

  test('a colour alone, a shadow, and what cannot be seen at all are no pictures', async () => {
    const flat = aRawImage(SIZE, Buffer.alloc(WIDTH * HEIGHT * 3, 7));
    const grades = aRawImage(SIZE, greySamples(), { space: '/DeviceGray' });
    const nothing = aRawImage(SIZE, Buffer.alloc(WIDTH * HEIGHT), { space: '/DeviceGray' });
    const pdf = pdfOf(
      flat,
      { ...flat, softMask: grades },
      { ...aRawImage(SIZE, samples()), softMask: nothing },
    );
    expect(await (await taken(pdf)).pictures()).toEqual([]);
  });

  test('the same picture is taken out once, also when it lies there twice', async () => {
    const jpeg = await aJpeg();
    const [one, same] = [anEncodedImage(SIZE, jpeg), anEncodedImage(SIZE, jpeg)];
    const { pictures, files } = await taken(pdfOf(one, one, same, anEncodedImage(SIZE, await aJpeg(200))));
    expect((await pictures()).map(({ page }) => page)).toEqual([1, 4]);
    expect(await files()).toHaveLength(4);
  });

  test('a job that is stopped in the middle leaves nothing half, and the next one nothing twice', async () => {
    const document = await aDocument(
      pdfOf(...[1, 80, 160, 240].map((blue) => aRawImage(SIZE, samples(blue)))),
    );
    const stop = new AbortController();
    const progress = ({ done }: { done: number }) => void (done === 2 && stop.abort(new Error('stopped')));
    await expect(document.service.takeOut(sha, { signal: stop.signal, progress })).rejects.toThrow('stopped');
    expect(await document.row()).toBeUndefined();
    expect(await document.files()).toHaveLength(4);
    await document.service.takeOut(sha, turn);
    const [pictures, files] = [await document.pictures(), await document.files()];
    expect(pictures.map(({ page }) => page)).toEqual([1, 2, 3, 4]);
    expect(files).toHaveLength(8);
    await document.service.takeOut(sha, turn);
    await document.store.outdate(sha, 'document-pictures');
    await document.service.takeOut(sha, turn);
    expect(await document.pictures()).toEqual(pictures);
    expect(await document.files()).toEqual(files);
  });

  test('files of a job that was killed go when the next one has others', async () => {
    const document = await aDocument(aPdf(['no pictures']));
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    await expect(document.service.takeOut(sha, { ...turn, signal: stop.signal })).rejects.toThrow('stopped');
    await document.service.takeOut(sha, turn);
    expect(await document.files()).toEqual([]);
    expect(await document.row()).toMatchObject({ state: { is: 'made' } });
    expect(document.changes()).toBe(0);
  });

  test('what was taken out stays when the program has gone at the next time', async () => {
    const document = await taken(pdfOf(aRawImage(SIZE, samples())));
    const [pictures, files] = [await document.pictures(), await document.files()];
    expect(pictures).toHaveLength(1);
    await document.store.outdate(sha, 'document-pictures');
    await document.open(createPrograms({ pdfimages: '/not/here' })).takeOut(sha, turn);
    expect(await document.row()).toMatchObject({ state: { is: 'waiting', program: 'pdfimages' } });
    expect(await document.pictures()).toEqual(pictures);
    expect(await document.files()).toEqual(files);
  });

  const whole = { at: [0, 0, 595, 842] as const };
  test('what is a scan and what a plate is known when the words on it were read', async () => {
    const pages = await Promise.all(
      [40, 90, 140].map(async (blue) => ({
        pictures: [{ image: anEncodedImage(SIZE, await aJpeg(blue)), ...whole }],
      })),
    );
    const document = await aDocument(aPicturePdf(pages), { words: ['', '', 'Map of the north'] });
    await document.service.takeOut(sha, turn);
    expect((await document.pictures()).map(({ page }) => page)).toEqual([3]);
    expect(await document.service.sweep(signal)).toBe(0);
    await document.recognised([
      { page: 1, text: 'A page of a book. '.repeat(60) },
      { page: 2, text: 'Plate II' },
    ]);
    await document.service.noticed(sha);
    expect(document.woken).toEqual([sha]);
    await document.service.takeOut(sha, turn);
    expect((await document.pictures()).map(({ page }) => page)).toEqual([2, 3]);
    expect(await document.files()).toHaveLength(4);
    expect(await document.service.sweep(signal)).toBe(0);
  });
});
