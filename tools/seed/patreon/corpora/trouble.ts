import { iso } from '../../moments.ts';
import { doc, type Node } from '../document.ts';
import { aMedia } from '../files.ts';
import type { Recipe } from '../media/recipes.ts';
import type { Comment, Creator, Media, Post } from '../patronage.ts';
import { aCreator, aPost } from './creator.ts';
import { documentCases, fileNames, markupCases } from './markup.ts';

const HOUR_MS = 3_600_000;

/** Numbers that no other creator has: posts from 400 million on, files from 420 million on. */
const postId = (creator: number, index: number): string => String(400_000_000 + creator * 1_000_000 + index);
const mediaId = (creator: number, index: number): string => String(420_000_000 + creator * 1_000_000 + index);

type Start = { number: number; now: Date };

/** Every case of hostile markup as a body and as a comment, and every bad name as a file. */
export function hostile({ number, now }: Start): Creator {
  const at = (index: number): string => iso(now.getTime() - (index + 1) * HOUR_MS);
  const bodies = markupCases.map(({ name, html }, index) =>
    aPost(now, {
      id: postId(number, 1_000 - index),
      title: `Markup: ${name}`,
      publishedAt: at(index),
      raw: { content: html, json: null },
      comments: [comment(number, { index, body: html, at: at(index) })],
    }),
  );
  const documents = documentCases.map(({ name, body }, index) =>
    aPost(now, {
      id: postId(number, 800 - index),
      title: `Document: ${name}`,
      publishedAt: at(200 + index),
      body,
      bodyAs: 'json',
    }),
  );
  const title = aPost(now, {
    id: postId(number, 600),
    title: '</title><script>window.xss=1</script>"\'><img src=x onerror=window.xss=1>',
    teaser: '<img src=x onerror=window.xss=1>',
    tags: ['<b>tag</b>', 'a/b?c#d', ''],
    publishedAt: at(300),
  });
  return {
    ...aCreator({ key: 'hostile', number, name: '<i>Hostile</i> & Sons', now }),
    posts: [...bodies, ...documents, title, namesPost(number, now)],
  };
}

function namesPost(number: number, now: Date): Post {
  const media = fileNames.map((fileName, index) =>
    aMedia(fileOf(fileName), {
      id: mediaId(number, index),
      role: 'attachment',
      fileName,
      mimetype: typeOf(fileName),
      disposition: index % 2 === 0 ? 'rfc5987' : 'plain',
      createdAt: iso(now.getTime() - 400 * HOUR_MS),
    }),
  );
  return aPost(now, {
    id: postId(number, 500),
    title: 'Files with bad names',
    media,
    publishedAt: iso(now.getTime() - 400 * HOUR_MS),
  });
}

function fileOf(name: string): Recipe {
  if (name.endsWith('.svg'))
    return {
      kind: 'plain',
      body: '<svg xmlns="http://www.w3.org/2000/svg" onload="window.xss=1"><script>window.xss=1</script></svg>',
    };
  if (name.endsWith('.html'))
    return { kind: 'plain', body: '<!doctype html><script>window.xss=1</script><p>harmless words</p>' };
  return { kind: 'plain', body: `The file called ${JSON.stringify(name)}.\n` };
}

const typeOf = (name: string): string =>
  name.endsWith('.svg') ? 'image/svg+xml' : name.endsWith('.html') ? 'text/html' : 'text/plain';

const comment = (
  number: number,
  { index, body, at }: { index: number; body: string; at: string },
): Comment => ({
  id: String(800_000_000 + number * 10_000 + index),
  by: { id: '70888888', name: '<b onclick="window.xss=1">Mallory</b>' },
  body,
  createdAt: at,
  deletedAt: null,
  isByCreator: false,
  isByPatron: true,
  isLikedByCreator: false,
  votes: 0,
  replies: [],
});

const GALLERY = 500;

/** One post with five hundred pictures. */
export function gallery({ number, now }: Start): Creator {
  const media = Array.from({ length: GALLERY }, (_, index): Media =>
    aMedia(
      { kind: 'tiny', number: 50_000 + index },
      {
        id: mediaId(number, index),
        role: 'image',
        fileName: `plate-${String(index + 1).padStart(3, '0')}.png`,
        createdAt: iso(now.getTime() - HOUR_MS),
      },
    ),
  );
  const post = aPost(now, {
    id: postId(number, 1),
    postType: 'image_file',
    title: 'Five hundred plates',
    media,
    cover: media[0]?.id ?? null,
  });
  return { ...aCreator({ key: 'gallery', number, name: 'A very long gallery', now }), posts: [post] };
}

