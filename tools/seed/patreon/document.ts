/** The body of a post as its editor keeps it; `content` and `content_json_string` are two ways to write it down. */
export type Mark = { type: string; attrs?: Record<string, string> };
export type Node = {
  type: string;
  attrs?: Record<string, unknown>;
  content?: Node[];
  text?: string;
  marks?: Mark[];
};

export const text = (words: string, ...marks: Mark[]): Node => ({
  type: 'text',
  text: words,
  ...(marks.length > 0 ? { marks } : {}),
});
export const paragraph = (...content: (Node | string)[]): Node => ({
  type: 'paragraph',
  content: content.map((part) => (typeof part === 'string' ? text(part) : part)),
});
export const emptyParagraph: Node = { type: 'paragraph' };
export const heading = (words: string, level?: number): Node => ({
  type: 'heading',
  ...(level === undefined ? {} : { attrs: { level } }),
  content: [text(words)],
});
export const list = (type: 'bulletList' | 'orderedList', items: readonly string[]): Node => ({
  type,
  content: items.map((item) => ({ type: 'listItem', content: [paragraph(item)] })),
});
export const quote = (words: string): Node => ({ type: 'blockquote', content: [paragraph(words)] });
export const link = (words: string, href: string): Node =>
  text(words, {
    type: 'link',
    attrs: { href, target: '_blank', rel: 'noopener noreferrer nofollow' },
  });
/** `src` is filled in when the post is answered: the addresses of the files change, the body does not. */
export const image = (mediaId: string, alt: string, caption: string | null = null): Node => ({
  type: 'image',
  attrs: { src: '', media_id: mediaId, alignment: 'center', alt, caption },
});

export const escapeHtml = (words: string): string =>
  words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

const around: Record<string, readonly [open: string, close: string]> = {
  doc: ['', ''],
  paragraph: ['<p>', '</p>'],
  bulletList: ['<ul>', '</ul>'],
  orderedList: ['<ol>', '</ol>'],
  listItem: ['<li>', '</li>'],
  list_item: ['<li>', '</li>'],
  blockquote: ['<blockquote>', '</blockquote>'],
  codeBlock: ['<pre><code>', '</code></pre>'],
};
const markTags: Record<string, string> = {
  bold: 'strong',
  strong: 'strong',
  italic: 'em',
  em: 'em',
  underline: 'u',
  strike: 's',
  code: 'code',
};

const leaves: Record<string, string> = { horizontalRule: '<hr>', hardBreak: '<br>', hard_break: '<br>' };

/** The same body as HTML. Node types that Patreon's own renderer does not know become a `div` around their children. */
export function toHtml(node: Node): string {
  const leaf = leaves[node.type];
  if (leaf) return leaf;
  const inner = (node.content ?? []).map(toHtml).join('');
  const [open, close] = around[node.type] ?? [];
  if (open !== undefined) return `${open}${inner}${close ?? ''}`;
  switch (node.type) {
    case 'text':
      return textHtml(node);
    case 'heading': {
      const level = attribute(node, 'level', '3');
      return `<h${level}>${inner}</h${level}>`;
    }
    case 'image':
      return imageHtml(node.attrs ?? {});
    case 'mention':
      return `<span data-type="mention">@${escapeHtml(attribute(node, 'label', ''))}</span>`;
    default:
      return `<div data-node="${node.type}">${inner}</div>`;
  }
}

const textHtml = ({ text: words = '', marks = [] }: Node): string =>
  marks.reduce(withMark, escapeHtml(words));

function attribute({ attrs }: Node, name: string, otherwise: string): string {
  const value = attrs?.[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;
}

function withMark(inner: string, { type, attrs = {} }: Mark): string {
  if (type === 'link') {
    const rest = Object.entries(attrs).map(([name, value]) => ` ${name}="${escapeHtml(value)}"`);
    return `<a${rest.join('')}>${inner}</a>`;
  }
  const tag = markTags[type];
  return tag ? `<${tag}>${inner}</${tag}>` : inner;
}

function imageHtml(attrs: Record<string, unknown>): string {
  const { src, media_id: id, alt, caption, alignment } = attrs as Record<string, string | null>;
  const words = alt ? ` alt="${escapeHtml(alt)}"` : '';
  const below = caption ? `<figcaption>${escapeHtml(caption)}</figcaption>` : '';
  return (
    `<div data-image-container="true" data-alignment="${alignment ?? 'center'}"><figure>` +
    `<img src="${escapeHtml(src ?? '')}" data-media-id="${id ?? ''}"${words}/>${below}</figure></div>`
  );
}

/** Every text of a body, in order. */
export const wordsOf = (node: Node): string =>
  node.type === 'text'
    ? (node.text ?? '')
    : (node.content ?? []).map(wordsOf).join(node.type === 'doc' ? '\n' : '');

/** A copy with each node passed through `change`, children first. */
export const mapNodes = (node: Node, change: (node: Node) => Node): Node =>
  change(node.content ? { ...node, content: node.content.map((child) => mapNodes(child, change)) } : node);

/** A body of plain paragraphs, one per line. */
export const doc = (words: string): Node => ({
  type: 'doc',
  content: words.split('\n').map((line) => (line === '' ? emptyParagraph : paragraph(line))),
});
