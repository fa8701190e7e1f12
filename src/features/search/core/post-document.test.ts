import { expect, test } from 'vitest';
import { cutPassages } from './passages.ts';
import { documentOfPost, type PostWords } from './post-document.ts';
import { hrefOf } from './results.ts';

const aPost: PostWords = {
  id: 'p1',
  creator: { id: 'c1', name: 'Ana' },
  source: { id: 's1', name: 'Patreon' },
  kind: 'audio',
  title: 'A talk',
  teaser: 'Only this is free.',
  blocks: [],
  tags: [],
  publishedAt: new Date('2026-03-01T10:00:00Z'),
  locked: false,
  vanishedAt: null,
  collections: [],
  captions: ['A harbour at night'],
  comments: [],
};

const passagesOf = (...texts: Parameters<typeof documentOfPost>[1]) => {
  const { kind, ref, stretches } = documentOfPost(aPost, texts);
  return cutPassages(stretches, () => 'en').map(({ part, locator, text }) => ({
    part,
    text,
    href: hrefOf(kind, ref, locator),
  }));
};

test('without a body there is what everybody may read, and the captions of pictures', () => {
  expect(passagesOf()).toEqual([
    { part: 'body', text: 'Only this is free. A harbour at night', href: '/archive/posts/p1' },
  ]);
});

test('each page of a PDF is a passage that opens there', () => {
  const pages = [
    { page: 1, text: 'The first page.' },
    { page: 7, text: 'The seventh.' },
  ];
  expect(passagesOf({ place: 'm1', text: { kind: 'pdf', pages } }).slice(1)).toEqual([
    { part: 'pdf', text: 'The first page.', href: '/archive/posts/p1?pdf=m1-1#page-m1-1' },
    { part: 'pdf', text: 'The seventh.', href: '/archive/posts/p1?pdf=m1-7#page-m1-7' },
  ]);
});

test('a page that was read off its picture is found like one with words of its own', () => {
  const pages = [{ page: 3, text: 'Read by a machine.', confidence: 0.9 }];
  expect(passagesOf({ place: 'm1', text: { kind: 'ocr', pages } }).slice(1)).toEqual([
    { part: 'pdf', text: 'Read by a machine.', href: '/archive/posts/p1?pdf=m1-3#page-m1-3' },
  ]);
});

test('what is said is cut after about thirty seconds, and opens at the line where the passage begins', () => {
  const segments = Array.from({ length: 30 }, (_, index) => ({
    fromMs: index * 4000,
    toMs: index * 4000 + 3900,
    text: 'ten words are said in this line and no more',
  }));
  const said = passagesOf({ place: 'm2', text: { kind: 'captions', language: 'en', segments } }).slice(1);
  expect(said.map(({ href }) => href)).toEqual([
    '/archive/posts/p1#said-m2-0',
    '/archive/posts/p1#said-m2-28000',
    '/archive/posts/p1#said-m2-56000',
    '/archive/posts/p1#said-m2-84000',
    '/archive/posts/p1#said-m2-112000',
  ]);
});