const dates = [
  '1899-12-31T23:59:59Z',
  '1969-12-31T23:59:59Z',
  '1970-01-01T00:00:00Z',
  '2000-02-29T12:00:00Z',
  '2038-01-19T03:14:08Z',
  '2100-02-28T23:59:59Z',
  '2107-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
];

/** Posts of the day before time began, and of the next century. */
export function oddDates({ number, now }: Start): Creator {
  const posts = dates.map((date, index) =>
    aPost(now, {
      id: postId(number, index),
      title: `Published ${date}`,
      publishedAt: date,
      createdAt: date,
      editedAt: date,
    }),
  );
  return { ...aCreator({ key: 'dates', number, name: 'Out of time', now }), posts };
}

/** Small files that are enormous once opened. */
export function bombs({ number, now }: Start): Creator {
  const file = (recipe: Recipe, role: Media['role'], index: number, fileName: string): Media =>
    aMedia(recipe, { id: mediaId(number, index), role, fileName, createdAt: iso(now.getTime() - HOUR_MS) });
  const picture = file({ kind: 'bomb', of: 'picture' }, 'image', 1, 'square.png');
  const archive = file({ kind: 'bomb', of: 'zip' }, 'attachment', 2, 'zeros.zip');
  const posts = [
    aPost(now, {
      id: postId(number, 1),
      postType: 'image_file',
      title: 'A large square',
      media: [picture],
      cover: picture.id,
    }),
    aPost(now, { id: postId(number, 2), title: 'A small archive', media: [archive] }),
  ];
  return { ...aCreator({ key: 'bombs', number, name: 'Handle with care', now }), posts };
}

const odd: Record<string, Partial<Post>> = {
  'snake case': {
    body: {
      type: 'doc',
      content: [
        {
          type: 'bullet_list',
          content: [
            {
              type: 'list_item',
              content: [
                {
                  type: 'paragraph',
                  content: [
                    { type: 'text', text: 'one' },
                    { type: 'hard_break' },
                    { type: 'text', text: 'two' },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
  },
  'an unknown node': {
    body: {
      type: 'doc',
      content: [
        {
          type: 'hologram',
          content: [{ type: 'paragraph', content: [{ type: 'text', text: 'kept words' }] }],
        },
      ],
    },
  },
  'all marks': {
    body: {
      type: 'doc',
      content: [
        {
          type: 'paragraph',
          content: [
            'bold',
            'strong',
            'italic',
            'em',
            'underline',
            'strike',
            'code',
            'textStyle',
            'sparkle',
          ].map((type): Node => ({ type: 'text', text: `${type} `, marks: [{ type }] })),
        },
      ],
    },
  },
  'every block': {
    body: {
      type: 'doc',
      content: [
        { type: 'heading', content: [{ type: 'text', text: 'A heading without a level' }] },
        { type: 'codeBlock', content: [{ type: 'text', text: 'let x = 1 < 2;' }] },
        { type: 'horizontalRule' },
        { type: 'paragraph' },
        { type: 'paragraph', content: [{ type: 'mention', attrs: { id: '1', label: 'Inés' } }] },
      ],
    },
  },
  'no title': { title: null },
  'a title of spaces': { title: '   ' },
  'no body at all': { raw: { content: null, json: null } },
  'an empty body': { raw: { content: '', json: '' } },
  'JSON that is none': { raw: { content: null, json: '{"type":"doc","content":[{"type":"para' } },
  'JSON that is something else': { raw: { content: null, json: '[1,2,3]' } },
  'an unknown kind of post': { postType: 'hologram_file' },
  'a very long body': { body: doc('A line of a very long body, one of many. '.repeat(20_000)) },
  'nesting without end': { raw: { content: null, json: nested(3_000) } },
};

/** Written by hand: to build it as a tree would already be too deep for some. */
function nested(depth: number): string {
  const open = '{"type":"blockquote","content":[';
  const bottom = '{"type":"paragraph","content":[{"type":"text","text":"at the bottom"}]}';
  return `{"type":"doc","content":[${open.repeat(depth)}${bottom}${']}'.repeat(depth)}]}`;
}

/** Bodies in every shape that was ever seen, and some that were not. */
export function shapes({ number, now }: Start): Creator {
  const posts = Object.entries(odd).map(([name, some], index) =>
    aPost(now, { id: postId(number, index), title: `Shape: ${name}`, bodyAs: 'json', ...some }),
  );
  return { ...aCreator({ key: 'shapes', number, name: 'Odd shapes', now }), posts };
}
