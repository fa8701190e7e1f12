import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCaptions, writeWebVtt } from './captions.ts';

const textsOf = (file: string) => readCaptions(file)?.segments.map(({ text }) => text);

describe('WebVTT', () => {
  test('cues with their times, with and without hours and names', () => {
    const file =
      'WEBVTT - Lamps\nKind: captions\nLanguage: es-ES\n\nNOTE made by hand\n\nSTYLE\n::cue { color: red }\n\nintro\n00:01.500 --> 00:03.000 align:start\nHola\n\n01:00:00.000 --> 01:00:02.250\nAdiós,\nmundo\n';
    expect(readCaptions(file)).toEqual({
      language: 'es-ES',
      segments: [
        { fromMs: 1500, toMs: 3000, text: 'Hola' },
        { fromMs: 3_600_000, toMs: 3_602_250, text: 'Adiós, mundo' },
      ],
    });
  });

  test('voices, colours, times of words and entities are not part of what is said', () => {
    const file =
      'WEBVTT\n\n00:00.000 --> 00:02.000\n<v Ana><c.yellow>Tom &amp; Jerry</c> <00:00:01.000>&lt;3 &#8364;5&nbsp;&unknown;</v>\n';
    expect(textsOf(file)).toEqual(['Tom & Jerry <3 €5 &unknown;']);
  });

  test('a file without cues is whole and has nothing to say', () => {
    expect(readCaptions('\ufeffWEBVTT\n\n')).toEqual({ language: null, segments: [] });
  });

  test('what scrolls is said once', () => {
    const file = `WEBVTT

00:00.000 --> 00:02.000
 
hello<00:00:01.000><c> world</c>

00:02.000 --> 00:02.010
hello world
 

00:02.010 --> 00:04.000
hello world
this is a lamp

00:04.000 --> 00:04.010
this is a lamp
`;
    expect(readCaptions(file)?.segments).toEqual([
      { fromMs: 0, toMs: 2010, text: 'hello world' },
      { fromMs: 2010, toMs: 4010, text: 'this is a lamp' },
    ]);
  });

  test('what is said again later is said again', () => {
    expect(textsOf('WEBVTT\n\n00:01.000 --> 00:02.000\nNo.\n\n00:05.000 --> 00:06.000\nNo.\n')).toEqual([
      'No.',
      'No.',
    ]);
  });
});

describe('SubRip', () => {
  test('numbers, commas, tags and places on the screen', () => {
    const file =
      '1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>Buenas</i>\r\n{\\an8}tardes\r\n\r\n2\r\n00:00:03,5 --> 00:00:04,000\r\n1984\r\n';
    expect(readCaptions(file)).toEqual({
      language: null,
      segments: [
        { fromMs: 1000, toMs: 2500, text: 'Buenas tardes' },
        { fromMs: 3500, toMs: 4000, text: '1984' },
      ],
    });
  });

  test('without empty lines between captions a number is not taken for a word', () => {
    expect(textsOf('1\n00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:02,000 --> 00:00:03,000\nTwo\n')).toEqual(
      ['One', 'Two'],
    );
  });

  test('captions out of order are put in order, and those that end before they begin are left out', () => {
    const file =
      '1\n00:00:09,000 --> 00:00:10,000\nlast\n\n2\n00:00:05,000 --> 00:00:04,000\nnever\n\n3\n00:00:01,000 --> 00:00:02,000\nfirst\n';
    expect(textsOf(file)).toEqual(['first', 'last']);
  });
});

test.each(['', 'just a text', '<html></html>', '1\n2\n3', '00:00 --> 00:01\nno fractions', '-->\n-->'])(
  'no captions: %j',
  (file) => {
    expect(readCaptions(file)).toBeNull();
  },
);

const piece = fc.oneof(
  fc.constantFrom(
    '\n',
    '\r',
    '\n\n',
    'WEBVTT',
    'NOTE',
    ' --> ',
    '<',
    '>',
    '{\\',
    '}',
    '&#1114112;',
    '&#55296;',
    '&amp',
    '\ufeff',
    '\0',
    '\ud800',
    '00:00:01,000 --> 00:00:02,000',
    '1:2.3 --> 999:59:59.9',
    '12',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const hostile = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

test('whatever a file holds, segments are in order, have words, and can be kept by a database', () => {
  fc.assert(
    fc.property(hostile, (file) => {
      let last = 0;
      for (const { fromMs, toMs, text } of readCaptions(`WEBVTT\n\n${file}`)?.segments ?? []) {
        expect(fromMs).toBeGreaterThanOrEqual(last);
        expect(toMs).toBeGreaterThanOrEqual(fromMs);
        expect(text).not.toBe('');
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toContain('\0');
        last = fromMs;
      }
    }),
  );
});

test('what is written as WebVTT is read as the same', () => {
  const words = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 30 })
    .map((text) => text.replaceAll(/[^\p{L}<>&;-]/gu, 'x'));
  const segment = fc.record({ at: fc.nat(900_000_000), length: fc.nat(60_000), text: words });
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 20 }), (all) => {
      const segments = all
        .toSorted((a, b) => a.at - b.at)
        // A number at the end keeps two that say the same apart: they would be one.
        .map(({ at, length, text }, index) => ({ fromMs: at, toMs: at + length, text: `${text} ${index}` }));
      expect(readCaptions(writeWebVtt(segments))).toEqual({ language: null, segments });
    }),
  );
});

test.each([
  ['tags that never close', '<'.repeat(400_000)],
  ['one tag that never closes', `<${'a'.repeat(400_000)}`],
  ['places that never close', '{\\'.repeat(200_000)],
  ['spaces', ' '.repeat(400_000)],
  ['ampersands', '&'.repeat(400_000)],
  ['numbers', '1:'.repeat(200_000)],
])('%s take no longer than their length', (_name, line) => {
  const file = `WEBVTT\n\n00:00.000 --> 00:01.000\n${line}\n${line} --> \n\n00:02.000 --> 00:03.000\nthe end\n`;
  expect(textsOf(file)?.at(-1)).toBe('the end');
});
