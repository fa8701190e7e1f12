import { expect, test } from 'vitest';
import type { SourcePost } from '#features/archive/core/post.ts';
import { readText } from './read-text.ts';

function read(path: string, text: string): SourcePost {
  const post = readText({ externalId: path, raw: { path, text, modifiedAt: '2026-05-01T10:00:00.000Z' } });
  if (!post.ok) throw new Error(post.error.reason);
  return post.value;
}

test('the date in front of its name is when it was published; without one it is when it was changed', () => {
  expect(read('Ana/2026-03-22 Field notes.md', 'x')).toMatchObject({
    title: 'Field notes',
    publishedAt: new Date('2026-03-22T00:00:00Z'),
    editedAt: new Date('2026-05-01T10:00:00Z'),
  });
  expect(read('Ana/notes.txt', 'x')).toMatchObject({
    title: 'notes',
    publishedAt: new Date('2026-05-01T10:00:00Z'),
    editedAt: null,
  });
});

test('Markdown is the same blocks as the body of a post', () => {
  const post = read(
    'a.md',
    '# Lamp\n\nA **bold _both_** `x < 1` [link](https://example.org) &amp; more  \nnext\n\n1. one\n2. two\n\n> said\n\n```\nlet x;\n```\n\n---\n\n| a | b |\n|---|---|\n| c | d |\n',
  );
  expect(post.title).toBe('Lamp');
  expect(post.drift).toEqual([]);
  expect(post.blocks).toEqual([
    { type: 'heading', level: 2, text: [{ text: 'Lamp' }] },
    {
      type: 'paragraph',
      text: [
        { text: 'A ' },
        { text: 'bold ', marks: ['bold'] },
        { text: 'both', marks: ['bold', 'italic'] },
        { text: ' ' },
        { text: 'x < 1', marks: ['code'] },
        { text: ' ' },
        { text: 'link', href: 'https://example.org/' },
        { text: ' & more\nnext' },
      ],
    },
    {
      type: 'list',
      ordered: true,
      items: [
        [{ type: 'paragraph', text: [{ text: 'one' }] }],
        [{ type: 'paragraph', text: [{ text: 'two' }] }],
      ],
    },
    { type: 'quote', blocks: [{ type: 'paragraph', text: [{ text: 'said' }] }] },
    { type: 'code', text: 'let x;' },
    { type: 'divider' },
    { type: 'paragraph', text: [{ text: 'a b' }] },
    { type: 'paragraph', text: [{ text: 'c d' }] },
  ]);
});

test('pictures and files beside it are its media', () => {
  const post = read('Ana/a.md', '![Lamp](pictures/my%20lamp.jpg "At night")\n\nThe [score](score.pdf).');
  expect(post.media.map(({ externalId, kind, role, caption }) => [externalId, kind, role, caption])).toEqual([
    ['pictures/my lamp.jpg', 'image', 'inline', 'At night'],
    ['score.pdf', 'file', 'attachment', null],
  ]);
  expect(post.blocks).toEqual([
    { type: 'image', media: 'pictures/my lamp.jpg', alt: 'Lamp', caption: 'At night' },
    { type: 'paragraph', text: [{ text: 'The score.' }] },
    { type: 'file', media: 'score.pdf' },
  ]);
});

test.each([
  '../secret.png',
  '/etc/passwd',
  'a/../../b.png',
  '.hidden/x.png',
  'file:///etc/passwd',
  '%2e%2e/x.png',
])('%s is no media of it', (href) => {
  expect(read('Ana/a.md', `![x](${href})`).media).toEqual([]);
});

test('what is hostile in it is text or nothing', () => {
  const post = read(
    'a.md',
    '<script>alert(1)</script>\n\n[x](javascript:alert(1))\n\nhi <b onclick=x>you</b>',
  );
  expect(JSON.stringify(post.blocks)).not.toMatch(/href|onclick|<script/);
});

test('plain text keeps its lines', () => {
  expect(read('a.txt', 'one\ntwo\n\nthree *not bold*').blocks).toEqual([
    { type: 'paragraph', text: [{ text: 'one\ntwo' }] },
    { type: 'paragraph', text: [{ text: 'three *not bold*' }] },
  ]);
});
