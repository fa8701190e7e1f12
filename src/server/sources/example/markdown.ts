import { marked, type Token, type Tokens } from 'marked';
import type { Mark } from '#features/archive/core/content.ts';
import { readHtml, withoutEntities } from '../shared/html.ts';
import { safeLink } from '../shared/link.ts';
import type { Rich } from '../shared/rich.ts';

/** What the text names. Each gives the id of the media, or null when it is none of this folder. */
export type MarkdownHooks = {
  /** The first heading of the highest level. */
  title(text: string): void;
  picture(href: string, caption: string | null): string | null;
  file(href: string): string | null;
  unknown(name: string): void;
};

type Look = { marks: readonly Mark[]; href: string | null };
const PLAIN: Look = { marks: [], href: null };

export const readMarkdown = (text: string, hooks: MarkdownHooks): Rich[] =>
  readAll(marked.lexer(text), PLAIN, hooks);

/** Lines as they are, paragraphs where one is left empty. */
export const readPlain = (text: string): Rich[] =>
  text.split(/\n\s*\n/).map((paragraph) => ({
    is: 'paragraph',
    children: paragraph
      .split('\n')
      .flatMap((line, index): Rich[] => [
        ...(index > 0 ? [{ is: 'break' } as const] : []),
        textOf(line, PLAIN),
      ]),
  }));

const textOf = (text: string, { marks, href }: Look): Rich => ({ is: 'text', text, marks, href });

const readAll = (tokens: readonly Token[] | undefined, look: Look, hooks: MarkdownHooks): Rich[] =>
  (tokens ?? []).flatMap((token) => (READERS[token.type] ?? unknown)(token, look, hooks));

type Reader = (token: Token, look: Look, hooks: MarkdownHooks) => Rich[];

const tokensOf = (token: Token): readonly Token[] | undefined =>
  'tokens' in token ? token.tokens : undefined;
const inside: Reader = (token, look, hooks) => readAll(tokensOf(token), look, hooks);

const marking =
  (mark: Mark): Reader =>
  (token, look, hooks) =>
    inside(token, { ...look, marks: [...look.marks, mark] }, hooks);

/** The text of a token without tokens of its own; entities as in HTML. */
const written: Reader = (token, look, hooks) =>
  tokensOf(token)
    ? inside(token, look, hooks)
    : [textOf(withoutEntities('text' in token ? String(token.text) : token.raw), look)];

const unknown: Reader = (token, look, hooks) => {
  hooks.unknown(token.type);
  return [{ is: 'paragraph', children: written(token, look, hooks) }];
};

const READERS: Readonly<Record<string, Reader>> = {
  space: () => [],
  def: () => [],
  text: written,
  escape: written,
  br: () => [{ is: 'break' }],
  hr: () => [{ is: 'divider' }],
  strong: marking('bold'),
  em: marking('italic'),
  del: marking('strike'),
  codespan: (token, look) => [
    textOf((token as Tokens.Codespan).text, { ...look, marks: [...look.marks, 'code'] }),
  ],
  code: (token) => [{ is: 'code', text: (token as Tokens.Code).text }],
  paragraph: (token, look, hooks) => [{ is: 'paragraph', children: inside(token, look, hooks) }],
  blockquote: (token, look, hooks) => [{ is: 'quote', children: inside(token, look, hooks) }],
  heading(token, look, hooks) {
    const { depth, text } = token as Tokens.Heading;
    if (depth === 1) hooks.title(text);
    return [{ is: 'heading', level: depth, children: inside(token, look, hooks) }];
  },
  list(token, look, hooks) {
    const { ordered, items } = token as Tokens.List;
    return [{ is: 'list', ordered, items: items.map((item) => readAll(item.tokens, look, hooks)) }];
  },
  link(token, look, hooks) {
    const { href } = token as Tokens.Link;
    const url = hooks.file(href) === null ? safeLink(href) : null;
    return inside(token, { ...look, href: url }, hooks);
  },
  image(token, look, hooks) {
    const { href, text, title } = token as Tokens.Image;
    const media = hooks.picture(href, title);
    if (media === null) return [textOf(text, { ...look, href: safeLink(href) })];
    return [{ is: 'block', block: { type: 'image', media, alt: text === '' ? null : text, caption: title } }];
  },
  html(token, _, hooks) {
    const { block, text } = token as Tokens.HTML;
    // Within a line it is one tag, and the words are tokens of their own.
    if (!block) return /^<br/i.test(text) ? [{ is: 'break' }] : [];
    return readHtml(text, {
      base: 'https://localhost/',
      unknown: hooks.unknown,
      frame: () => null,
      image: ({ src, alt, caption }) => {
        const media = src === null ? null : hooks.picture(src, caption);
        return media === null ? null : { type: 'image', media, alt, caption };
      },
    });
  },
  table(token, look, hooks) {
    const { header, rows } = token as Tokens.Table;
    return [header, ...rows].map((cells) => ({
      is: 'paragraph',
      children: cells.flatMap((cell) => [...readAll(cell.tokens, look, hooks), textOf(' ', PLAIN)]),
    }));
  },
};
