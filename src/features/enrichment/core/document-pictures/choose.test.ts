import { expect, test } from 'vitest';
import fc from 'fast-check';
import { choosePictures, MOST_PIXELS, type DocumentPage } from './choose.ts';
import type { ListedPicture } from './listed.ts';

const aPicture = (more: Partial<ListedPicture> = {}): ListedPicture => ({
  page: 1,
  place: 0,
  type: 'image',
  width: 800,
  height: 600,
  components: 3,
  bits: 8,
  isJpeg: true,
  object: '4 0',
  drawn: { width: 4, height: 3 },
  ...more,
});

const aPage = (more: Partial<DocumentPage> = {}): DocumentPage => ({
  page: 1,
  widthPoints: 595,
  heightPoints: 842,
  letters: 2000,
  ...more,
});

const wholePage = { width: 1654, height: 2339, drawn: { width: 8.27, height: 11.69 } };

/** `page:place` of each. */
const chosen = (listed: readonly ListedPicture[], pages: readonly DocumentPage[] = [aPage()]) =>
  choosePictures(listed, pages).pages.flatMap(({ page, pictures }) =>
    pictures.map(({ place }) => `${page}:${place}`),
  );

test('a photograph beside the text is wanted', () => {
  expect(choosePictures([aPicture()], [aPage()])).toEqual({
    pages: [
      {
        page: 1,
        pictures: [{ place: 0, width: 800, height: 600, isJpeg: true, isBitmap: false, softMask: null }],
      },
    ],
    awaitsWords: false,
  });
});

test.each([
  ['an icon', { width: 64, height: 64 }],
  ['a logo of many pixels that is drawn small', { drawn: { width: 0.5, height: 0.4 } }],
  ['a rule', { width: 2400, height: 120 }],
  ['what is drawn as a line', { drawn: null }],
  ['a form that is filled with a colour', { type: 'stencil' }],
  ['a mask', { type: 'mask' }],
  ['a soft mask', { type: 'smask' }],
] as const)('%s is not', (_name, more) => {
  expect(chosen([aPicture(more)])).toEqual([]);
});

test('the same picture on every page is wanted once, where it stands first', () => {
  const pages = [1, 2, 3].map((page) => aPage({ page }));
  const listed = pages.flatMap(({ page }) => [
    aPicture({ page, place: 0 }),
    aPicture({ page, place: 1, object: null }),
  ]);
  expect(chosen(listed, pages)).toEqual(['1:0', '1:1', '2:1', '3:1']);
});

test('one that is seen through comes with its soft mask, one with a hard mask not at all', () => {
  const soft = [aPicture(), aPicture({ place: 1, type: 'smask' })];
  expect(choosePictures(soft, [aPage()]).pages[0]?.pictures[0]).toMatchObject({ place: 0, softMask: 1 });
  expect(chosen([aPicture(), aPicture({ place: 1, type: 'mask' })])).toEqual([]);
});

test('a page that is a picture is a plate with few words on it, and a scan with many', () => {
  const whole = [aPicture(wholePage)];
  expect(chosen(whole, [aPage({ letters: 40 })])).toEqual(['1:0']);
  expect(chosen(whole, [aPage({ letters: 2000 })])).toEqual([]);
  const turned = aPage({ letters: 2000, widthPoints: 842, heightPoints: 595 });
  expect(chosen(whole, [turned])).toEqual([]);
  expect(chosen([aPicture({ ...wholePage, bits: 1, components: 1 })], [aPage({ letters: 0 })])).toEqual([]);
});

test('until its words are read nobody knows, and it is said so', () => {
  expect(choosePictures([aPicture(wholePage)], [aPage({ letters: null })])).toEqual({
    pages: [],
    awaitsWords: true,
  });
  expect(choosePictures([aPicture()], [aPage({ letters: null })])).toMatchObject({ awaitsWords: false });
});

test('a page with a bomb on it has none, and the other pages theirs', () => {
  const bomb = aPicture({ page: 1, place: 1, type: 'smask', width: 90_000, height: 90_000 });
  expect(chosen([aPicture(), bomb, aPicture({ page: 2, object: '7 0' })])).toEqual(['2:0']);
  const many = Array.from({ length: 501 }, (_, place) => aPicture({ place }));
  expect(chosen(many)).toEqual([]);
});

test('of a thousand pictures the first three hundred are taken', () => {
  const listed = Array.from({ length: 1000 }, (_, index) =>
    aPicture({ page: index + 1, object: `${index} 0` }),
  );
  expect(chosen(listed, [])).toHaveLength(300);
});

const anyPicture = fc.record({
  page: fc.integer({ min: 1, max: 4 }),
  place: fc.integer({ min: 0, max: 5 }),
  type: fc.constantFrom('image', 'mask', 'smask', 'stencil', 'odd'),
  width: fc.integer({ min: 1, max: 100_000 }),
  height: fc.integer({ min: 1, max: 100_000 }),
  components: fc.integer({ min: 0, max: 4 }),
  bits: fc.constantFrom(0, 1, 8, 16),
  isJpeg: fc.boolean(),
  object: fc.option(fc.constantFrom('1 0', '2 0', '3 0')),
  drawn: fc.option(
    fc.record({ width: fc.float({ min: 0, max: 50 }), height: fc.float({ min: 0, max: 50 }) }),
  ),
});

test('whatever a document says: no bomb is unpacked, and no numbered picture comes twice', () => {
  fc.assert(
    fc.property(fc.array(anyPicture, { maxLength: 30 }), (listed) => {
      const { pages } = choosePictures(listed, [aPage()]);
      for (const { page, pictures } of pages) {
        const drawn = listed.filter((one) => one.page === page);
        expect(drawn.every(({ width, height }) => width * height <= MOST_PIXELS)).toBe(true);
        expect(pictures.length).toBeGreaterThan(0);
      }
      const numbered = listed.filter(({ object }) => object !== null);
      const inline = listed.length - numbered.length;
      expect(pages.flatMap(({ pictures }) => pictures).length).toBeLessThanOrEqual(3 + inline);
    }),
  );
});
