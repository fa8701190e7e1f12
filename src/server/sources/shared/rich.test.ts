import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Block, Span } from '#features/archive/core/content.ts';
import { readHtml, type BodyHooks } from './html.ts';
import { readProse } from './prose.ts';
import { blocksOf } from './rich.ts';

const hooks = (unknown: string[] = []): BodyHooks => ({
  base: 'https://www.patreon.com/',
  unknown: (name) => unknown.push(name),
  frame: (url) => ({ type: 'embed', embed: { provider: null, url, title: null, description: null } }),
  image: ({ id, src, alt, caption }) => ({ type: 'image', media: id ?? src ?? '?', alt, caption }),
});
const html = (text: string, unknown?: string[]): Block[] => blocksOf(readHtml(text, hooks(unknown)));
const prose = (document: unknown, unknown?: string[]): Block[] =>
  blocksOf(readProse(document, hooks(unknown)) ?? []);

const doc = (...content: object[]) => ({ type: 'doc', content });
const p = (...content: object[]) => ({ type: 'paragraph', content });
const t = (text: string, ...marks: object[]) => ({ type: 'text', text, marks });
const said = (text: string): Block => ({ type: 'paragraph', text: [{ text }] });

/** The same body in both forms. */
const twins: readonly [string, string, unknown][] = [
  [
    'marks in any order',
    '<p>A <strong><em>loud</em></strong> <u>word</u>, <s>gone</s> <code>x = 1</code></p>',
    doc(
      p(
        t('A '),
        t('loud', { type: 'italic' }, { type: 'bold' }),
        t(' '),
        t('word', { type: 'underline' }),
        t(', '),
        t('gone', { type: 'strike' }),
        t(' '),
        t('x = 1', { type: 'code' }),
      ),
    ),
  ],
  [
    'headings of all levels, 3 when none is said',
    '<h1>One</h1><h2>Two</h2><h3>Three</h3><h3>None</h3><h6>Six</h6>',
    doc(
      { type: 'heading', attrs: { level: 1 }, content: [t('One')] },
      { type: 'heading', attrs: { level: 2 }, content: [t('Two')] },
      { type: 'heading', attrs: { level: 3 }, content: [t('Three')] },
      { type: 'heading', content: [t('None')] },
      { type: 'heading', attrs: { level: 6 }, content: [t('Six')] },
    ),
  ],
  [
    'lists within lists',
    '<ol><li><p>First</p><ul><li><p>Inner</p></li></ul></li><li><p>Second</p></li></ol>',
    doc({
      type: 'ordered_list',
      content: [
        {
          type: 'list_item',
          content: [
            p(t('First')),
            { type: 'bulletList', content: [{ type: 'listItem', content: [p(t('Inner'))] }] },
          ],
        },
        { type: 'listItem', content: [p(t('Second'))] },
      ],
    }),
  ],
  [
    'quotes, code and a line between',
    '<blockquote><p>Said</p></blockquote><hr><pre><code>a  b\n  c</code></pre>',
    doc(
      { type: 'blockquote', content: [p(t('Said'))] },
      { type: 'horizontalRule' },
      { type: 'codeBlock', content: [t('a  b\n  c')] },
    ),
  ],
  [
    'links, also of two looks',
    '<p><a href="https://example.org/a?b=1&amp;c=2" target="_blank">one <strong>two</strong></a></p>',
    doc(
      p(
        t('one ', { type: 'link', attrs: { href: 'https://example.org/a?b=1&c=2' } }),
        t('two', { type: 'bold' }, { type: 'link', attrs: { href: 'https://example.org/a?b=1&c=2' } }),
      ),
    ),
  ],
  [
    'breaks, empty paragraphs and white space',
    '<p>One<br>two  three </p><p></p><p>\u00a0</p><p><br></p>',
    doc(p(t('One'), { type: 'hardBreak' }, t('two  three ')), p(), p(t('\u00a0')), p({ type: 'hard_break' })),
  ],
  [
    'pictures with words',
    '<div data-image-container="true"><figure><img src="https://x.org/1.png" data-media-id="7" alt="A &quot;map&quot;"/><figcaption>North</figcaption></figure></div>',
    doc({
      type: 'image',
      attrs: { src: 'https://x.org/1.png', media_id: '7', alt: 'A "map"', caption: 'North' },
    }),
  ],
  [
    'somebody who is spoken to',
    '<p>Thanks <span data-type="mention">@Ana</span>!</p>',
    doc(p(t('Thanks '), { type: 'mention', attrs: { id: 4, label: 'Ana' } }, t('!'))),
  ],
];

