import { expect, test } from 'vitest';
import type { Block } from '#features/archive/core/content.ts';
import { aFile, aPost, manyOf } from './documents.fake.ts';
import { linkFiles } from './file-links.ts';
import { read } from './read.ts';

const said = (href: string): Block => ({ type: 'paragraph', text: [{ text: 'the map', href }] });
const has = (ref: string): boolean => ref === '7' || ref === 'attachment-8';
const refOf = (href: string): string | undefined => {
  const [block] = linkFiles([said(href)], has);
  return block?.type === 'paragraph' ? block.text[0]?.media : undefined;
};

test.each([
  ['https://www.patreon.com/file?h=1&m=7', '7'],
  ['https://patreon.com/file?m=7&h=1', '7'],
  ['https://www.patreon.com/file?h=1&i=8', 'attachment-8'],
])('%s is a file of the post', (href, ref) => {
  expect(refOf(href)).toBe(ref);
});

test.each([
  'https://www.patreon.com/file?h=1&m=9', // of another post
  'https://www.patreon.com/file',
  'https://www.patreon.com/posts/7',
  'https://patreon.com.example/file?h=1&m=7',
  'https://www.patreon.com/file/../file?h=1&m=70',
  'mailto:file@patreon.com?m=7',
])('%s leads where it led', (href) => {
  expect(refOf(href)).toBeUndefined();
});

test('a link is found within lists and quotes, keeps its address, and everything else stays as it is', () => {
  const href = 'https://www.patreon.com/file?h=1&m=7';
  const blocks: Block[] = [
    { type: 'list', ordered: false, items: [[said(href)]] },
    { type: 'quote', blocks: [said(href)] },
    { type: 'divider' },
  ];
  const linked = { type: 'paragraph', text: [{ text: 'the map', href, media: '7' }] };
  expect(linkFiles(blocks, has)).toEqual([
    { type: 'list', ordered: false, items: [[linked]] },
    { type: 'quote', blocks: [linked] },
    { type: 'divider' },
  ]);
});

test('the text of a post leads to its attachment', () => {
  const content = '<p>Here: <a href="https://www.patreon.com/file?h=1&amp;m=7">the map</a></p>';
  const raw = aPost({
    attributes: { content },
    relationships: { attachments_media: manyOf('media', '7') },
    included: [aFile('7', 'application/pdf')],
  });
  const result = read(raw);
  expect(result.ok && result.value.post.blocks[0]).toMatchObject({
    text: [{ text: 'Here: ' }, { text: 'the map', media: '7' }],
  });
});
