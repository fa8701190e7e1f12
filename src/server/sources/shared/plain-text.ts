import type { Block, Span } from '#features/archive/core/content.ts';

/** The words of blocks, a paragraph a line. */
export const plainText = (blocks: readonly Block[]): string => blocks.flatMap(linesOf).join('\n');

const words = (text: readonly Span[]): string => text.map((span) => span.text).join('');

function linesOf(block: Block): string[] {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return [words(block.text)];
    case 'list':
      return block.items.flatMap((item) => item.flatMap(linesOf).map((line) => `• ${line}`));
    case 'quote':
      return block.blocks.flatMap(linesOf);
    case 'code':
      return [block.text];
    default:
      return [];
  }
}