describe('both forms of a body', () => {
  test.each(twins)('%s are the same blocks', (_, asHtml, asProse) => {
    const blocks = html(asHtml);
    expect(blocks.length).toBeGreaterThan(0);
    expect(prose(asProse)).toEqual(blocks);
  });

  test('a noise of empty styles says nothing', () => {
    const unknown: string[] = [];
    expect(prose(doc(p(t('Hi', { type: 'textStyle', attrs: {} }))), unknown)).toEqual([said('Hi')]);
    expect(unknown).toEqual([]);
  });
});

describe('what nobody knows', () => {
  test('a node keeps its text and is counted', () => {
    const unknown: string[] = [];
    const blocks = prose(
      doc({ type: 'callout', content: [p(t('Mind '), { type: 'spark', text: 'this' })] }),
      unknown,
    );
    expect(blocks).toEqual([said('Mind this')]);
    expect(unknown.sort()).toEqual(['callout', 'spark']);
  });

  test('an element keeps its text and is counted', () => {
    const unknown: string[] = [];
    expect(html('<x-card>One</x-card><x-card>Two</x-card>', unknown)).toEqual([said('One'), said('Two')]);
    expect(unknown).toEqual(['x-card', 'x-card']);
  });

  test('a table keeps its words, a row a line', () => {
    expect(html('<table><tr><th>Wood</th><td>Oak</td></tr><tr><td>Fir</td></tr></table>')).toEqual([
      said('Wood Oak'),
      said('Fir'),
    ]);
  });

  test.each([null, 'text', 3, [], {}, { content: [] }])('%j is no document', (document) => {
    expect(readProse(document, hooks())).toBeNull();
  });

  test('what is nested by the thousand keeps its text', () => {
    const deep = `${'<blockquote>'.repeat(20_000)}treasure`;
    expect(JSON.stringify(html(deep))).toContain('treasure');
    let node: object = t('treasure');
    for (let depth = 0; depth < 5000; depth += 1) node = { type: 'blockquote', content: [node] };
    expect(JSON.stringify(prose(doc(node)))).toContain('treasure');
  });
});

/** Ways to smuggle something that runs, most of them from the cheat sheets for testers of sanitisers. */
const hostile: readonly string[] = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=//evil.example/x.js></SCRIPT>',
  '<img src=x onerror=alert(1)>',
  '<img src="javascript:alert(1)">',
  '<svg onload=alert(1)><script>alert(1)</script></svg>',
  '<svg><a xlink:href="javascript:alert(1)"><text>click</text></a></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<a href="javascript:alert(1)">click</a>',
  '<a href="JaVaScRiPt:alert(1)">click</a>',
  '<a href="java&#10;script:alert(1)">click</a>',
  '<a href="java&Tab;script&colon;alert(1)">click</a>',
  '<a href="&#x6A;avascript:alert(1)">click</a>',
  '<a href="  \u0001javascript:alert(1)">click</a>',
  '<a href="data:text/html,<script>alert(1)</script>">click</a>',
  '<a href="DATA:text/html;base64,PHNjcmlwdD4=">click</a>',
  '<a href="vbscript:msgbox(1)">click</a>',
  '<a href="blob:https://x/y">click</a>',
  '<a href="file:///etc/passwd">click</a>',
  '<a href="view-source:javascript:alert(1)">click</a>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="javascript:alert(1)"></object><embed src="javascript:alert(1)">',
  '<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">go</button></form>',
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  '<base href="javascript:alert(1)//"><a href="x">click</a>',
  '<style>@import "javascript:alert(1)"; body{background:url(javascript:alert(1))}</style>',
  '<p style="background:url(javascript:alert(1))">text</p>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<template><script>alert(1)</script></template>',
  '<title><img src=x onerror=alert(1)></title>',
  '<xmp><script>alert(1)</script></xmp>',
  '<plaintext><script>alert(1)</script>',
  '<!--><script>alert(1)</script>-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<a href="https://good.example\\@evil.example/">click</a>',
  '<a href="https://user:secret@evil.example/">click</a>',
  '<video><source onerror="alert(1)"></video><audio src="javascript:alert(1)">',
  '<details open ontoggle=alert(1)>x</details>',
  '<input autofocus onfocus=alert(1)>',
  '<p>\0<scr\0ipt>alert(1)</scr\0ipt></p>',
];

