import { describe, expect, test } from 'vitest';
import { byDocument, fuse } from './fuse.ts';

const found = (document: number, ...passages: number[]) => ({ document, passages });

describe('fusing', () => {
  test('what stands high in both lists comes first, and ties go by the document', () => {
    expect(
      fuse([
        [found(1), found(2)],
        [found(2), found(3)],
      ]).map(({ document }) => document),
    ).toEqual([2, 1, 3]);
    expect(fuse([[found(5)], [found(4)]]).map(({ document }) => document)).toEqual([4, 5]);
  });

  test('a document comes once, with its best three passages, and its many passages do not push others down', () => {
    const [first, second] = fuse([[found(1, 1, 2, 3, 4), found(2, 9)]]);
    expect(first?.passages).toEqual([1, 2, 3]);
    expect(second?.score).toBeCloseTo(1 / 62);
  });

  test('of the passages of a document those come first that both lists have high', () => {
    const [first] = fuse([[found(1, 1, 2)], [found(1, 3, 2)]]);
    expect(first?.passages).toEqual([2, 1, 3]);
  });

  test('what only its title found has no passage', () => {
    expect(fuse([[found(1)]])).toEqual([{ document: 1, score: 1 / 61, passages: [] }]);
  });

  test('what was found passage by passage is a list of documents, in the order of their nearest', () => {
    const near = [
      { document: 2, passage: 20 },
      { document: 1, passage: 10 },
      { document: 2, passage: 21 },
    ];
    expect(byDocument(near)).toEqual([found(2, 20, 21), found(1, 10)]);
  });
});
