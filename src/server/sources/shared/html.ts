import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';
import type { Block, Mark } from '#features/archive/core/content.ts';
import { safeLink } from './link.ts';
import { DEEPEST, type Rich } from './rich.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

export type FoundImage = {
  id: string | null;
  src: string | null;
  alt: string | null;
  caption: string | null;
};

/** What only the plugin knows of what stands in a body. */
export type BodyHooks = {
  /** Links without a host are of this page. */
  base: string;
  image(found: FoundImage): Block | null;
  /** A frame of another site. */
  frame(url: string): Block | null;
  /** An element or node that the reader does not know; it keeps its text. */
  unknown(name: string): void;
};

const MARKS: Readonly<Record<string, Mark>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strike',
  strike: 'strike',
  del: 'strike',
  code: 'code',
  kbd: 'code',
  samp: 'code',
};

/** Their text is no text for people. */
const DROPPED: ReadonlySet<string> = new Set(
  'script style template noscript head title meta link base object embed param svg math canvas map area input select textarea noembed noframes frameset plaintext xmp'.split(
    ' ',
  ),
);
/** Their children stand in lines of their own. */
const BOXES: ReadonlySet<string> = new Set(
  'address article aside body center dd details div dl dt fieldset figcaption footer form header html li main nav p section summary table caption thead tbody tfoot tr'.split(
    ' ',
  ),
);
/** They say nothing that we keep. */
const TRANSPARENT: ReadonlySet<string> = new Set(
  'a abbr acronym bdi bdo big cite data dfn font label mark nobr picture q ruby rb rt rp small span sub sup time tt var wbr button col colgroup source'.split(
    ' ',
  ),
);

type Look = { marks: readonly Mark[]; href: string | null; depth: number };

/** Reads HTML as a browser would (parse5) and keeps values only: no attribute but the address of a link survives. */
export function readHtml(html: string, hooks: BodyHooks): Rich[] {
  return readAll(parseFragment(html).childNodes, { marks: [], href: null, depth: 0 }, hooks);
}

/** `&amp;` and the like in a text that has no elements. */
export const withoutEntities = (text: string): string =>
  text.includes('&')
    ? parseFragment(text.replaceAll('<', '&lt;'))
        .childNodes.map((node) => ('value' in node ? node.value : ''))
        .join('')
    : text;

const readAll = (nodes: readonly Node[], look: Look, hooks: BodyHooks): Rich[] =>
  nodes.flatMap((node) => read(node, look, hooks));

function read(node: Node, look: Look, hooks: BodyHooks): Rich[] {
  if (node.nodeName === '#text' && 'value' in node) return [textOf(node.value, look)];
  if (!('tagName' in node)) return [];
  if (look.depth >= DEEPEST) return [textOf(innerText(node), look)];
  return readElement(node, { ...look, depth: look.depth + 1 }, hooks);
}

const textOf = (text: string, { marks, href }: Look): Rich => ({ is: 'text', text, marks, href });

type Reader = (element: Element, look: Look, hooks: BodyHooks) => Rich[];

const inside: Reader = ({ childNodes }, look, hooks) => readAll(childNodes, look, hooks);

const marked =
  (mark: Mark): Reader =>
  (element, look, hooks) =>
    inside(element, { ...look, marks: [...new Set([...look.marks, mark])] }, hooks);

const heading =
  (level: number): Reader =>
  (element, look, hooks) => [{ is: 'heading', level, children: inside(element, look, hooks) }];

const list =
  (ordered: boolean): Reader =>
  (element, look, hooks) => [{ is: 'list', ordered, items: itemsOf(element, look, hooks) }];

const code: Reader = (element) => [{ is: 'code', text: innerText(element) }];
const cell: Reader = (element, look, hooks) => [...inside(element, look, hooks), space];

