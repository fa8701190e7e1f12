import type { Block, MediaRef, Span } from '#features/archive/core/content.ts';

/** `…/file?h=<post>&m=<media>`, and of old attachments `&i=<attachment>`. */
function fileOf(href: string | undefined): MediaRef | null {
  const address = URL.parse(href ?? '');
  if (!address || !/^(www\.)?patreon\.com$/.test(address.hostname) || address.pathname !== '/file')
    return null;
  const old = address.searchParams.get('i');
  return address.searchParams.get('m') ?? (old === null ? null : `attachment-${old}`);
}

/** Links of a text to files of the same post lead to the archived ones: theirs end with the membership. */
export function linkFiles(blocks: readonly Block[], has: (ref: MediaRef) => boolean): Block[] {
  const linked = (span: Span): Span => {
    const ref = fileOf(span.href);
    return ref !== null && has(ref) ? { ...span, media: ref } : span;
  };
  const within = (block: Block): Block => {
    switch (block.type) {
      case 'paragraph':
      case 'heading':
        return { ...block, text: block.text.map(linked) };
      case 'list':
        return { ...block, items: block.items.map((item) => item.map(within)) };
      case 'quote':
        return { ...block, blocks: block.blocks.map(within) };
      default:
        return block;
    }
  };
  return blocks.map(within);
}
