import { expect, test } from 'vitest';
import { readPictureList } from './listed.ts';

const HEAD = `page   num  type   width height color comp bpc  enc interp  object ID x-ppi y-ppi size ratio
--------------------------------------------------------------------------------------------
`;

test('each picture is told with its place on its page, and as large as it is drawn', () => {
  const table = `${HEAD}   1     0 image     400   300  rgb     3   8  jpeg   no         4  0    96   108 4737B 1.3%
   1     1 smask     400   300  gray    1   8  image  no         4  0    96   108  139B 0.1%
   3     2 image    1200   900  -       1   1  image  no   [inline]     300   300  120K  34%
`;
  expect(readPictureList(table)).toEqual([
    {
      page: 1,
      place: 0,
      type: 'image',
      width: 400,
      height: 300,
      components: 3,
      bits: 8,
      isJpeg: true,
      object: '4 0',
      drawn: { width: 400 / 96, height: 300 / 108 },
    },
    expect.objectContaining({ page: 1, place: 1, type: 'smask', isJpeg: false }),
    expect.objectContaining({ page: 3, place: 0, bits: 1, object: null, drawn: { width: 4, height: 3 } }),
  ]);
});

test('one that is drawn as a line has no size on its page, and what is no row is left out', () => {
  const table = `${HEAD}   1     0 image     400   300  rgb     3   8  image  no         4  0     0   108 120K  34%
   1     1 image      -1   300  rgb     3   8  image  no         5  0    96   108 120K  34%
Syntax Error: something else
`;
  expect(readPictureList(table).map(({ place, drawn }) => [place, drawn])).toEqual([[0, null]]);
  expect(readPictureList('')).toEqual([]);
});
