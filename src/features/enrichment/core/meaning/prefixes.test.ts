import { expect, test } from 'vitest';
import { prefixesOf } from './prefixes.ts';

test.each([
  ['intfloat/multilingual-e5-small', 'query: ', 'passage: '],
  ['multilingual-e5-base', 'query: ', 'passage: '],
  ['E5-large-v2', 'query: ', 'passage: '],
  ['text-embedding-multilingual-e5-large@q8_0', 'query: ', 'passage: '],
  ['jeffh/intfloat-multilingual-e5-large:f16', 'query: ', 'passage: '],
  ['intfloat/multilingual-e5-large-instruct', '', ''],
  ['nomic-embed-text:latest', 'search_query: ', 'search_document: '],
  ['embeddinggemma', 'task: search result | query: ', 'title: none | text: '],
  ['bge-m3', '', ''],
  ['text-embedding-3-small', '', ''],
  ['the5th-model', '', ''],
  ['', '', ''],
])('%s is asked with "%s" and "%s"', (model, query, passage) => {
  expect(prefixesOf(model)).toEqual({ query, passage });
});
