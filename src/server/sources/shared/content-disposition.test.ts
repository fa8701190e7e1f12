import { expect, test } from 'vitest';
import { dispositionName } from './content-disposition.ts';

test.each([
  [null, null],
  ['', null],
  ['attachment', null],
  ['inline; size=4', null],
  ['attachment; filename=plain.pdf', 'plain.pdf'],
  ['attachment; filename="with spaces; and a semicolon.pdf"', 'with spaces; and a semicolon.pdf'],
  [String.raw`attachment; filename="a \"quoted\" \\ name.zip"`, 'a "quoted" \\ name.zip'],
  ['attachment; filename="L_mina.pdf"; filename*=UTF-8\'\'L%C3%A1mina%203.pdf', 'Lámina 3.pdf'],
  ["attachment; FILENAME*=utf-8'es'%F0%9F%8E%89.zip", '🎉.zip'],
  ["attachment; filename*=ISO-8859-1''%E1lbum.zip", 'álbum.zip'],
  ['attachment; filename="fallback.zip"; filename*=UTF-8\'\'%FF%FE', 'fallback.zip'],
  ['attachment; filename="fallback.zip"; filename*=nonsense', 'fallback.zip'],
  [`attachment; filename="${Buffer.from('canción.mp3').toString('latin1')}"`, 'canción.mp3'],
  ['attachment; filename="canci\u00f3n.mp3"', 'canción.mp3'],
  ['attachment; filename="../../etc/passwd"', '../../etc/passwd'],
])('%j names %j', (header, name) => {
  expect(dispositionName(header)).toBe(name);
});
