import { err, ok, type Result } from '#core/result.ts';

export type ArrayProblem = 'not-an-array' | 'cut-off' | 'more-after-the-end' | 'empty-element';

const [TAB, LF, CR, SPACE, QUOTE, COMMA, OPEN, BACKSLASH, CLOSE, OPEN_BRACE, CLOSE_BRACE] = [
  0x09, 0x0a, 0x0d, 0x20, 0x22, 0x2c, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d,
];
const isBlank = (byte: number): boolean => byte === SPACE || byte === LF || byte === CR || byte === TAB;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** Follows brackets and strings inside the outer array. */
function createBorders() {
  let depth = 1;
  let inString = false;
  let escaped = false;

  function insideString(byte: number): void {
    if (escaped) escaped = false;
    else if (byte === BACKSLASH) escaped = true;
    else if (byte === QUOTE) inString = false;
  }

  /** What the byte ends: an element that is followed by another, the whole array, or nothing. */
  return function next(byte: number): 'element' | 'array' | null {
    if (inString) {
      insideString(byte);
      return null;
    }
    if (byte === QUOTE) inString = true;
    else if (byte === OPEN || byte === OPEN_BRACE) depth += 1;
    else if (byte === CLOSE || byte === CLOSE_BRACE) depth -= 1;
    if (depth === 0) return 'array';
    return byte === COMMA && depth === 1 ? 'element' : null;
  };
}

/** The bytes of one element, which may be spread over several pieces of the stream. */
function createElement() {
  const decoder = new TextDecoder();
  let carried: Uint8Array[] = [];

  return {
    // A copy, because the piece may be a view of a buffer that its owner uses again.
    keep: (bytes: Uint8Array): void => void carried.push(bytes.slice()),

    finish(bytes: Uint8Array): string {
      const whole = carried.length === 0 ? bytes : Buffer.concat([...carried, bytes]);
      carried = [];
      return decoder.decode(whole).trim();
    },
  };
}

/** What stands before and after the array: blanks, and a byte order mark in front. */
function createSurroundings() {
  let marked = 0;
  return (byte: number, isOver: boolean): 'opens' | ArrayProblem | null => {
    if (isBlank(byte)) return null;
    if (isOver) return 'more-after-the-end';
    if (byte === OPEN) return 'opens';
    if (byte !== BYTE_ORDER_MARK[marked]) return 'not-an-array';
    marked += 1;
    return null;
  };
}

/**
 * Cuts one long JSON array out of a stream of bytes into the texts of its elements, so that a list of 10 000 films
 * never stands in memory as a whole. It only finds the borders; whether an element is JSON is for `JSON.parse`.
 * Bytes are enough: everything that structures JSON is ASCII, and no byte of a longer UTF-8 character is.
 */
export function createArrayScanner() {
  const ends = createBorders();
  const element = createElement();
  const outside = createSurroundings();
  let state: 'before' | 'inside' | 'after' = 'before';
  let hasElements = false;

  /** Gives the element's text; null for the nothing inside `[]`. */
  function complete(bytes: Uint8Array, ended: 'element' | 'array'): Result<string | null, ArrayProblem> {
    if (ended === 'array') state = 'after';
    const text = element.finish(bytes);
    if (text === '') return ended === 'array' && !hasElements ? ok(null) : err('empty-element');
    hasElements = true;
    return ok(text);
  }

  function outer(byte: number): ArrayProblem | null {
    const found = outside(byte, state === 'after');
    if (found === 'opens') state = 'inside';
    return found === 'opens' ? null : found;
  }

  return {
    /** The elements that this piece completes. */
    push(piece: Uint8Array): Result<string[], ArrayProblem> {
      const elements: string[] = [];
      let from = 0;
      // Not `entries()`: a pair for each of a hundred million bytes is half a second of a sync.
      for (let at = 0; at < piece.length; at += 1) {
        const byte = piece[at] ?? 0;
        if (state !== 'inside') {
          const problem = outer(byte);
          if (problem) return err(problem);
          from = at + 1;
          continue;
        }
        const ended = ends(byte);
        if (!ended) continue;
        const text = complete(piece.subarray(from, at), ended);
        if (!text.ok) return text;
        if (text.value !== null) elements.push(text.value);
        from = at + 1;
      }
      if (state === 'inside') element.keep(piece.subarray(from));
      return ok(elements);
    },

    /** To be called when the stream is over: only a closed array was whole. */
    end: (): Result<void, ArrayProblem> => (state === 'after' ? ok(undefined) : err('cut-off')),
  };
}
