import { expect, test } from 'vitest';
import { joinVtt } from './webvtt.ts';

const piece = (head: string, ...cues: string[]): string => ['WEBVTT', head, '', ...cues].join('\n');

test('pieces become one list of cues, each cue once', () => {
  const joined = joinVtt([
    piece('X-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000', '00:00:01.000 --> 00:00:05.500\nHello', ''),
    piece(
      'X-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000',
      '00:00:01.000 --> 00:00:05.500\nHello\n\n00:00:06.000 --> 00:00:07.000 align:start\nand\nagain',
    ),
  ]);
  expect(joined).toBe(
    'WEBVTT\n\n00:00:01.000 --> 00:00:05.500\nHello\n\n00:00:06.000 --> 00:00:07.000 align:start\nand\nagain\n',
  );
});

test('pieces that count from their own start are set to the time of the first', () => {
  const at = (ticks: number) => `X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:${ticks}`;
  const cue = '00:01.000 --> 00:02.000\r\nA line';
  const joined = joinVtt([piece(at(900_000), cue), piece(at(900_000 + 6 * 90_000), cue)]);
  expect(joined).toBe(
    'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nA line\n\n00:00:07.000 --> 00:00:08.000\nA line\n',
  );
});

test('a clock that ran over its 33 bits goes on', () => {
  const at = (ticks: number) => `X-TIMESTAMP-MAP=MPEGTS:${ticks},LOCAL:00:00:00.000`;
  const cue = '00:00:00.000 --> 00:00:01.000\nA line';
  const joined = joinVtt([piece(at(2 ** 33 - 90_000), cue), piece(at(90_000), cue)]);
  expect(joined).toContain('00:00:02.000 --> 00:00:03.000');
});

test('notes, styles and regions are left out, names of cues too', () => {
  const joined = joinVtt([
    '\ufeffWEBVTT - a title\n\nNOTE 00:00 --> 00:01 is a note\n\nSTYLE\n::cue { color: red }\n\n7\n00:00:00.000 --> 00:00:01.000\nHi\n',
  ]);
  expect(joined).toBe('WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nHi\n');
});

test('a film in which nobody speaks has an empty list', () => {
  expect(joinVtt(['WEBVTT\n\n', 'WEBVTT'])).toBe('WEBVTT\n');
});

test.each(['', '<html>WEBVTT</html>', 'WEBVTTX\n\n', '{}'])('%j is none', (text) => {
  expect(joinVtt(['WEBVTT\n', text])).toBeNull();
});
