import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_FILTERS, MOST_UNITS, parseQuery } from './query.ts';

const words = (text: string) =>
  parseQuery(text).clauses.map(({ any }) => any.map((unit) => unit.words.join(' ')));
const codes = (text: string) => parseQuery(text).issues.map(({ code }) => code);

describe('a query', () => {
  test('is words without case and accents', () => {
    expect(words('Canción  NUEVA')).toEqual([['cancion'], ['nueva']]);
  });

  test('has phrases in any quotation marks, and what hangs together is one', () => {
    expect(words('"new song" «otra más» mp3-player')).toEqual([['new song'], ['otra mas'], ['mp3 player']]);
  });

  test('joins alternatives, and a dangling OR joins nothing', () => {
    expect(words('a OR b c OR')).toEqual([['a', 'b'], ['c']]);
    expect(words('OR a')).toEqual([['a']]);
  });

  test('leaves out what has a minus in front', () => {
    expect(parseQuery('song -"old one" -live').without.map((unit) => unit.words.join(' '))).toEqual([
      'old one',
      'live',
    ]);
    expect(codes('-live')).toEqual(['only-without']);
  });

  test('knows filters in English and Spanish, and other words with a colon are words', () => {
    const { filters, parts } = parseQuery('creador:"Ana López" -tag:Live in:pdf after:2024-05 re:zero');
    expect(filters).toEqual([
      { name: 'creator', value: 'ana lopez', isWithout: false },
      { name: 'tag', value: 'live', isWithout: true },
      { name: 'after', at: new Date('2024-05-01T00:00:00Z'), isWithout: false },
    ]);
    expect(parts).toEqual(['pdf']);
    expect(words('re:zero')).toEqual([['re zero']]);
  });

  test('says which filters it could not use, and uses the rest', () => {
    const { issues, clauses } = parseQuery('song before:2024-02-31 in:nowhere tag:');
    expect(issues.slice(0, 2)).toEqual([
      { code: 'bad-filter', filter: 'before', value: '2024-02-31' },
      { code: 'bad-filter', filter: 'in', value: 'nowhere' },
    ]);
    expect(clauses.length).toBeGreaterThan(0);
  });

  test('says what was cut off', () => {
    expect(codes('x '.repeat(5000))).toContain('too-long');
    expect(codes('ab '.repeat(200))).toContain('too-many-words');
    expect(codes('tag:x '.repeat(100))).toContain('too-many-filters');
    expect(codes('"open')).toEqual(['unclosed-quote']);
    expect(codes('👩‍👩‍👧 ?!')).toEqual(['nothing-to-look-for']);
    expect(codes('')).toEqual(['nothing-to-look-for']);
  });

  test('never fails, stays within its limits, and has only folded words in it', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"', '-', ' OR ', 'tag:', 'in:', '*', ' '),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 300 }), (pieces) => {
        const { clauses, without, filters, parts } = parseQuery(pieces.join(''));
        const units = [...clauses.flatMap(({ any }) => any), ...without];
        expect(units.length).toBeLessThanOrEqual(MOST_UNITS);
        expect(filters.length + parts.length).toBeLessThanOrEqual(MOST_FILTERS);
        for (const word of units.flatMap((unit) => unit.words)) expect(word).toMatch(/^[\p{L}\p{N}\p{M}]+$/u);
      }),
    );
  });
});