/** Between the cells of a row. */
const space: Rich = { is: 'text', text: ' ', marks: [], href: null };

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ...Object.entries(MARKS).map(([name, mark]) => [name, marked(mark)] as const),
  ...[1, 2, 3, 4, 5, 6].map((level) => [`h${level}`, heading(level)] as const),
  ['br', () => [{ is: 'break' }]],
  ['hr', () => [{ is: 'divider' }]],
  ['pre', code],
  ['listing', code],
  ['blockquote', (element, look, hooks) => [{ is: 'quote', children: inside(element, look, hooks) }]],
  ['ul', list(false)],
  ['menu', list(false)],
  ['dir', list(false)],
  ['ol', list(true)],
  ['td', cell],
  ['th', cell],
  ['img', (element, _, hooks) => blockOrNothing(hooks.image(imageOf(element)))],
  ['figure', figureOf],
  ['iframe', (element, _, hooks) => frameOf(element, hooks)],
  [
    'a',
    (element, look, hooks) => {
      const href = safeLink(attribute(element, 'href'), hooks.base) ?? look.href;
      return inside(element, { ...look, href }, hooks);
    },
  ],
]);

function readElement(element: Element, look: Look, hooks: BodyHooks): Rich[] {
  const name = element.tagName;
  if (DROPPED.has(name)) return [];
  const reader = READERS.get(name);
  if (reader) return reader(element, look, hooks);
  if (TRANSPARENT.has(name)) return inside(element, look, hooks);
  if (!BOXES.has(name)) hooks.unknown(name.slice(0, 60));
  return [{ is: 'paragraph', children: inside(element, look, hooks) }];
}

const blockOrNothing = (block: Block | null): Rich[] => (block ? [{ is: 'block', block }] : []);

/** What stands in a list without being an item of it is one. */
const itemsOf = (list: Element, look: Look, hooks: BodyHooks): Rich[][] =>
  list.childNodes.map((child) =>
    'tagName' in child && child.tagName === 'li'
      ? readAll(child.childNodes, look, hooks)
      : read(child, look, hooks),
  );

/** A picture with its caption, whatever stands between them. */
function figureOf(figure: Element, look: Look, hooks: BodyHooks): Rich[] {
  const image = find(figure, 'img');
  const caption = find(figure, 'figcaption');
  if (!image) return [{ is: 'paragraph', children: readAll(figure.childNodes, look, hooks) }];
  const text = caption ? innerText(caption).replaceAll(/\s+/g, ' ').trim() : '';
  return blockOrNothing(hooks.image({ ...imageOf(image), caption: text === '' ? null : text }));
}

const imageOf = (image: Element): FoundImage => ({
  id: attribute(image, 'data-media-id'),
  src: attribute(image, 'src'),
  alt: attribute(image, 'alt'),
  caption: null,
});

function frameOf(frame: Element, hooks: BodyHooks): Rich[] {
  const url = safeLink(attribute(frame, 'src'), hooks.base);
  return url ? blockOrNothing(hooks.frame(url)) : [];
}

function attribute(element: Element, name: string): string | null {
  const value = (element.attrs.find((one) => one.name === name)?.value ?? '').trim();
  return value === '' ? null : value;
}

function find(root: Element, name: string): Element | null {
  for (const node of walk(root)) if ('tagName' in node && node.tagName === name) return node;
  return null;
}

function innerText(root: Element): string {
  let text = '';
  for (const node of walk(root)) {
    if ('value' in node) text += node.value;
    else if (node.nodeName === 'br') text += '\n';
  }
  return text;
}

/** Without recursion, for what is nested by the thousand; what is dropped elsewhere is not looked into. */
function* walk(root: Element): Generator<Node> {
  const left: Node[] = [...root.childNodes].reverse();
  for (let node = left.pop(); node; node = left.pop()) {
    if ('tagName' in node && DROPPED.has(node.tagName)) continue;
    yield node;
    if ('childNodes' in node) for (const child of [...node.childNodes].reverse()) left.push(child);
  }
}