function* spansIn(blocks: readonly Block[]): Generator<Span> {
  for (const block of blocks) {
    if ('text' in block && typeof block.text !== 'string') yield* block.text;
    if (block.type === 'list') yield* spansIn(block.items.flat());
    if (block.type === 'quote') yield* spansIn(block.blocks);
  }
}

/** Every address that a page would put into an attribute. */
const addressesIn = (blocks: readonly Block[]): string[] => [
  ...[...spansIn(blocks)].flatMap(({ href }) => href ?? []),
  ...blocks.flatMap((block) =>
    block.type === 'embed' ? [block.embed.url] : block.type === 'link' ? [block.url] : [],
  ),
];

const known = new Set(['text', 'marks', 'href']);

function expectHarmless(blocks: readonly Block[]): void {
  for (const address of addressesIn(blocks)) expect(address).toMatch(/^(https?|mailto):/);
  for (const span of spansIn(blocks)) for (const key of Object.keys(span)) expect(known).toContain(key);
}

describe('hostile bodies', () => {
  test.each(hostile)('%s leaves nothing that could run', (body) => {
    const blocks = html(body);
    expectHarmless(blocks);
    const words = [...spansIn(blocks)].map(({ text }) => text).join(' ');
    expect(words).not.toContain('onerror');
  });

  test('the text of a script, a style or a template is no text', () => {
    expect(html('<script>a</script><style>b</style><template>c</template><noscript>d</noscript>e')).toEqual([
      said('e'),
    ]);
  });

  test.each(hostile)('%s in the document of an editor is a text, and no link', (body) => {
    const href = /href="([^"]*)"/.exec(body)?.[1] ?? body;
    const blocks = prose(
      doc(
        p(t(body, { type: 'link', attrs: { href } })),
        { type: 'iframe', attrs: { src: href } },
        { type: 'html', attrs: { onload: 'alert(1)' }, text: body },
      ),
    );
    expectHarmless(blocks);
  });

  test('an address has neither a name nor a password in front of its host', () => {
    const [block] = html('<a href="https://patreon.com:pw@evil.example/x">Patreon</a>');
    expect(block).toEqual({ type: 'paragraph', text: [{ text: 'Patreon', href: 'https://evil.example/x' }] });
  });

  test('whatever is put together out of such parts gives harmless blocks and never throws', () => {
    const parts = fc.array(
      fc.oneof(
        fc.constantFrom(...hostile),
        fc.constantFrom('<p>', '</p>', '<a href="', '">', "'", '&#', '<!--', '\0'),
      ),
      { maxLength: 12 },
    );
    fc.assert(fc.property(parts, (some) => expectHarmless(html(some.join('')))));
  });

  test('whatever JSON is taken for a document gives harmless blocks and never throws', () => {
    const names = fc.constantFrom(
      'doc',
      'paragraph',
      'text',
      'image',
      'link',
      'bulletList',
      'iframe',
      'mention',
      'x',
    );
    const tree = fc.letrec((tie) => ({
      node: fc.record(
        {
          type: names,
          text: fc.oneof(fc.string(), fc.integer()),
          attrs: fc.oneof(
            fc.constant(null),
            fc.record({ href: fc.constantFrom('javascript:1', 'https://x.org'), src: fc.string() }),
          ),
          marks: fc.oneof(fc.constant(7), fc.array(tie('node'), { maxLength: 2 })),
          content: fc.oneof({ maxDepth: 4 }, fc.jsonValue(), fc.array(tie('node'), { maxLength: 4 })),
        },
        { requiredKeys: [] },
      ),
    }));
    fc.assert(fc.property(tree.node, (node) => expectHarmless(prose({ type: 'doc', content: [node] }))));
  });
});
