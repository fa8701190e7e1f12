import type { Block, Mark } from '#features/archive/core/content.ts';
import type { BodyHooks } from './html.ts';
import { safeLink } from './link.ts';
import { DEEPEST, type Rich } from './rich.ts';

/** A node of ProseMirror or TipTap, which Patreon and Gumroad keep bodies in. */
type ProseNode = {
  type: string;
  text: string | null;
  attrs: Readonly<Record<string, unknown>>;
  marks: readonly ProseNode[];
  content: readonly unknown[];
};

const MARKS: Readonly<Record<string, Mark>> = {
  bold: 'bold',
  strong: 'bold',
  italic: 'italic',
  em: 'italic',
  underline: 'underline',
  strike: 'strike',
  strikethrough: 'strike',
  code: 'code',
};
/** They are about colours and sizes, and empty more often than not. */
const SILENT_MARKS: ReadonlySet<string> = new Set(['textstyle', 'highlight', 'color', 'link']);

/** `inLine`: within a paragraph or heading. */
type Look = { marks: readonly Mark[]; href: string | null; depth: number; inLine: boolean };

/** `bulletList` and `bullet_list` are one. */
const nameOf = (type: string): string => type.replaceAll(/[-_]/g, '').toLowerCase();

/** Reads a document that was parsed from JSON; null when it is none. */
export function readProse(document: unknown, hooks: BodyHooks): Rich[] | null {
  const root = nodeOf(document);
  return root ? readAll(root.content, { marks: [], href: null, depth: 0, inLine: false }, hooks) : null;
}

const readAll = (nodes: readonly unknown[], look: Look, hooks: BodyHooks): Rich[] =>
  nodes.flatMap((given) => {
    const node = nodeOf(given);
    if (!node) return [];
    if (look.depth >= DEEPEST) return [{ is: 'text', text: innerText(node), ...lookOf(look) }];
    return read(node, { ...look, depth: look.depth + 1 }, hooks);
  });

const lookOf = ({ marks, href }: Look) => ({ marks, href });

type Reader = (node: ProseNode, look: Look, hooks: BodyHooks) => Rich[];

const inside: Reader = ({ content }, look, hooks) => readAll(content, look, hooks);
const inLine: Reader = (node, look, hooks) => inside(node, { ...look, inLine: true }, hooks);

const list =
  (ordered: boolean): Reader =>
  (node, look, hooks) => [{ is: 'list', ordered, items: itemsOf(node, look, hooks) }];

const frame: Reader = (node, _, hooks) => frameOf(node, hooks);

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['doc', inside],
  ['text', (node, look, hooks) => [{ is: 'text', text: node.text ?? '', ...marked(node, look, hooks) }]],
  ['hardbreak', () => [{ is: 'break' }]],
  ['paragraph', (...of) => [{ is: 'paragraph', children: inLine(...of) }]],
  ['heading', (...of) => [{ is: 'heading', level: levelOf(of[0]), children: inLine(...of) }]],
  ['bulletlist', list(false)],
  ['orderedlist', list(true)],
  ['blockquote', (...of) => [{ is: 'quote', children: inside(...of) }]],
  ['codeblock', (node) => [{ is: 'code', text: innerText(node) }]],
  ['horizontalrule', () => [{ is: 'divider' }]],
  ['image', (node, _, hooks) => blockOrNothing(hooks.image(imageOf(node)))],
  ['link', (node, look, hooks) => inside(node, { ...look, href: linkOf(node, hooks) ?? look.href }, hooks)],
  ['mention', (node, look) => [{ is: 'text', text: mentionOf(node), ...lookOf(look) }]],
  ['iframe', frame],
  ['youtube', frame],
]);

function read(node: ProseNode, look: Look, hooks: BodyHooks): Rich[] {
  const reader = READERS.get(nameOf(node.type));
  if (reader) return reader(node, look, hooks);
  hooks.unknown(node.type.slice(0, 60));
  return unknownOf(node, look, inside(node, look, hooks));
}

/** Ours, when it says none. */
const levelOf = ({ attrs }: ProseNode): number => {
  const level = attrs['level'];
  return typeof level === 'number' && Number.isFinite(level) ? level : 3;
};

/** Its own text, and that of what it holds. */
function unknownOf(node: ProseNode, look: Look, children: Rich[]): Rich[] {
  const own: Rich[] = node.text === null ? [] : [{ is: 'text', text: node.text, ...lookOf(look) }];
  return look.inLine ? [...own, ...children] : [{ is: 'paragraph', children: [...own, ...children] }];
}

const itemsOf = (list: ProseNode, look: Look, hooks: BodyHooks): Rich[][] =>
  list.content.flatMap((given) => {
    const item = nodeOf(given);
    if (!item) return [];
    const isItem = nameOf(item.type) === 'listitem';
    return [isItem ? readAll(item.content, look, hooks) : read(item, look, hooks)];
  });

function marked(node: ProseNode, look: Look, hooks: BodyHooks): Pick<Look, 'marks' | 'href'> {
  const marks = new Set(look.marks);
  let { href } = look;
  for (const mark of node.marks) {
    const name = nameOf(mark.type);
    const known = MARKS[name];
    if (known) marks.add(known);
    else if (name === 'link') href = linkOf(mark, hooks) ?? href;
    else if (!SILENT_MARKS.has(name)) hooks.unknown(`mark ${mark.type.slice(0, 50)}`);
  }
  return { marks: [...marks], href };
}

const linkOf = ({ attrs }: ProseNode, { base }: BodyHooks): string | null => safeLink(attrs['href'], base);

const imageOf = ({ attrs }: ProseNode) => ({
  id: textOrNull(attrs['media_id'] ?? attrs['mediaId']),
  src: textOrNull(attrs['src']),
  alt: textOrNull(attrs['alt']),
  caption: textOrNull(attrs['caption']),
});

function frameOf(node: ProseNode, hooks: BodyHooks): Rich[] {
  const url = safeLink(node.attrs['src'], hooks.base);
  return url ? blockOrNothing(hooks.frame(url)) : [];
}

const mentionOf = ({ attrs, text }: ProseNode): string => {
  const label = textOrNull(attrs['label'] ?? attrs['name'] ?? text ?? attrs['id']) ?? '';
  return label === '' || label.startsWith('@') ? label : `@${label}`;
};

const blockOrNothing = (block: Block | null): Rich[] => (block ? [{ is: 'block', block }] : []);

/** Ids come as numbers too. */
function textOrNull(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : null;
}

function nodeOf(given: unknown): ProseNode | null {
  if (typeof given !== 'object' || given === null) return null;
  const { type, text, attrs, marks, content } = given as Readonly<Record<string, unknown>>;
  if (typeof type !== 'string') return null;
  return {
    type,
    text: typeof text === 'string' ? text : null,
    attrs: typeof attrs === 'object' && attrs !== null ? (attrs as Record<string, unknown>) : {},
    marks: Array.isArray(marks) ? marks.flatMap((mark) => nodeOf(mark) ?? []) : [],
    content: Array.isArray(content) ? (content as unknown[]) : [],
  };
}

/** Without recursion, for what is nested by the thousand. */
function innerText(root: ProseNode): string {
  let text = '';
  const left: unknown[] = [root];
  while (left.length > 0) {
    const node = nodeOf(left.pop());
    if (!node) continue;
    text += node.text ?? (nameOf(node.type) === 'hardbreak' ? '\n' : '');
    for (const child of [...node.content].reverse()) left.push(child);
  }
  return text;
}
