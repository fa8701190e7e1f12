import { expect, test } from 'vitest';
import { ANY_PAID_TIER, type SourcePost } from '#features/archive/core/post.ts';
import type { RawPost } from '#features/archive/server/ports.ts';
import { aFile, anImage, aPost, cdn, manyOf, oneOf } from './documents.fake.ts';
import { read } from './read.ts';

function readOne(raw: RawPost): SourcePost {
  const result = read(raw);
  if (!result.ok) throw new Error(result.error.reason);
  return result.value.post;
}
const driftOf = (raw: RawPost): string[] => readOne(raw).drift.map(({ what, name }) => `${what} ${name}`);

test.each([
  ['text_only', 'text'],
  ['image_file', 'image'],
  ['video_external_file', 'video'],
  ['video_embed', 'video'],
  ['audio_file', 'audio'],
  ['audio_embed', 'audio'],
  ['podcast', 'podcast'],
  ['link', 'link'],
  ['poll', 'poll'],
  ['livestream_youtube', 'livestream'],
  ['livestream_crowdcast', 'livestream'],
])('%s is a post of the kind %s', (post_type, kind) => {
  const post = readOne(aPost({ attributes: { post_type } }));
  expect(post.kind).toBe(kind);
  expect(post.drift).toEqual([]);
});

test('a type that nobody knows is a post all the same, and is counted', () => {
  const post = readOne(aPost({ attributes: { post_type: 'hologram', content: '<p>Hi</p>' } }));
  expect(post.kind).toBe('other');
  expect(post.blocks).toEqual([{ type: 'paragraph', text: [{ text: 'Hi' }] }]);
  expect(post.drift).toEqual([{ what: 'post-type', name: 'hologram' }]);
});

test('unknown keys, kinds of media and values of another kind are counted', () => {
  const raw = aPost({
    attributes: { mood: 'blue', like_count: 'many' },
    relationships: { attachments_media: manyOf('media', '7') },
    included: [aFile('7', 'model/gltf', { media_type: '3d', spin: 4 })],
  });
  expect(driftOf(raw)).toEqual([
    'key post.like_count (text)',
    'key post.mood',
    'key media.spin',
    'media-type 3d',
  ]);
  expect(readOne(raw).media[0]).toMatchObject({ kind: 'file', role: 'attachment' });
});

test.each([
  [{ data: null }, 'it has no data'],
  ['nonsense', 'it has no data'],
  [{ data: { type: 'goal', id: '1' } }, 'it is a goal'],
  [{ data: { type: 'post', id: '1', attributes: { published_at: 'soon' } } }, 'it has no date'],
])('%j is not read as a post', (raw, reason) => {
  expect(read({ externalId: '1', raw })).toEqual({
    ok: false,
    error: { code: 'source.unreadable-post', reason },
  });
});

test.each(['1962-07-01T00:00:00.000+00:00', '2163-01-01T00:00:00.000+00:00'])('%s is a date', (at) => {
  expect(readOne(aPost({ attributes: { published_at: at } })).publishedAt).toEqual(new Date(at));
});

test('tags, tiers and collections have their names', () => {
  const post = readOne(
    aPost({
      relationships: {
        user_defined_tags: manyOf('post_tag', 'user_defined;mapas'),
        access_rules: manyOf('access-rule', '111'),
        collections: manyOf('collection', '15764'),
      },
      included: [
        {
          type: 'post_tag',
          id: 'user_defined;mapas',
          attributes: { tag_type: 'user_defined', value: 'mapas' },
        },
        {
          type: 'access_rule',
          id: '111',
          attributes: { access_rule_type: 'tier' },
          relationships: { tier: oneOf('reward', '9') },
        },
        { type: 'reward', id: '9', attributes: { title: 'Taller' } },
      ],
    }),
  );
  expect(post).toMatchObject({ tags: ['mapas'], tiers: ['Taller'], collections: ['15764'] });
});

test('what everybody may read names no tier, whatever other rules it has', () => {
  const rules = ['patrons', 'public'].map((access_rule_type, id) => ({
    type: 'access-rule',
    id: String(id),
    attributes: { access_rule_type },
  }));
  const relationships = { access_rules: manyOf('access-rule', '0', '1') };
  expect(readOne(aPost({ relationships, included: rules })).tiers).toEqual([]);
  expect(readOne(aPost({ relationships, included: rules.slice(0, 1) })).tiers).toEqual([ANY_PAID_TIER]);
});

test('a poll keeps its question, choices in order and votes', () => {
  const choice = (id: string, position: number) => ({
    type: 'poll_choice',
    id,
    attributes: { text_content: `Choice ${position}`, num_responses: position * 10, position },
  });
  const post = readOne(
    aPost({
      attributes: { post_type: 'poll' },
      relationships: { poll: oneOf('poll', '3') },
      included: [
        {
          type: 'poll',
          id: '3',
          attributes: { question_text: 'Which wood?', closes_at: '2026-04-01T00:00:00+00:00' },
          relationships: { choices: manyOf('poll_choice', 'b', 'a') },
        },
        choice('a', 1),
        choice('b', 2),
      ],
    }),
  );
  expect(post.blocks).toEqual([
    {
      type: 'poll',
      poll: {
        question: 'Which wood?',
        choices: [
          { text: 'Choice 1', votes: 10 },
          { text: 'Choice 2', votes: 20 },
        ],
        closesAt: '2026-04-01T00:00:00.000Z',
      },
    },
  ]);
});

test('what is on another site is a link with its words, or an embed', () => {
  const embed = { url: 'https://youtu.be/x', subject: 'How', description: 'Long', provider: 'YouTube' };
  expect(readOne(aPost({ attributes: { post_type: 'link', embed } })).blocks).toEqual([
    { type: 'link', url: 'https://youtu.be/x', title: 'How', description: 'Long' },
  ]);
  expect(readOne(aPost({ attributes: { post_type: 'video_embed', embed } })).blocks).toMatchObject([
    { type: 'embed', embed: { provider: 'YouTube', url: 'https://youtu.be/x' } },
  ]);
  const hostile = { ...embed, url: 'java\tscript:alert(1)' };
  expect(readOne(aPost({ attributes: { post_type: 'link', embed: hostile } })).blocks).toEqual([]);
});

test('a locked post has its teaser and the names of what it would have, and no body', () => {
  const post = readOne(
    aPost({
      attributes: {
        current_user_can_view: false,
        post_type: 'image_file',
        teaser_text: 'Three new maps',
        image: { url: cdn('a', 'blurred') },
        attachments_preview_metadata: [
          { file_name: 'maps.zip', mimetype: 'application/zip', size_bytes: 1234 },
        ],
      },
      relationships: { images: manyOf('media', '1') },
      included: [anImage('1', 'a', { download_url: null, image_urls: { original: cdn('a', 'blurred') } })],
    }),
  );
  expect(post).toMatchObject({ locked: true, teaser: 'Three new maps', blocks: [] });
  expect(post.media.map(({ externalId, role, fileName }) => [externalId, role, fileName])).toEqual([
    ['1', 'gallery', 'lámina-1.jpg'],
    ['locked-1', 'attachment', 'maps.zip'],
    ['preview', 'preview', null],
  ]);
});
