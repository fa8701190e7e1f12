import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createArrayScanner } from './json-array.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** Cuts the bytes at the given places, wherever they fall. */
function cut(all: Uint8Array, places: readonly number[]): Uint8Array[] {
  const edges = [0, ...places.map((place) => place % (all.length + 1)), all.length].sort((a, b) => a - b);
  return edges.slice(1).map((edge, index) => all.subarray(edges[index], edge));
}

function scan(pieces: readonly Uint8Array[]): { elements: unknown[]; problem: string | null } {
  const scanner = createArrayScanner();
  const elements: unknown[] = [];
  for (const piece of pieces) {
    const result = scanner.push(piece);
    if (!result.ok) return { elements, problem: result.error };
    elements.push(...result.value.map((text): unknown => JSON.parse(text)));
  }
  const end = scanner.end();
  return { elements, problem: end.ok ? null : end.error };
}

const jsonArray = fc.array(fc.jsonValue({ maxDepth: 4 }), { maxLength: 8 });

test('any array, cut anywhere, gives the same elements', () => {
  fc.assert(
    fc.property(jsonArray, fc.array(fc.nat()), fc.constantFrom(0, 2), (array, places, indent) => {
      const text = JSON.stringify(array, null, indent);
      expect(scan(cut(bytes(text), places))).toEqual({
        elements: JSON.parse(text) as unknown,
        problem: null,
      });
    }),
  );
});

test('any array that ends too early is cut off, wherever it ends', () => {
  fc.assert(
    fc.property(jsonArray, fc.nat(), (array, place) => {
      const all = bytes(JSON.stringify(array));
      expect(scan([all.subarray(0, place % all.length)]).problem).toBe('cut-off');
    }),
  );
});

test('one byte at a time makes no difference', () => {
  const text = ' [ {"a":"\\"]},{\\\\"} , [1,[2]] , "ñ€😀" , null ] ';
  const pieces = [...bytes(text)].map((byte) => Uint8Array.of(byte));
  expect(scan(pieces)).toEqual({ elements: JSON.parse(text) as unknown, problem: null });
});

test.each([
  ['{"records":[]}', 'not-an-array'],
  ['', 'cut-off'],
  ['[] []', 'more-after-the-end'],
  ['[1,]', 'empty-element'],
  ['[,1]', 'empty-element'],
])('%s is refused as %s', (text, problem) => {
  expect(scan([bytes(text)]).problem).toBe(problem);
});

test('a byte order mark is no content', () => {
  expect(scan([Uint8Array.of(0xef, 0xbb, 0xbf), bytes('[1]')])).toEqual({ elements: [1], problem: null });
});

test('the pieces may be overwritten by their owner afterwards', () => {
  const scanner = createArrayScanner();
  const piece = bytes('["abc');
  scanner.push(piece);
  piece.fill(0);
  expect(scanner.push(bytes('d"]'))).toEqual({ ok: true, value: ['"abcd"'] });
});
