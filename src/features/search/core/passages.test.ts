import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DetectLanguage, Stretch } from './document.ts';
import { cutPassages } from './passages.ts';

const detect: DetectLanguage = (text) =>
  text.includes('canción') ? 'es' : text.includes('song') ? 'en' : null;
const block = (text: string, number = 0): Stretch => ({
  part: 'body',
  locator: { at: 'block', block: number },
  text,
});
const comment = (text: string, id: string): Stretch => ({
  part: 'comments',
  locator: { at: 'comment', comment: id },
  text,
});
const sentence = (number: number) => `Sentence ${number} has exactly ten words in it, no more.`;

describe('passages', () => {
  test('short blocks stand together, and the passage opens at the first', () => {
    expect(cutPassages([block('One.', 3), block('Two.', 4)], detect)).toEqual([
      {
        part: 'body',
        locator: { at: 'block', block: 3, then: [[2, 4]] },
        language: 'other',
        text: 'One. Two.',
      },
    ]);
  });

  test('a long text is cut at ends of sentences, the last sentence said again', () => {
    const all = cutPassages(
      [block(Array.from({ length: 50 }, (_, index) => sentence(index)).join(' '))],
      detect,
    );
    expect(all.map(({ text }) => text.split(' ').length)).toEqual([200, 200, 120]);
    expect(all[1]?.text.startsWith(sentence(19))).toBe(true);
    expect(all[0]?.text.endsWith(sentence(19))).toBe(true);
  });

  test('comments stand alone, with nothing of the one before', () => {
    expect(
      cutPassages([comment('Bo: hi.', 'a'), comment('Al: ho.', 'b')], detect).map(({ text }) => text),
    ).toEqual(['Bo: hi.', 'Al: ho.']);
  });

  test('a page of a PDF and what is said in a file stand alone too', () => {
    const page = (number: number, media = 'a'): Stretch => ({
      part: 'pdf',
      locator: { at: 'page', media, page: number },
      text: `Page ${number}.`,
    });
    const said = (fromMs: number, media: string): Stretch => ({
      part: 'transcript',
      locator: { at: 'said', media, fromMs },
      text: `At ${fromMs}.`,
    });
    const all = cutPassages(
      [page(1), page(2), page(2, 'b'), said(0, 'c'), said(40, 'c'), said(0, 'd')],
      detect,
    );
    expect(all.map(({ text }) => text)).toEqual(['Page 1.', 'Page 2.', 'Page 2.', 'At 0. At 40.', 'At 0.']);
    expect(all[3]?.locator).toEqual({ at: 'said', media: 'c', fromMs: 0, then: [[3, 40]] });
  });

  test('a short one has the language of the whole', () => {
    const all = cutPassages([block('Una canción larga. '.repeat(20)), comment('ok!', 'a')], detect);
    expect(all.map(({ language }) => language)).toEqual(['es', 'es']);
  });

  test('names are of no language, and do not tell that of what stands beside them', () => {
    const names = (part: 'cast' | 'makers', text: string): Stretch => ({
      part,
      locator: { at: 'start' },
      text,
    });
    const asked: string[] = [];
    const all = cutPassages(
      [
        { part: 'library', locator: { at: 'start' }, text: 'Una canción.' },
        names(
          'cast',
          'Will Ashdown (Silas), Marta Ferrán (Inés), Theo Hale (The Stranger), Nora Pell (Iris)',
        ),
        names('makers', 'Will Ashdown'),
      ],
      (text) => {
        asked.push(text);
        return detect(text);
      },
    );
    expect(all.map(({ part, language }) => [part, language])).toEqual([
      ['library', 'es'],
      ['cast', 'other'],
      ['makers', 'other'],
    ]);
    expect(asked).toEqual(['Una canción.']);
  });

  test('nothing is lost and nothing is larger than it may be, whatever the text is', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('a. ', 'word ', '\n', '…', 'x'.repeat(7000)),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 40 }), (pieces) => {
        const all = cutPassages([block(pieces.join('')), comment(pieces.join(' '), 'k')], detect);
        const letters = (one: string) => one.replaceAll(/[^a-z]/g, '');
        const joined = all.map((passage) => passage.text).join('');
        expect(letters(joined).length).toBeGreaterThanOrEqual(
          letters(pieces.join('').normalize('NFC')).length,
        );
        for (const passage of all) {
          expect(passage.text.length).toBeLessThanOrEqual(6000);
          expect(passage.text.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});
