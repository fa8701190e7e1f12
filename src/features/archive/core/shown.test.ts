import { describe, expect, test } from 'vitest';
import type { Block } from './content.ts';
import { aPost } from './post.fake.ts';
import { isEmpty, shownText, shownWords, sortedJson } from './shown.ts';

const same = (one: Parameters<typeof aPost>[0], other: Parameters<typeof aPost>[0]): boolean =>
  shownText(aPost(one)) === shownText(aPost(other));
const link = (href: string): Block[] => [{ type: 'paragraph', text: [{ text: 'file', href }] }];
const poll = (votes: number | null, text = 'Yes'): Block[] => [
  { type: 'poll', poll: { question: 'Again?', choices: [{ text, votes }], closesAt: null } },
];

describe('for a reader, a post is the same', () => {
  test('with other likes, comments, tiers and votes', () => {
    expect(same({ likeCount: 1, commentCount: 2, tiers: ['Gold'] }, { likeCount: 7 })).toBe(true);
    expect(same({ blocks: poll(3) }, { blocks: poll(null) })).toBe(true);
  });

  test('with a new token in an address', () => {
    const address = (token: string) => `https://cdn.example/a?token-time=${token}&token-hash=${token}&w=3`;
    expect(same({ blocks: link(address('1')) }, { blocks: link(address('2')) })).toBe(true);
    expect(
      same({ blocks: link('https://a.example/?page=1') }, { blocks: link('https://a.example/?page=2') }),
    ).toBe(false);
  });

  test('with its tags in another order', () => {
    expect(same({ tags: ['a', 'b'] }, { tags: ['b', 'a'] })).toBe(true);
  });
});

test('for a reader, it is another with other words, another choice, another picture or another day', () => {
  expect(same({}, { title: 'Another' })).toBe(false);
  expect(same({ blocks: poll(1) }, { blocks: poll(1, 'No') })).toBe(false);
  expect(same({}, { publishedAt: new Date(0) })).toBe(false);
  expect(same({}, { locked: true })).toBe(false);
  expect(same({ teaser: 'a' }, { teaser: 'b' })).toBe(true);
  expect(same({ locked: true, teaser: 'a' }, { locked: true, teaser: 'b' })).toBe(false);
});

test('the order of keys, which the database does not keep, makes no difference', () => {
  expect(sortedJson({ b: [{ d: 1, c: 2 }], a: null })).toBe(sortedJson({ a: null, b: [{ c: 2, d: 1 }] }));
});

test('its words are the same whatever becomes of its media, and others when one of them is', () => {
  const said = link('https://a.example');
  const media: Block[] = [
    { type: 'gallery', media: ['1'] },
    { type: 'quote', blocks: [{ type: 'image', media: '2', alt: 'a', caption: 'b' }, ...said] },
  ];
  const bare = { title: 'One', blocks: [{ type: 'quote', blocks: said } as const] };
  expect(shownWords({ title: 'One', blocks: media })).toBe(shownWords(bare));
  expect(shownWords({ title: 'Two', blocks: media })).not.toBe(shownWords(bare));
  expect(shownWords({ title: 'One', blocks: said })).not.toBe(shownWords(bare));
});

test('a post without blocks and media is empty', () => {
  expect(isEmpty(aPost())).toBe(false);
  expect(isEmpty(aPost({ blocks: [] }))).toBe(true);
});
