import { pageText } from '../text.ts';

/** Words that it is hardly sure of are lines of a drawing or the grain of the paper. */
const LEAST_OF_A_WORD = 30;
/** Of a photograph it reads words too; nobody would find them, and some would be found by chance. */
const LEAST_OF_A_PAGE = 50;

export type ReadPage = { text: string; confidence: number | null };

type Word = { line: string; text: string; confidence: number };

/** A page as tesseract tells it: a table with a row for each word, in per cent of confidence. */
export function readWords(table: string): ReadPage {
  const words = table.split('\n').flatMap(wordOf);
  const letters = words.reduce((sum, { text }) => sum + text.length, 0);
  if (letters === 0) return { text: '', confidence: null };
  const sure = words.reduce((sum, { text, confidence }) => sum + text.length * confidence, 0) / letters;
  if (sure < LEAST_OF_A_PAGE) return { text: '', confidence: null };
  const lines = Map.groupBy(words, ({ line }) => line);
  const text = [...lines.values()].map((line) => line.map((word) => word.text).join(' ')).join('\n');
  return { text: pageText(text), confidence: Math.round(sure) / 100 };
}

/** Columns: level, page, block, paragraph, line, word, left, top, width, height, confidence, text. Level 5 is a word. */
function wordOf(row: string): Word[] {
  const cells = row.split('\t');
  const [level, page, block, paragraph, line] = cells;
  const text = cells[11]?.trim() ?? '';
  const confidence = Number(cells[10]);
  if (level !== '5' || text === '' || !(confidence >= LEAST_OF_A_WORD)) return [];
  return [{ line: [page, block, paragraph, line].join('.'), text, confidence }];
}

/** A number of a page, or a stamp, is no text of it. */
const LEAST_LETTERS = 8;

export const lettersIn = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;

/** Whether there is nothing to find on a page but what its picture shows. */
export const isWithoutText = (text: string): boolean => lettersIn(text) < LEAST_LETTERS;
