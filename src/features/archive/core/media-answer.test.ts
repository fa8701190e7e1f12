import { expect, test } from 'vitest';
import { answerTo, type Conditions } from './media-answer.ts';

const file = { etag: '"abc"', sizeBytes: 100 };
const ask = (asked: Partial<Conditions>) =>
  answerTo({ range: null, ifRange: null, ifMatch: null, ifNoneMatch: null, ...asked }, file);
const range = 'bytes=0-9';

test.each<[Partial<Conditions>, number]>([
  [{}, 200],
  [{ range }, 206],
  [{ range: 'bytes=100-' }, 416],
  [{ range: 'nonsense' }, 200],
  [{ ifNoneMatch: '"abc"' }, 304],
  [{ ifNoneMatch: 'W/"abc"' }, 304],
  [{ ifNoneMatch: '"x", "abc"' }, 304],
  [{ ifNoneMatch: '*' }, 304],
  [{ ifNoneMatch: '"x"' }, 200],
  [{ ifNoneMatch: '"abc"', range }, 304],
  [{ ifMatch: '"abc"' }, 200],
  [{ ifMatch: '*' }, 200],
  [{ ifMatch: 'W/"abc"' }, 412],
  [{ ifMatch: '"x"', ifNoneMatch: '"abc"' }, 412],
  [{ range, ifRange: '"abc"' }, 206],
  [{ range, ifRange: 'W/"abc"' }, 200],
  [{ range, ifRange: '"x"' }, 200],
  [{ range, ifRange: 'Sat, 01 Mar 2025 00:00:00 GMT' }, 200],
])('%j is answered with %i', (asked, status) => {
  expect(ask(asked).status).toBe(status);
});
