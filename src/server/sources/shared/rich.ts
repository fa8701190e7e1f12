import type { Block, Mark, Span } from '#features/archive/core/content.ts';

/**
 * A body between its source's own form (HTML, ProseMirror, Markdown) and our blocks. Readers of each form make this, and one
 * place makes blocks of it, so that the same body gives the same blocks whatever form it came in.
 */
export type Rich =
  | { is: 'text'; text: string; marks: readonly Mark[]; href: string | null }
  | { is: 'break' }
  | { is: 'paragraph'; children: readonly Rich[] }
  | { is: 'heading'; level: number; children: readonly Rich[] }
  | { is: 'list'; ordered: boolean; items: readonly (readonly Rich[])[] }
  | { is: 'quote'; children: readonly Rich[] }
  | { is: 'code'; text: string }
  | { is: 'divider' }
  /** What needs no more work: a picture, an embed. */
  | { is: 'block'; block: Block };

/** Nobody writes so deep; what is deeper keeps its text. */
export const DEEPEST = 60;

type Close = (text: readonly Span[]) => Block;

const asParagraph: Close = (text) => ({ type: 'paragraph', text });

const asHeading = (level: number): Close => {
  const within = level <= 2 ? 2 : level === 3 ? 3 : 4;
  return (text) => ({ type: 'heading', level: within, text });
};

/** Empty paragraphs go; pictures within a line split it; loose text becomes a paragraph. */
export function blocksOf(nodes: readonly Rich[]): Block[] {
  const blocks: Block[] = [];
  let line: Inline[] = [];

  function close(as: Close): void {
    const text = spansOf(line);
    line = [];
    if (text.length > 0) blocks.push(as(text));
  }

  function walk(children: readonly Rich[], as: Close): void {
    for (const node of children) {
      if (node.is === 'text' || node.is === 'break') {
        line.push(node);
        continue;
      }
      close(as);
      add(node, as);
    }
    close(as);
  }

  function add(node: Exclude<Rich, Inline>, as: Close): void {
    switch (node.is) {
      case 'paragraph':
        return walk(node.children, as);
      case 'heading':
        return walk(node.children, asHeading(node.level));
      case 'list':
        return addList(node.ordered, node.items);
      case 'quote':
        return addQuote(node.children);
      case 'code':
        if (node.text.trim() !== '') blocks.push({ type: 'code', text: withoutEdges(node.text) });
        return;
      case 'divider':
        blocks.push({ type: 'divider' });
        return;
      case 'block':
        blocks.push(node.block);
        return;
      default:
        return node satisfies never;
    }
  }

  function addList(ordered: boolean, given: readonly (readonly Rich[])[]): void {
    const items = given.map(blocksOf).filter((item) => item.length > 0);
    if (items.length > 0) blocks.push({ type: 'list', ordered, items });
  }

  function addQuote(children: readonly Rich[]): void {
    const inner = blocksOf(children);
    if (inner.length > 0) blocks.push({ type: 'quote', blocks: inner });
  }

  walk(nodes, asParagraph);
  return blocks;
}

const withoutEdges = (code: string): string => code.replace(/^\n+/, '').trimEnd();

type Inline = Extract<Rich, { is: 'text' | 'break' }>;
type Piece = Extract<Rich, { is: 'text' }>;

/** White space as pages show it: runs are one space, none stands at the edges of a line. */
function spansOf(line: readonly Inline[]): Span[] {
  const pieces: Piece[] = [];
  let atEdge = true;
  for (const node of line) {
    if (node.is === 'break') {
      trimEnd(pieces);
      if (pieces.length > 0) add(pieces, { ...plain, text: '\n' });
      atEdge = true;
      continue;
    }
    const collapsed = node.text.replaceAll(/[ \t\r\n\f]+/g, ' ');
    const text: string = atEdge ? collapsed.replace(/^ /, '') : collapsed;
    if (text === '') continue;
    add(pieces, { ...node, text });
    atEdge = text.endsWith(' ');
  }
  trimEnd(pieces, /\s+$/);
  return pieces.every(({ text }) => text.trim() === '') ? [] : pieces.map(toSpan);
}

const plain: Piece = { is: 'text', text: '', marks: [], href: null };

function trimEnd(pieces: Piece[], edge = / $/): void {
  for (let last = pieces.pop(); last; last = pieces.pop()) {
    const text = last.text.replace(edge, '');
    if (text === '') continue;
    pieces.push({ ...last, text });
    return;
  }
}

function add(pieces: Piece[], piece: Piece): void {
  const last = pieces.at(-1);
  if (last && sameLook(last, piece)) pieces[pieces.length - 1] = { ...last, text: last.text + piece.text };
  else pieces.push(piece);
}

const ORDER: readonly Mark[] = ['bold', 'italic', 'underline', 'strike', 'code'];
const inOrder = (marks: readonly Mark[]): Mark[] => ORDER.filter((mark) => marks.includes(mark));

const sameLook = (a: Piece, b: Piece): boolean =>
  a.href === b.href && inOrder(a.marks).join() === inOrder(b.marks).join();

const toSpan = ({ text, marks, href }: Piece): Span => ({
  text,
  ...(marks.length > 0 ? { marks: inOrder(marks) } : {}),
  ...(href === null ? {} : { href }),
});
