import { describe, expect, test, vi } from 'vitest';
import { err } from '#core/result.ts';
import { createPrograms, type Programs } from '#server/platform/program.ts';
import { bombOf } from '../pdf.fake.ts';
import { SIZE, aDocument, hasPoppler, pdfOf, samples, sha, taken, turn } from './document-pictures.fake.ts';
import { anEncodedImage, aPicturePdf, aRawImage, type PdfImage } from './picture-pdf.fake.ts';

vi.setConfig({ testTimeout: 180_000 }); // programs yield to everybody else on a busy machine

describe.skipIf(!hasPoppler)('a hostile document', () => {
  test('a picture of gigabytes is not unpacked, and the other pages have theirs', async () => {
    const bomb: PdfImage = {
      dictionary: aRawImage([60_000, 60_000], Buffer.alloc(0)).dictionary,
      bytes: bombOf(64),
    };
    expect(
      (await (await taken(pdfOf(bomb, aRawImage(SIZE, samples())))).pictures()).map(({ page }) => page),
    ).toEqual([2]);
  });

  test('one that says it is small and unpacks to gigabytes is stopped', async () => {
    const liar = anEncodedImage(SIZE, bombOf(1024), { filter: '[/FlateDecode /DCTDecode]' });
    const { pictures, row } = await taken(pdfOf(liar, aRawImage(SIZE, samples())));
    expect((await pictures()).map(({ page }) => page)).toEqual([2]);
    expect(await row()).toMatchObject({ state: { is: 'made' } });
  });

  test.each(['/DCTDecode', '/JPXDecode', '/JBIG2Decode', '/CCITTFaxDecode', '/FlateDecode', '/Unheard'])(
    'a picture of nonsense for %s does not take the others with it',
    async (filter) => {
      const broken = anEncodedImage(SIZE, Buffer.from('nonsense '.repeat(50)), { filter });
      const pdf = aPicturePdf([
        { pictures: [{ image: broken }, { image: aRawImage(SIZE, samples(9)), at: [50, 50, 300, 200] }] },
        { pictures: [{ image: aRawImage(SIZE, samples()) }] },
      ]);
      const found = await (await taken(pdf)).pictures();
      expect(found.map(({ page }) => page)).toContain(2);
      for (const picture of found) expect(picture).toMatchObject({ width: 400, height: 300, format: 'webp' });
    },
  );

  test('a picture that is drawn a hundred thousand times costs its page, and nothing else', async () => {
    const content = 'q 300 0 0 200 50 400 cm /I0 Do Q\n'.repeat(100_000);
    const image = aRawImage(SIZE, samples());
    const pdf = aPicturePdf([
      { pictures: [{ image }], content },
      { pictures: [{ image: aRawImage(SIZE, samples(9)) }] },
    ]);
    const { pictures, row } = await taken(pdf);
    expect(await row()).toMatchObject({ state: { is: 'made' } });
    expect((await pictures()).map(({ page }) => page)).toEqual([2]);
  });

  test('after five pages that never end it is given up, and what was found stays', async () => {
    const real = createPrograms({});
    let calls = 0;
    const run: Programs['run'] = async (name, wish) => {
      if (name !== 'pdfimages' || wish.args.includes('-list') || (calls += 1) === 1)
        return real.run(name, wish);
      return err({ code: 'program.timed-out', program: name, afterMs: 1 });
    };
    const images = Array.from({ length: 9 }, (_, index) => aRawImage(SIZE, samples(index * 20)));
    const document = await aDocument(pdfOf(...images), { programs: { run } });
    await document.service.takeOut(sha, turn);
    expect((await document.pictures()).map(({ page }) => page)).toEqual([1]);
    expect(calls).toBe(6);
  });

  test('one that pdfimages cannot read says why', async () => {
    expect(await (await taken(Buffer.from('no PDF'))).row()).toMatchObject({
      state: { is: 'failed', why: { code: 'derivative.not-readable' } },
    });
  });
});
